"""What a number in a workbook means: its number format says whether it is a date, and serial numbers become days.

Excel turns a typed 12-1990 into the first of that month and shows month and year alone; so does this.
"""

import re
from datetime import date, datetime, timedelta

NUMBER, DAY, MONTH, YEAR, TIME = range(5)
_BUILT_IN = (
    dict.fromkeys([14, 15, 16, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58], DAY)
    | {17: MONTH, 55: MONTH, 56: DAY}
    | dict.fromkeys([18, 19, 20, 21, 32, 33, 45, 46, 47], TIME)
)
# A bracket that is not closed reaches to the end: else each one within it would look for its own end.
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*+(?:\]|\Z)')
_FIRST_DAY = date(1899, 12, 30)
_FIRST_DAY_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
_EXACT = 10**15


def kind_of(number: int, code: str) -> int:
    """Of a number format: the built-in ones by number, others by the letters of their first section."""
    if not code:
        return _BUILT_IN.get(number, NUMBER)
    letters = set(_NOT_FORMAT.sub("", code.partition(";")[0]).casefold())
    if "general" in code.casefold() or not letters & set("ymdhs"):
        return NUMBER
    if "d" in letters:
        return DAY
    if "y" in letters:
        return MONTH if "m" in letters else YEAR
    return TIME


def number_text(raw: str, kind: int, *, from_1904: bool) -> str | None:
    """A whole number without a point, a date as dd-mm-yyyy or the part that its format shows; None for what is neither."""
    if kind == NUMBER and raw.isdigit() and raw.isascii():
        return raw
    try:
        value = float(raw)
        if kind == NUMBER:
            return str(int(value)) if value == int(value) and abs(value) < _EXACT else repr(value)
        day = _day(int(value), from_1904=from_1904)
    except (ValueError, OverflowError):
        return None
    if kind == TIME:
        return None
    return {DAY: f"{day:%d-%m-}", MONTH: f"{day:%m-}", YEAR: ""}[kind] + f"{day.year:04}"


def iso_text(raw: str) -> str | None:
    """A cell that holds a date in words of ISO 8601, as some programs write it."""
    try:
        day = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return f"{day:%d-%m-}{day.year:04}"


def _day(serial: int, *, from_1904: bool) -> date:
    """Excel counts a 29 February 1900 that never was."""
    if from_1904:
        return _FIRST_DAY_1904 + timedelta(days=serial)
    if not 0 < serial <= _LAST_SERIAL or serial == 60:
        raise ValueError
    return _FIRST_DAY + timedelta(days=serial + (serial < 60))
