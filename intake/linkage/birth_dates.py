"""Reads a birth date as people write it into its three parts, each of which may be unknown. It compares nothing."""

import re
from calendar import monthrange
from datetime import UTC, datetime

OLDEST_YEAR = 1900
LEAP_YEAR = 2000

Parts = tuple[int | None, int | None, int | None]

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?)?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ])?(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_IN_LETTERS = re.compile(r"[^\W\d_]{3,}")

# The first letters of the months in Dutch and English, enough to tell them apart.
_MONTHS = {
    "jan": 1, "feb": 2, "maa": 3, "mrt": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip


def birth_date(text: str) -> Parts:
    """Year, month and day of a birth date; None for every part that is missing, zero, impossible or in the future.

    Reads YYYY-MM-DD, YYYY-MM, YYYY, YYYYMMDD, DD-MM-YYYY, MM-YYYY and '13 mei 1998', with any of - / . or a space between.
    A month above 12 beside a day that could be a month is read the other way round. 1 January 1900 stands for unknown.
    Errors: none. Source: ways of writing seen in Dutch forms; no two-digit years, which could be of two centuries.
    """
    year, month, day = _parts(_MONTH_IN_LETTERS.sub(_month_number, text.strip()))
    if (year, month, day) == (OLDEST_YEAR, 1, 1):
        return (None, None, None)
    if month and day and day <= 12 < month:
        month, day = day, month
    return _sound(year, month, day)


def _parts(text: str) -> tuple[int, int, int]:
    """The parts as written, 0 for what is not there."""
    if found := _COMPACT.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return (0, 0, 0)
    return (int(year), int(month or 0), int(day or 0))


def _month_number(found: re.Match[str]) -> str:
    number = _MONTHS.get(found.group()[:3].casefold())
    return str(number) if number else found.group()


def _sound(year: int, month: int, day: int) -> Parts:
    """Each part where it can be true. A day is judged by its month, and 29 February by its year."""
    today = datetime.now(UTC).date()
    known_year = year if OLDEST_YEAR <= year <= today.year else None
    last_month = today.month if year == today.year else 12
    known_month = month if 1 <= month <= last_month else None
    longest = monthrange(known_year or LEAP_YEAR, known_month)[1] if known_month else 31
    if (year, month) == (today.year, today.month):
        longest = today.day
    known_day = day if 1 <= day <= longest and (known_month or not 1 <= month <= 12) else None
    return (known_year, known_month, known_day)
