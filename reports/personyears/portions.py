"""Derives the person-years of a whole portion of the register at once, by the rules of merge and derive and no others.

Each rule is applied once for each distinct combination of what it reads (columns), which is what makes a register of a million
fast. It reads no database and counts nothing.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any, Protocol
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from intake.codes import waits
from intake.codes.ages import band
from reports.personyears.columns import Codes, Column, applied, coded, combined, grouped
from reports.personyears.derive import DERIVED, Counted, joined, text_of
from reports.personyears.merge import (
    GAP,
    GAPS,
    SINGLE_VALUES,
    UNITED_SETS,
    Rank,
    Ranks,
    Rule,
    age,
    answers,
    first_report,
    nothing_of,
    rule_of,
    single,
    steps,
    tier,
    united,
)

_SETS = frozenset((*UNITED_SETS, "nationalities"))
# The rules that look only at what says something, and what that is.
SAYS: Mapping[Rule, Callable[[Any], bool]] = {single: bool, united: bool, age: lambda given: bool(given[1] or band(given[0]))}
# What is stored as pairs, and how those are read.
_PARTS: Mapping[str, Callable[[Any], Mapping[str, Hashable]]] = {"further": answers, "phases": steps}


class Portion(Protocol):
    """intake.facts.Portion is one: contributions, all those of its persons, by person, year and date; a row of each list."""

    @property
    def persons(self) -> Sequence[str]: ...
    @property
    def years(self) -> Sequence[int]: ...
    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def senders(self) -> Sequence[tuple[str, str]]: ...
    @property
    def legal_bases(self) -> Sequence[bool]: ...
    @property
    def dates(self) -> Sequence[date]: ...
    @property
    def counting(self) -> Sequence[str]: ...
    @property
    def ages(self) -> Sequence[tuple[int | None, str]]: ...
    @property
    def said(self) -> Sequence[int]: ...
    @property
    def characteristics(self) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True)
class PersonYears:
    """By person and year. counted has a column for each attribute of derive.Counted; differs is Merged.differs."""

    persons: Sequence[UUID]
    years: Sequence[int]
    counted: Mapping[str, Column]
    differs: Sequence[bool]

    def texts(self) -> list[str]:
        """Counted.to_text of each."""
        names = [field.name for field in fields(Counted)]
        parts = [self.counted[name].mapped(partial(text_of, name)).listed() for name in names]
        return [joined(filter(None, row)) for row in zip(*parts, strict=True)]


def person_years(portion: Portion) -> PersonYears:
    persons, years = coded(portion.persons), np.array(portion.years, np.int64)
    starts = _starts(persons.codes, years)
    read = _Read(*map(coded, (portion.sources, portion.senders, portion.dates, portion.ages)))
    ranks = _ranks(read, portion, starts)
    differs = np.zeros(len(starts), np.bool_)
    merged: dict[str, Column] = {}
    for name, column in _said(read, portion).items():
        choices = _choices(rule_of(name), column, ranks, starts)
        merged[name] = choices.mapped(lambda choice: choice[0])
        differs |= np.array([differing for _, differing in choices.values], np.bool_)[choices.codes]
    nothing = Column(np.zeros(len(starts), np.int64), [""])
    counted = {name: applied(one.rule, [merged.get(read, nothing) for read in one.reads]) for name, one in DERIVED.items()}
    listed = list(map(UUID, persons.taken(starts).listed()))
    return PersonYears(listed, years[starts].tolist(), counted, differs.tolist())


@dataclass(frozen=True)
class _Read:
    """Columns that are read more than once."""

    sources: Column
    senders: Column
    dates: Column
    ages: Column


def _starts(persons: Codes, years: Codes) -> Codes:
    """Where a person-year begins."""
    new: NDArray[np.bool_] = np.ones(len(years), np.bool_)
    new[1:] = (np.diff(persons) != 0) | (np.diff(years) != 0)
    return np.flatnonzero(new)


def _choices(rule: Rule, column: Column, ranks: Column, starts: Codes) -> Column:
    """What the rule chooses of each person-year, and whether its contributions differ.

    What says nothing to a rule is left out, since the rule does not look at it: so most person-years are alike.
    """
    looked_at = _looked_at(rule, column, ranks, starts)
    kept = np.flatnonzero(looked_at)
    numbers = np.add.reduceat(looked_at, starts, dtype=np.int64)
    begins = np.cumsum(numbers) - numbers
    return applied(_choose(rule), [grouped(one.taken(kept), begins, numbers) for one in (ranks, column)])


def _looked_at(rule: Rule, column: Column, ranks: Column, starts: Codes) -> NDArray[np.bool_]:
    """Which rows; of a person-year where there is none to look at, the first."""
    if rule in SAYS:
        found = np.array([SAYS[rule](value) for value in column.values], np.bool_)[column.codes]
    elif rule is first_report:
        reports = np.array([not rank.is_feed for rank in ranks.values], np.bool_)[ranks.codes]
        found = _first_of_each(reports, starts)
    else:
        return np.ones(len(column), np.bool_)
    found[starts[np.add.reduceat(found, starts, dtype=np.int64) == 0]] = True
    return found


def _first_of_each(rows: NDArray[np.bool_], starts: Codes) -> NDArray[np.bool_]:
    """Rows are ordered by date: the first of these of each person-year is the earliest."""
    before: Codes = np.cumsum(rows) - rows
    lengths = np.diff(np.append(starts, len(rows)))
    first: NDArray[np.bool_] = rows & (before == np.repeat(before[starts], lengths))
    return first


def _choose(rule: Rule) -> Any:
    def chosen(ranks: Ranks, values: Sequence[Any]) -> tuple[Any, bool]:
        found = rule(ranks, values)
        return found.value, found.conflict or found.feed_differs

    return chosen


def _ranks(read: _Read, portion: Portion, starts: Codes) -> Column:
    """The dates of a person-year are numbered, so that person-years with reports in the same order have the same ranks."""
    tiers = applied(tier, (read.sources, coded(portion.legal_bases)))
    later = np.zeros(len(tiers), np.int64)
    later[1:] = np.diff(read.dates.codes) != 0
    later = np.cumsum(later)
    later -= np.repeat(later[starts], np.diff(np.append(starts, len(later))))
    return applied(lambda tier, later: Rank(tier, -later), (tiers, _numbers(later)))


def _numbers(values: Codes) -> Column:
    """A column of small numbers from zero up."""
    return Column(values, range(int(values.max(initial=0)) + 1))


def _said(read: _Read, portion: Portion) -> dict[str, Column]:
    """What the rules are given of each contribution, by name: merge._said in columns."""
    rows = np.array(portion.said, np.int64)
    said = {name: column.taken(rows) for name, column in _characteristics(portion.characteristics).items()}
    known = {name: said[name].mapped(bool) for name in GAPS if name != "age"}
    known["age"] = read.ages.mapped(SAYS[age])
    groups = read.senders.mapped(lambda sender: sender[0])
    said |= {GAP + name: combined((groups, column)) for name, column in known.items()}
    return said | {
        "age": read.ages,
        "first_report": read.dates,
        "first_wait": _waits(read.dates, portion),
        "reporters": read.senders,
        "sources": read.sources,
        "bases": Column(np.zeros(len(rows), np.int64), [""]),
    }


def _waits(dates: Column, portion: Portion) -> Column:
    """ContributionFact.waited in a column."""
    counting = coded(portion.counting).mapped(lambda day: date.fromisoformat(day).toordinal())
    days, codes = np.unique(_values(counting) - _values(dates.mapped(date.toordinal)), return_inverse=True)
    return Column(codes, days.tolist()).mapped(waits.band_of)


def _values(column: Column) -> Codes:
    return np.array(column.values, np.int64)[column.codes]


def _characteristics(rows: Sequence[Mapping[str, Any]]) -> dict[str, Column]:
    """Columns by name. Most of it is left open by most: only what is said is looked at."""
    found: dict[str, tuple[list[int], list[Any]]] = {name: ([], []) for name in (*SINGLE_VALUES, *_SETS, *_PARTS)}
    adds = {name: (places.append, values.append) for name, (places, values) in found.items()}
    for place, row in enumerate(rows):
        for name, value in row.items():
            if value and name in adds:
                add_place, add_value = adds[name]
                add_place(place)
                add_value(value)
    said: dict[str, Column] = {}
    for name, (places, values) in found.items():
        if name in _PARTS:
            pairs = (tuple(map(tuple, value)) for value in values)
            said |= _parted(_with_nothing(len(rows), places, [(), *pairs]), _PARTS[name])
        elif name in _SETS:
            said[name] = _with_nothing(len(rows), places, [(), *map(tuple, values)])
        else:
            said[name] = _with_nothing(len(rows), places, ["", *values])
    return said


def _parted(column: Column, part: Callable[[Any], Mapping[str, Hashable]]) -> dict[str, Column]:
    """A column of each name that part gives a value to."""
    parts = [part(value) for value in column.values]
    named = {name: coded(one.get(name, nothing_of(name)) for one in parts) for name in {name for one in parts for name in one}}
    return {name: Column(found.codes[column.codes], found.values) for name, found in named.items()}


def _with_nothing(rows: int, places: list[int], values: list[Hashable]) -> Column:
    """The first value in all rows but these, which have the others."""
    column = coded(values)
    codes: Codes = np.zeros(rows, np.int64)
    codes[places] = column.codes[1:]
    return Column(codes, column.values)
