"""Overlap tables from person-years: on which reporter groups' lists each was, for a period and by stratum.

The base population only (domain section 4). EMM and OM are no reporters and are lists only where they are asked for. It reads
no database: whoever calls gives person-years of victims, and of nobody else there are any.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

import numpy as np

from intake.codes.lists import REPORTER_GROUPS
from reports.estimation.histories import MOST_LISTS, BadTableError, OverlapTable

EMM_LIST, OM_LIST = "emm", "om"
FEEDS = (EMM_LIST, OM_LIST)
GROUPS = REPORTER_GROUPS.codes
STRATA = ("form", "sex", "age_band", "region")
BASE = "base"
# Consent broke the lists on 25 May 2018 (domain section 1).
YEARS_OF_THE_BREAK = frozenset((2018,))

Stratum = tuple[str, ...]
Period = tuple[int, int]


class PersonYear(Protocol):
    """personyears.derive.Counted is one. Codes; empty is unknown. emm and om are empty without such a contribution."""

    @property
    def population(self) -> str: ...
    @property
    def groups(self) -> Sequence[str]: ...
    @property
    def emm(self) -> str: ...
    @property
    def om(self) -> str: ...


@dataclass(frozen=True)
class Overlaps:
    """tables: one for each stratum, by the codes of the strata in their order; under () alone where there are none.

    registered: person-years of the base population in the period; on_no_list: those of them that are on none of the lists.
    consent_break: the period contains the year in which consent broke the lists.
    """

    tables: Mapping[Stratum, OverlapTable]
    registered: int
    on_no_list: int
    consent_break: bool


def overlap_table(
    person_years: Iterable[tuple[int, PersonYear, int]],
    period: Period,
    lists: Sequence[str] = GROUPS,
    strata: Sequence[str] = (),
    merge: Mapping[str, Collection[str]] | None = None,
    omit: Collection[str] = (),
) -> Overlaps:
    """Capture histories over lists, merged and left out as asked. Raises BadTableError.

    person_years: year, what is counted, and of how many that is so. period: first and last year, both within. lists: reporter
    groups, EMM_LIST or OM_LIST; merge: the code of a new list with the lists that it joins; omit: lists to leave out. The
    unit is the person-year: who is seen in two years of a period is two.
    """
    _check(period, lists, strata)
    counted: dict[Stratum, Counter[int]] = {} if strata else {(): Counter()}
    registered = on_no_list = 0
    for year, one, number in person_years:
        if one.population != BASE or not period[0] <= year <= period[1]:
            continue
        stratum = tuple(str(getattr(one, name)) for name in strata)
        counted.setdefault(stratum, Counter())[_history(one, lists)] += number
        registered += number
    tables = {stratum: _table(lists, counted[stratum], merge or {}, omit) for stratum in sorted(counted)}
    on_no_list = registered - sum(table.observed for table in tables.values())
    return Overlaps(tables, registered, on_no_list, contains_break(period))


def contains_break(period: Period) -> bool:
    return any(period[0] <= year <= period[1] for year in YEARS_OF_THE_BREAK)


def pairs_of(lists: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(combinations(lists, 2))


def _check(period: Period, lists: Sequence[str], strata: Sequence[str]) -> None:
    if period[0] > period[1]:
        raise BadTableError("The last year of the period is before the first.")
    if not set(lists) <= {*GROUPS, *FEEDS}:
        raise BadTableError("A list is a reporter group by its code, or emm, or om.")
    if len(set(lists)) < len(lists) or len(lists) > MOST_LISTS:
        raise BadTableError("Name each list once.")
    if not set(strata) <= set(STRATA) or len(set(strata)) < len(strata):
        raise BadTableError(f"Strata are made of {', '.join(STRATA)}; name each once.")


def _history(one: PersonYear, lists: Sequence[str]) -> int:
    on = {*one.groups, *((EMM_LIST,) if one.emm else ()), *((OM_LIST,) if one.om else ())}
    return sum(1 << place for place, code in enumerate(lists) if code in on)


def _table(
    lists: Sequence[str], counted: Mapping[int, int], merge: Mapping[str, Collection[str]], omit: Collection[str]
) -> OverlapTable:
    counts = np.zeros(2 ** len(lists))
    for history, number in counted.items():
        counts[history] = number
    counts[0] = 0
    table = OverlapTable(tuple(lists), counts).omit(sorted(omit))
    for into, codes in merge.items():
        table = table.merge(sorted(codes), into)
    return table
