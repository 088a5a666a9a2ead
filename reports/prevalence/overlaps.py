"""The exact overlap of lists, read from the stored person-years: for services alone (contract raw-overlaps)."""

from collections import Counter as TallyOf
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from reports.estimation.histories import OverlapTable
from reports.estimation.overlaps import BASE, Overlaps, PersonYear, overlap_table
from reports.personyears.derive import Counted
from reports.prevalence.parameters import Parameters
from reports.prevalence.steps import STRATUM, WHOLE, YEAR

Rows = Sequence[tuple[int, PersonYear, int]]


def counted(rows: Rows, asked: Parameters) -> dict[str, Any]:
    """The tables of the period, of each of its years where they are several, and of each stratum. Raises BadTableError."""
    found = [_part({"part": WHOLE}, _overlaps(rows, asked, asked.period))]
    if len(asked.years) > 1:
        found += [_part({"part": YEAR, "year": year}, _overlaps(rows, asked, (year, year))) for year in asked.years]
    if asked.strata:
        split = overlap_table(rows, asked.period, asked.lists, asked.strata, asked.merge)
        found += [
            {"part": STRATUM, "codes": list(stratum), "consent_break": split.consent_break, **_plain(table)}
            for stratum, table in split.tables.items()
        ]
    return {"parts": found}


def sectors(rows: Iterable[tuple[int, Counted, int]]) -> dict[str, Any]:
    """Of sexual exploitation in the base population: region, minority, reporter's group, reporter, sector, and how many."""
    found: TallyOf[tuple[str, ...]] = TallyOf()
    for _year, one, number in rows:
        if one.population == BASE and "sexual" in one.exploitation_types:
            lead = one.lead_reporter
            found[one.region, one.majority, lead.partition(":")[0], lead, one.prostitution_sector] += number
    return {"cells": [[*cell, number] for cell, number in sorted(found.items())]}


def _overlaps(rows: Rows, asked: Parameters, period: tuple[int, int]) -> Overlaps:
    return overlap_table(rows, period, asked.lists, merge=asked.merge)


def _part(name: Mapping[str, Any], found: Overlaps) -> dict[str, Any]:
    numbers = {"registered": found.registered, "on_no_list": found.on_no_list, "consent_break": found.consent_break}
    return {**name, **numbers, **_plain(found.tables[()])}


def _plain(table: OverlapTable) -> dict[str, Any]:
    lists = len(table.lists)
    held = np.flatnonzero(table.counts).tolist()
    return {
        "lists": list(table.lists),
        "counts": {f"{history:0{lists}b}"[::-1]: int(table.counts[history]) for history in held},
    }
