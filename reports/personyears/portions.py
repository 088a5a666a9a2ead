"""Derives the person-years of a whole portion of the register at once, by the rules of merge and derive and no others.

Each rule is applied once for each distinct combination of what it reads (columns), which is what makes a register of a million
fast. It reads no database and counts nothing.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
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
    answers,
    nothing_of,
    rule_of,
    steps,
    tier,
)

_SETS = frozenset((*UNITED_SETS, "nationalities"))


class Portion(Protocol):
    """intake.facts.Portion is one: contributions, all those of its persons, by person, year and date; a row of each list."""

    @property
    def persons(self) -> Sequence[UUID]: ...
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
    lengths = np.diff(np.append(starts, len(years)))
    ranks = _ranks(portion, starts, lengths)
    differs = np.zeros(len(starts), np.bool_)
    merged: dict[str, Column] = {}
    for name, column in _said(portion).items():
        choices = applied(_choose(rule_of(name)), (ranks, grouped(column, starts, lengths)))
        merged[name] = choices.mapped(lambda choice: choice[0])
        differs |= np.array([differing for _, differing in choices.values], np.bool_)[choices.codes]
    nothing = Column(np.zeros(len(starts), np.int64), [""])
    counted = {name: applied(one.rule, [merged.get(read, nothing) for read in one.reads]) for name, one in DERIVED.items()}
    return PersonYears(persons.taken(starts).listed(), years[starts].tolist(), counted, differs.tolist())


def _starts(persons: Codes, years: Codes) -> Codes:
    """Where a person-year begins."""
    new: NDArray[np.bool_] = np.ones(len(years), np.bool_)
    new[1:] = (np.diff(persons) != 0) | (np.diff(years) != 0)
    return np.flatnonzero(new)


def _choose(rule: Rule) -> Any:
    """What it chooses, and whether the contributions differ."""

    def chosen(ranks: Ranks, values: Sequence[Any]) -> tuple[Any, bool]:
        found = rule(ranks, values)
        return found.value, found.conflict or found.feed_differs

    return chosen


def _ranks(portion: Portion, starts: Codes, lengths: Codes) -> Column:
    """The dates of a person-year are numbered, so that person-years with reports in the same order have the same ranks."""
    tiers = applied(tier, (coded(portion.sources), coded(portion.legal_bases)))
    dates = coded(portion.dates).codes
    later = np.zeros(len(dates), np.int64)
    later[1:] = np.diff(dates) != 0
    later = np.cumsum(later)
    later -= np.repeat(later[starts], lengths)
    return grouped(applied(lambda tier, later: Rank(tier, -later), (tiers, _numbers(later))), starts, lengths)


def _numbers(values: Codes) -> Column:
    """A column of small numbers from zero up."""
    return Column(values, range(int(values.max(initial=0)) + 1))


def _said(portion: Portion) -> dict[str, Column]:
    """What the rules are given of each contribution, by name: merge._said in columns."""
    rows = portion.characteristics
    said = {name: coded(tuple(row.get(name) or ()) for row in rows) for name in _SETS}
    said |= {name: coded(row.get(name) or "" for row in rows) for name in SINGLE_VALUES if name not in _SETS}
    known = {name: column.mapped(bool) for name, column in said.items() if name in GAPS}
    known["age"] = coded(portion.ages).mapped(lambda age: bool(age[1] or band(age[0])))
    groups = coded(portion.senders).mapped(lambda sender: sender[0])
    said |= {GAP + name: combined((groups, column)) for name, column in known.items()}
    said |= _seldom(len(rows), ((place, answers(row["further"])) for place, row in enumerate(rows) if row.get("further")))
    said |= _seldom(len(rows), ((place, steps(row["phases"])) for place, row in enumerate(rows) if row.get("phases")))
    return said | {
        "age": coded(portion.ages),
        "first_report": coded(portion.dates),
        "first_wait": _waits(portion),
        "reporters": coded(portion.senders),
        "sources": coded(map(str, portion.sources)),
        "bases": Column(np.zeros(len(rows), np.int64), [""]),
    }


def _waits(portion: Portion) -> Column:
    """ContributionFact.waited in a column."""
    dates = coded(portion.dates).mapped(date.toordinal)
    counting = coded(portion.counting).mapped(lambda day: date.fromisoformat(day).toordinal())
    days, codes = np.unique(_values(counting) - _values(dates), return_inverse=True)
    return Column(codes, days.tolist()).mapped(waits.band_of)


def _values(column: Column) -> Codes:
    return np.array(column.values, np.int64)[column.codes]


def _seldom(rows: int, said: Iterable[tuple[int, Mapping[str, Hashable]]]) -> dict[str, Column]:
    """Columns of what only some contributions say: the place of the contribution with what it says by name."""
    found: dict[str, tuple[list[int], list[Hashable]]] = {}
    for place, one in said:
        for name, value in one.items():
            places, values = found.setdefault(name, ([], []))
            places.append(place)
            values.append(value)
    return {name: _with_nothing(rows, places, [nothing_of(name), *values]) for name, (places, values) in found.items()}


def _with_nothing(rows: int, places: list[int], values: list[Hashable]) -> Column:
    """The first value in all rows but these, which have the others."""
    column = coded(values)
    codes: Codes = np.zeros(rows, np.int64)
    codes[places] = column.codes[1:]
    return Column(codes, column.values)
