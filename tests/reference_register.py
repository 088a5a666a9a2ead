"""A register of two files as contribution facts: every contribution says all that is known. The reference register is one."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid5

from accounts.reporters import Source
from intake.codes import ages, lists
from intake.codes.characteristics import Characteristics
from intake.facts import ContributionFact

DATA = Path(__file__).resolve().parent.parent / "config" / "demonstration" / "data"
NAMESPACE = UUID("6f0f0a36-3f5c-4b8e-9f0e-0c1d6a2b9e11")


Rows = Sequence[Mapping[str, str]]
Facts = dict[tuple[UUID, int], tuple[ContributionFact, ...]]


@cache
def facts_by_person_year() -> Facts:
    return facts_of(persons(), reports())


def facts_of(persons: Rows, reports: Rows) -> Facts:
    """Rows as in persons.csv and reports.csv."""
    known = {
        row["person_id"]: (row["age"], _characteristics(row, country))
        for row, country in zip(persons, countries_of(persons), strict=True)
    }
    found: dict[tuple[UUID, int], list[ContributionFact]] = defaultdict(list)
    for row in reports:
        fact = _fact(row, *known[row["person_id"]])
        found[fact.person, fact.date.year].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def persons() -> list[dict[str, str]]:
    return _rows("persons.csv")


def reports() -> list[dict[str, str]]:
    return _rows("reports.csv")


def nationalities() -> dict[str, list[str]]:
    """What a register calls a nationality, with the codes of the countries that it spreads over; none for unknown."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows("countries.csv"):
        found[row["nationality"]].append(row["code"])
    return found


def countries_of(persons: Rows) -> list[str]:
    """The country of each person: those of one nationality take its countries in turn."""
    spread = {nationality: cycle(codes) for nationality, codes in nationalities().items()}
    return [next(spread[row["nationality"]]) for row in persons]


def _characteristics(row: Mapping[str, str], country: str) -> Characteristics:
    return Characteristics(
        exploitation_types=() if row["types"] == "unknown" else tuple(sorted(row["types"].split("+"))),
        prostitution_sectors=_one(lists.PROSTITUTION_SECTORS, row["prostitution_sector"]),
        labour_sectors=_one(lists.LABOUR_SECTORS, row["labour_sector"]),
        criminal_kinds=_one(lists.CRIMINAL_KINDS, row["criminal_kind"]),
        sex=lists.SEXES.by_label(row["sex"]),
        nationalities=(country,) if country else (),
    )


def _one(codes: lists.CodeList, label: str) -> tuple[str, ...]:
    return (codes.by_label(label),) if label else ()


def _fact(row: Mapping[str, str], age: str, characteristics: Characteristics) -> ContributionFact:
    source = {"EMM": Source.EMM, "OM": Source.OM}.get(row["source"], Source.REPORT)
    group = lists.REPORTER_GROUPS.by_label(row["source"]) if source == Source.REPORT else ""
    day = date.fromisoformat(row["date"])
    years = int(age) if age else None
    return ContributionFact(
        contribution=uuid5(NAMESPACE, row["report_id"]),
        person=uuid5(NAMESPACE, row["person_id"]),
        source=source,
        group=group,
        other_kind="",
        unit=lists.POLICE_UNITS.by_label(row["unit"]) if group == "police" else "",
        legal_basis=row["legal_basis"] == "yes",
        date=day,
        recorded=datetime.combine(day, time(12), UTC),
        age=years,
        age_band=ages.band(years),
        characteristics=characteristics,
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
