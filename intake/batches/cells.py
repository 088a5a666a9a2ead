"""One cell of a file to a typed value and back: texts, lists, dates of which parts may be missing, yes and no, codes.

It accepts what people and Excel write and names the rule that a cell breaks; it never repeats the cell.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from django.utils import translation

from consent import gate
from intake.codes import partial_days
from intake.codes.lists import CODE_LISTS, MISSING_REASONS, CodeList
from intake.notifications.inputs import PartialDate
from safeguards.spreadsheets import FORMULA

SEPARATOR = "|"
LANGUAGES = ("nl", "en")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_MONTH = re.compile(r"(?:(\d{1,2})[-/.])?(\d{4})")
_YES = ("ja", "j", "yes", "y", "1", "waar", "true")
_NO = ("", "nee", "n", "no", "0", "onwaar", "false")


class CellError(Exception):
    """The cell breaks this rule; its text is the rule's code."""


def plain(cell: str) -> str:
    """The text of a cell, without the apostrophe that neutral put there."""
    cell = cell.strip(" \u00a0")
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def items(cell: str, separators: str = SEPARATOR) -> tuple[str, ...]:
    parts = cell.split(separators) if len(separators) == 1 else re.split(f"[{re.escape(separators)}]", cell)
    return tuple([item for part in parts if (item := part.strip())])


@lru_cache(maxsize=8192)
def day(cell: str) -> date | None:
    """31-12-2019, 31/12/2019 or 2019-12-31. Remembered: it is no birth date, and a file has few days."""
    if not cell:
        return None
    found = _partial(cell)
    try:
        return date(found.year or 0, found.month or 0, found.day or 0)
    except ValueError:
        raise CellError("wrong-date") from None


def partial_date(cell: str) -> PartialDate:
    """As day, or 12-2019 or 2019 where the rest is unknown."""
    return _partial(cell) if cell else PartialDate()


def partial_day(cell: str) -> str:
    """As partial_date, for what is no birth date: text of intake.codes.partial_days."""
    if not cell:
        return ""
    found = _partial(cell)
    if found.day and not found.month:
        raise CellError("wrong-date")
    return partial_days.text_of(found.year or 0, found.month, found.day)


def phase(cell: str) -> str | None:
    """The day of a step, or ja where the step was taken on an unknown day, or nothing where it was not taken."""
    if cell.casefold() in _YES:
        return ""
    return None if cell.casefold() in _NO else partial_day(cell)


def missing(cell: str) -> str:
    """The code of the reason why there is no answer, if that is what stands in the cell."""
    return _missing_spellings().get(cell.casefold(), "")


def missing_text(reason: str) -> str:
    return MISSING_REASONS.get(reason).label_nl


def yes(cell: str) -> bool:
    if cell.casefold() in _YES:
        return True
    if cell.casefold() in _NO:
        return False
    raise CellError("not-yes-or-no")


def code(cell: str, codes: CodeList) -> str:
    """A code of the list, or its Dutch or English label in any case."""
    if not cell:
        return ""
    found = _spellings(codes.scheme).get(cell.casefold())
    if found is None:
        raise CellError("unknown-code")
    return found


def answer(cell: str, answers: Iterable[StrEnum]) -> str:
    """A code of these answers, or its Dutch or English label in any case."""
    if not cell:
        return ""
    found = _answer_spellings(tuple(answers)).get(cell.casefold())
    if found is None:
        raise CellError("unknown-code")
    return found


def code_set(cell: str, codes: CodeList) -> tuple[str, ...]:
    """Codes or labels with | between them; a comma or semicolon does where no label has one."""
    try:
        found = {code(item, codes) for item in items(cell)}
    except CellError:
        found = {code(item, codes) for item in items(cell, "|,;")}
    return tuple(sorted(found - {""}))


def date_text(value: date | None) -> str:
    return f"{value.day:02}-{value.month:02}-{value.year:04}" if value else ""


def partial_text(value: PartialDate) -> str:
    if value.year is None:
        return ""
    parts = (value.day, value.month) if value.day else (value.month,)
    return "-".join([*(f"{part:02}" for part in parts if part), f"{value.year:04}"])


def partial_day_text(day: str) -> str:
    return "-".join(reversed(day.split("-")))


def phase_text(day: str | None) -> str:
    return "" if day is None else partial_day_text(day) or "ja"


def _partial(cell: str) -> PartialDate:
    """Registers write 00 for a day or month that is unknown."""
    if found := _DAY.fullmatch(cell):
        day, month, year = found.groups()
    elif found := _ISO_DAY.fullmatch(cell):
        year, month, day = found.groups()
    elif found := _MONTH.fullmatch(cell):
        (month, year), day = found.groups(), None
    else:
        raise CellError("wrong-date")
    return PartialDate(int(year), int(month or 0) or None, int(day or 0) or None)


@cache
def _answer_spellings(answers: tuple[StrEnum, ...]) -> Mapping[str, str]:
    labels: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            labels |= {str(gate.LABELS[answer]).casefold(): answer.value for answer in answers}
    return labels | {answer.value: answer.value for answer in answers}


@cache
def _missing_spellings() -> Mapping[str, str]:
    rows = MISSING_REASONS.rows.values()
    return {spelling.casefold(): row.code for row in rows for spelling in (row.code, row.label_nl, row.label_en)}


@cache
def _spellings(scheme: str) -> Mapping[str, str]:
    """Codes before labels, should a label of one row be the code of another. 'Unknown' is the empty code."""
    rows = CODE_LISTS[scheme].rows.values()
    labels = {label.casefold(): row.code for row in rows for label in (row.label_nl, row.label_en)}
    return {"onbekend": "", "unknown": ""} | labels | {row.code.casefold(): row.code for row in rows}
