"""A day of which day and month may be unknown, as text: "2019", "2019-03" or "2019-03-14". No birth date: those are sealed.

It says which days are meant and what is no such text; it guesses nothing and compares with no other value.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

PATTERN = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_PARTIAL = re.compile(PATTERN)


@lru_cache(maxsize=8192)
def span(text: str) -> tuple[date, date]:
    """The first and the last day that the text can mean. ValueError for what is no day, month or year."""
    if not _PARTIAL.fullmatch(text):
        raise ValueError("not a partial day")
    year, month, day = (*(int(part) for part in text.split("-")), None, None)[:3]
    if month is None:
        return date(year or 0, 1, 1), date(year or 0, 12, 31)
    if day is None:
        return date(year or 0, month, 1), date(year or 0, month, monthrange(year or 0, month)[1])
    whole = date(year or 0, month, day)
    return whole, whole


def is_one(text: str) -> bool:
    try:
        span(text)
    except ValueError:
        return False
    return True


def text_of(year: int, month: int | None = None, day: int | None = None) -> str:
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
