"""An extract ready to be written in any format: rows of codes with their words in both languages, and what files say of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import token_hex
from uuid import UUID

from reports.disclosure.microdata.rows import Rows
from reports.extracts.columns import BLANK_TEXT, BY_NAME, UNKNOWN_TEXT
from reports.figures.rows import Text

UNKNOWN_CODE, BLANK_CODE = "unknown", "suppressed"
ROW_TITLE = Text("Rij, willekeurig genummerd voor deze levering alleen", "Row, numbered at random for this extract alone")
PERSON_TITLE = Text("Pseudoniem van de persoon voor deze ontvanger", "Pseudonym of the person for this recipient")


class UndeclaredValueError(ValueError):
    """A value that its column does not declare: nothing is written. The message names the column, never the value."""


@dataclass(frozen=True)
class OutColumn:
    """codes: every value that the column may have, in order; empty where values are not of a list (pattern then says what)."""

    name: str
    title: Text
    codes: Mapping[str, Text] = field(default_factory=dict)
    pattern: str = ""


ROW = OutColumn("row", ROW_TITLE, pattern="r[0-9a-f]{12}")
_PERSON = OutColumn("person", PERSON_TITLE, pattern="[0-9a-f]{32}")


@dataclass(frozen=True)
class About:
    """What every file says of itself. notes: lines of text on how it was protected, and how to read it."""

    id: UUID
    title: Text
    recipient: str
    purpose: Text
    watermark: str
    made: datetime
    cutoff: datetime
    years: tuple[int, int]
    until: date
    notes: Sequence[Text]
    open: bool = False


@dataclass(frozen=True)
class Content:
    columns: tuple[OutColumn, ...]
    rows: Sequence[tuple[str, ...]]
    about: About

    def __post_init__(self) -> None:
        for place, column in enumerate(self.columns):
            values = {row[place] for row in self.rows}
            known = values <= column.codes.keys() if column.codes else all(re.fullmatch(column.pattern, one) for one in values)
            if not known:
                raise UndeclaredValueError(column.name)


def content_of(rows: Rows, about: About, persons: Sequence[str] = ()) -> Content:
    """Each row is called by a random name of its own: the same row has another one in the next extract.

    persons: a pseudonym of each row, where the recipient may tell which rows are of one person.
    """
    written = [_written(rows, name) for name in rows.names]
    columns = tuple(_column(name, rows) for name in rows.names)
    names = [row_name() for _ in range(len(rows))]
    if not persons:
        return Content((ROW, *columns), list(zip(names, *written, strict=True)), about)
    return Content((ROW, _PERSON, *columns), list(zip(names, persons, *written, strict=True)), about)


def row_name() -> str:
    """Begins with a letter: 1234567890e1 would be a number to a spreadsheet."""
    return f"r{token_hex(6)}"


def _column(name: str, rows: Rows) -> OutColumn:
    described = BY_NAME[name]
    codes = {_code(code): described.label(code) for code in rows.values[name]}
    return OutColumn(name, described.title, codes | {BLANK_CODE: BLANK_TEXT})


def _written(rows: Rows, name: str) -> list[str]:
    codes = [*map(_code, rows.values[name]), BLANK_CODE]
    return [codes[code] for code in rows.column(name).tolist()]


def _code(code: str) -> str:
    return code or UNKNOWN_CODE


def used(column: OutColumn, content: Content) -> Mapping[str, Text]:
    """The codes of a column that its rows have: code lists of a file do not name countries of which nobody is."""
    place = content.columns.index(column)
    there = {row[place] for row in content.rows}
    return {code: text for code, text in column.codes.items() if code in there or text in (BLANK_TEXT, UNKNOWN_TEXT)}
