"""Levels of fields with few distinct values, or parts, found beforehand and looked up for any number of pairs at once.

What the levels are is said by comparisons alone. It knows no weights.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intake.linkage import comparisons
from intake.linkage.columns import CODE
from intake.linkage.comparisons import Found, Level
from intake.linkage.ragged import Numbers, Small, Truths
from intake.linkage.records import BirthDate

Ids = NDArray[np.int32]

# Two dates that nobody doubts and that share no part.
_ONE, _OTHER = (b"one", b"first"), (b"other", b"second")


@dataclass(frozen=True)
class Table:
    """Of every two values, by their places, what was found."""

    size: int
    levels: Small
    rarities: Small

    def compare(self, ids: Numbers | Ids, others: Numbers | Ids) -> tuple[Small, Small]:
        places = ids.astype(np.int64) * self.size + others
        return self.levels[places], self.rarities[places]


def table(values: Sequence[Any], compare: Callable[[Any, Any], Found]) -> Table:
    found = [compare(one, other) for one, other in product(values, repeat=2)]
    levels = np.array([CODE[level] for level, _ in found], dtype=np.uint8)
    return Table(len(values), levels, np.array([rarity for _, rarity in found], dtype=np.uint8))


@dataclass(frozen=True)
class Births:
    """Birth dates by parts: years and days are codes by place of the value, 0 where no year is known; a day is day and month,
    and whether they are doubted.

    date is, by day, a code of day and month that also tells where the years differ, 0 where they do not; vague says that it
    means no more than about that year. same_year is by two days; same_date and vague_date by two years, where the dates are
    one and where one is vague; the rest is DIFFERENT.
    """

    years: Ids
    days: Ids
    date: Ids
    vague: Truths
    same_year: Small
    same_date: Small
    vague_date: Small

    def __call__(self, ids: Ids, others: Ids) -> tuple[Small, Small]:
        """As comparisons.birth_dates of every two values: levels, and rarities, which are 0. Errors: none."""
        found = self.find((self.years[ids], self.days[ids]), (self.years[others], self.days[others]))
        return found, np.zeros(len(found), dtype=np.uint8)

    def find(self, one: tuple[Ids, Ids], other: tuple[Ids, Ids]) -> Small:
        """The levels for years and days of every two."""
        (years, days), (others, against) = one, other
        found = np.full(len(years), CODE[Level.DIFFERENT], dtype=np.uint8)
        same = years == others
        at = np.flatnonzero(same)
        found[at] = self.same_year[days[at] * len(self.date) + against[at]]
        at = np.flatnonzero(~same)
        days, against = days[at], against[at]
        dated = (self.date[days] == self.date[against]) & (self.date[days] > 0)
        vague = (self.vague[days] | self.vague[against]) & ~dated
        size = int(self.years.max(initial=0)) + 1
        for chosen, of_years in ((dated, self.same_date), (vague, self.vague_date)):
            kept = at[chosen]
            found[kept] = of_years[years[kept] * size + others[kept]]
        return found


def births(values: Sequence[BirthDate]) -> Births:
    years, days = [], []
    of_year: dict[bytes, BirthDate] = {b"": BirthDate()}
    of_day: dict[tuple[Any, ...], BirthDate] = {(): BirthDate()}
    year_codes: dict[bytes, int] = {b"": 0}
    day_codes: dict[tuple[Any, ...], int] = {(): 0}
    for birth in values:
        day: tuple[Any, ...] = (birth.day, birth.month, birth.first_of_january, birth.estimated) if birth.year else ()
        years.append(year_codes.setdefault(birth.year, len(year_codes)))
        days.append(day_codes.setdefault(day, len(day_codes)))
        of_year.setdefault(birth.year, birth)
        of_day.setdefault(day, birth)
    dates: dict[tuple[bytes, bytes], int] = {}
    some = next((birth for birth in values if birth.year), BirthDate())
    in_one_year = [BirthDate()] + [
        replace(birth, year=some.year, around=some.around, mistyped=some.mistyped) for birth in list(of_day.values())[1:]
    ]
    known = list(of_day.values())
    return Births(
        years=np.array(years, dtype=np.int32),
        days=np.array(days, dtype=np.int32),
        date=np.array(
            [
                dates.setdefault((birth.day, birth.month), len(dates) + 1) if birth.day and not birth.first_of_january else 0
                for birth in known
            ],
            dtype=np.int32,
        ),
        vague=np.array([birth.vague for birth in known], dtype=np.bool_),
        same_year=_levels(in_one_year, in_one_year),
        same_date=_levels(_all(of_year, *_ONE), _all(of_year, *_ONE)),
        vague_date=_levels(_all(of_year, *_ONE, estimated=True), _all(of_year, *_OTHER)),
    )


def _all(of_year: dict[bytes, BirthDate], day: bytes, month: bytes, *, estimated: bool = False) -> list[BirthDate]:
    return [replace(birth, day=day, month=month, first_of_january=False, estimated=estimated) for birth in of_year.values()]


def _levels(ones: Sequence[BirthDate], others: Sequence[BirthDate]) -> Small:
    return np.array([CODE[comparisons.birth_dates(*two)[0]] for two in product(ones, others)], dtype=np.uint8)
