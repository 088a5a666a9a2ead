"""How the texts after the question mark of an address become values. Each reader raises ValueError with a rule's code only."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.api.described import Query, Text

LARGEST_PAGE = 100
LAST_PAGE = 100_000
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def number(largest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or int(text) > largest:
            raise ValueError("wrong-format")
        return int(text)

    return read


def day(text: str) -> date:
    """RFC 3339: without a time, and no other way of writing that Python would take."""
    if not _DATE.fullmatch(text):
        raise ValueError("wrong-format")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("wrong-format") from None


def one_of(values: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if text not in values:
            raise ValueError("unknown-code")
        return values[text]

    return read


def date_query(name: str, explanation: Text) -> Query:
    return Query(name, {"type": "string", "format": "date"}, day, explanation)


def choice_query(name: str, values: Mapping[str, Any], explanation: Text) -> Query:
    return Query(name, {"type": "string", "enum": list(values)}, one_of(values), explanation)


FLAG = {"true": True, "false": False}
PAGING = (
    Query(
        "page",
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
        number(LAST_PAGE),
        _("Which page, counted from 1."),
        default=1,
    ),
    Query(
        "pageSize",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE},
        number(LARGEST_PAGE),
        _("How many on a page."),
        default=50,
    ),
)
