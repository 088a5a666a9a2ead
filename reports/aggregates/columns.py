"""The columns of a file of aggregates, and what a row may hold: a value, a footnote or a caveat. It knows no other row.

One header row; a row is of the kind in its first column. Years have four digits; a number has no separators for
thousands and at most one decimal. Codes of the lists, or their Dutch or English labels. An unknown that a source published is
a value of its own: aanduiding onbekend, and no number. vindplaats says where in its source the number stands.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from intake.codes.lists import CodeList
from reports.aggregates import codes
from reports.aggregates.contents import Note, Value

VALUE, FOOTNOTE, CAVEAT = "waarde", "voetnoot", "kanttekening"
OF_VALUES = (
    "fase", "vorm", "van", "tot", "maat", "teleenheid", "aanduiding", "waarde", "waarde_tot", "breuk", "voetnoten",
    "vindplaats",
)  # fmt: skip
TEXTS = ("tekst_nl", "tekst_en")
COLUMNS = ("soort", *OF_VALUES, "nummer", *TEXTS)
NEEDED = {
    VALUE: ("fase", "van", "maat", "teleenheid", "vindplaats"),
    FOOTNOTE: ("nummer", *TEXTS),
    CAVEAT: TEXTS,
}
ALLOWED = {VALUE: OF_VALUES, FOOTNOTE: ("nummer", *TEXTS), CAVEAT: TEXTS}
FIRST_YEAR = 1990
LONGEST_PLACE, LONGEST_TEXT, MOST_FOOTNOTES = 200, 1000, 10
_NUMBER, _YEAR, _FOOTNOTE = re.compile(r"\d{1,9}(?:[.,]\d)?"), re.compile(r"\d{4}"), re.compile(r"[1-9]\d?")
_YES_OR_NO = {"": False, "nee": False, "no": False, "ja": True, "yes": True}

Cells = Mapping[str, str]
Broken = tuple[str, str]
T = TypeVar("T")


class CellError(Exception):
    """The cell breaks this rule; its text is the rule's code."""


class _Reading:
    """Reads the cells of a row and remembers which of them break a rule."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.broken: list[Broken] = []

    def cell(self, column: str, read: Callable[[str], T], otherwise: T) -> T:
        try:
            return read(self._cells.get(column, ""))
        except CellError as error:
            self.broken.append((column, str(error)))
            return otherwise


def misplaced(kind: str, cells: Cells) -> Iterator[Broken]:
    """Cells that this kind of row needs and has not, or has and may not."""
    for column in NEEDED[kind]:
        if column not in cells:
            yield column, "required"
    for column in cells:
        if column != "soort" and column not in ALLOWED[kind]:
            yield column, "other-kind-of-row"


def value_of(source: str, line: int, cells: Cells) -> Value | tuple[Broken, ...]:
    reading = _Reading(cells)
    first = reading.cell("van", _year, 0)
    found = Value(
        phase=reading.cell("fase", _code_of(codes.phases_of(source)), ""),
        form=reading.cell("vorm", _form_of(source), ""),
        first_year=first,
        last_year=reading.cell("tot", _year, first) or first,
        measure=reading.cell("maat", _code_of(codes.MEASURES), codes.COUNT),
        unit=reading.cell("teleenheid", _code_of(codes.units_of(source)), ""),
        qualifier=reading.cell("aanduiding", _code_of(codes.QUALIFIERS), "") or codes.EXACT,
        low=reading.cell("waarde", _number, None),
        high=reading.cell("waarde_tot", _number, None),
        breaks=reading.cell("breuk", _yes, False),
        footnotes=reading.cell("voetnoten", _footnotes, ()),
        place=reading.cell("vindplaats", _place, ""),
        line=line,
    )
    return tuple(reading.broken) or found


def note_of(line: int, cells: Cells) -> Note | tuple[Broken, ...]:
    reading = _Reading(cells)
    nl, en = (reading.cell(column, _note_text, "") for column in TEXTS)
    number = reading.cell("nummer", _footnote, "")
    return tuple(reading.broken) or Note(number, nl, en, line)


def _code_of(known: CodeList) -> Callable[[str], str]:
    spellings = {text.casefold(): code for code, row in known.rows.items() for text in (code, row.label_nl, row.label_en)}

    def read(cell: str) -> str:
        if not cell:
            return ""
        if cell.casefold() not in spellings:
            raise CellError("unknown-code")
        return spellings[cell.casefold()]

    return read


def _form_of(source: str) -> Callable[[str], str]:
    known = codes.forms_of(source)
    if known.rows:
        return _code_of(known)
    return _no_form


def _no_form(cell: str) -> str:
    if cell:
        raise CellError("source-without-forms")
    return ""


def _year(cell: str) -> int:
    if not cell:
        return 0
    if not _YEAR.fullmatch(cell) or not cell.isascii() or int(cell) < FIRST_YEAR:
        raise CellError("wrong-year")
    return int(cell)


def _number(cell: str) -> Decimal | None:
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell) or not cell.isascii():
        raise CellError("wrong-number")
    return Decimal(cell.replace(",", "."))


def _yes(cell: str) -> bool:
    if cell.casefold() not in _YES_OR_NO:
        raise CellError("not-yes-or-no")
    return _YES_OR_NO[cell.casefold()]


def _footnotes(cell: str) -> tuple[str, ...]:
    found = tuple(_footnote(part.strip()) for part in cell.split("|") if part.strip())
    if len(found) > MOST_FOOTNOTES:
        raise CellError("too-many")
    return tuple(sorted(set(found), key=int))


def _footnote(cell: str) -> str:
    if cell and not (cell.isascii() and _FOOTNOTE.fullmatch(cell)):
        raise CellError("wrong-footnote")
    return cell


def _place(cell: str) -> str:
    return _text(cell, LONGEST_PLACE)


def _note_text(cell: str) -> str:
    return _text(cell, LONGEST_TEXT)


def _text(cell: str, longest: int) -> str:
    if len(cell) > longest:
        raise CellError("too-long")
    if not cell.isprintable():
        raise CellError("forbidden-character")
    return cell
