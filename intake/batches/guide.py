"""What people are told of each column: what it means, what may stand in it, an example. It writes no file and no page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from intake.batches import cells
from intake.batches.cells import SEPARATOR
from intake.batches.columns import Column
from intake.codes.lists import MISSING_REASONS
from intake.notifications import sentences
from intake.notifications.fields import SETS

_NAMES = ("given_names", "aliases")
_ONE = gettext_lazy("One of the list.")
_SEVERAL = gettext_lazy("One or more of the list in the sheet Lijsten, with | between them.")
_PARTIAL = gettext_lazy("A date, or month and year, or the year alone.")
_PHASE = gettext_lazy("The day of this step as far as it is known, or yes; empty if it was not taken.")
_OF_READER: Mapping[Callable[[str], Any], tuple[Promise, str]] = {
    cells.day: (gettext_lazy("A date: day-month-year."), "31-12-2019"),
    cells.partial_date: (_PARTIAL, "12-1990"),
    cells.partial_day: (_PARTIAL, "03-2019"),
    cells.phase: (_PHASE, "14-03-2019"),
    cells.yes: (gettext_lazy("Yes or no."), "ja"),
}
_EXAMPLES: Mapping[str, str] = {
    "own_reference": "2019-000123",
    "given_names": "Anna|Maria",
    "aliases": "Ani",
    "prefix": "van der",
    "family_name": "Voorbeeld",
    "bsn": "012345672",
    "v_number": "1234567890",
    "document_number": "AB1234567",
}


@dataclass(frozen=True)
class Choice:
    """One value of a closed list: its code and what it is called."""

    code: str
    label: str


def choices(column: Column, language: str) -> tuple[Choice, ...]:
    """What may be chosen in the column; where a question may be left without an answer, the reasons too. Empty: no list."""
    found = [Choice(code, label) for code, label in column.labelled(language)]
    if found and column.missable:
        found += [Choice(code, label) for code, label in MISSING_REASONS.choices(language)]
    return tuple(found)


def several(column: Column) -> bool:
    return column.field in SETS


def is_day(column: Column) -> bool:
    """Whether a cell holds a whole date; of other dates parts may be missing, so a spreadsheet must not make dates of them."""
    return column.read is cells.day


def meaning(column: Column) -> str:
    return str(sentences.label(column.field))


def allowed(column: Column) -> str:
    """In the active language."""
    if column.values:
        found = str(_SEVERAL if several(column) else _ONE)
    elif column.field in _NAMES:
        found = _("Text; several names with | between them.")
    else:
        found = str(_OF_READER[column.read][0]) if column.read in _OF_READER else _("Text.")
    return f"{found} {_without_answer()}" if column.missable else found


def example(column: Column) -> str:
    if column.values:
        labels = [choice.label for choice in choices(column, "nl")]
        return SEPARATOR.join(labels[:2]) if several(column) else labels[0]
    return _OF_READER[column.read][1] if column.read in _OF_READER else _EXAMPLES.get(column.field, "")


def _without_answer() -> str:
    reasons = ", ".join(label for _code, label in MISSING_REASONS.choices(get_language() or "nl"))
    return _("Without an answer: %(reasons)s.") % {"reasons": reasons}
