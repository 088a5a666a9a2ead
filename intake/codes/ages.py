"""Age in whole years on a date, from a birth date of which parts may be missing, and its age band.

It gives an age only where every possible birthday lies in one age band; it never guesses across a border between bands.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from intake.codes.lists import AGE_BANDS

_OLDEST = 200
_BAND_OF = {
    age: row.code
    for row in AGE_BANDS.rows.values()
    for age in range(int(row.attributes["from_age"]), int(row.attributes["to_age"] or _OLDEST) + 1)
}


@dataclass(frozen=True)
class Age:
    """years is None and band empty where the age is unknown."""

    years: int | None = None
    band: str = ""


def band(age: int | None) -> str:
    """The code of the age band; empty for an unknown age."""
    return "" if age is None else _BAND_OF.get(age, "")


def age_on(on: date, *, year: int | None, month: int | None = None, day: int | None = None) -> Age:
    """The age on a date.

    With parts of the birth date missing, the ages for the earliest and the latest possible birthday must lie in one
    band; the age is then that of the middle of the possible birthdays. A birthday after the date gives no age.
    """
    if year is None:
        return Age()
    earliest, latest = possible_birthdays(year, month, day)
    oldest, youngest = whole_years(earliest, on), whole_years(latest, on)
    if youngest < 0 or band(oldest) != band(youngest):
        return Age()
    years = whole_years(earliest + timedelta(days=(latest - earliest).days // 2), on)
    return Age(years=years, band=band(years))


def possible_birthdays(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """The earliest and latest day that fit; a day without its month says nothing."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def whole_years(born: date, on: date) -> int:
    """A birthday on 29 February is kept on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
