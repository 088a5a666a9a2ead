"""Any uploaded file to rows: CSV, a workbook, JSON or JSON Lines, told apart by content. It knows headers, not values.

The file is read by a child with limits and without keys (intake.batches.reading); what the child says is checked here.
"""

import json
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from intake.batches import reading
from intake.batches.child.frames import DOCUMENT, END, REFUSED, ROW, UNDERSTOOD, Template, Understood, understood_of
from intake.batches.columns import COLUMNS
from intake.errors import UnreadableFileError
from intake.notifications.inputs import Problem

_DECODE = json.JSONDecoder().raw_decode

# What the report of errors adds to the rows; whoever mends and sends them need not take it away.
NUMBER, ERRORS = "regel", "fouten"
ADDED = (NUMBER, ERRORS)
Headers = Mapping[int, str]
TEMPLATE = Template(
    headers=[*ADDED, *(column.header for column in COLUMNS)],
    required=[column.header for column in COLUMNS if column.required],
    sheet="Meldingen",
    version_sheet="baken",
    # To be raised when a filled-in template of before can no longer be read as it was meant.
    version="1",
)


@dataclass(frozen=True)
class Row:
    """One row that holds something: filled cells by header of a table, or the document of a JSON file; repr shows neither.

    number is the row in the spreadsheet (the headers are row 1), the line of JSON Lines, the place in a JSON array from 1.
    size is what the child said of it in bytes: what it takes here, as long as it is not kept.
    """

    number: int
    cells: Mapping[str, str] | None = field(default=None, repr=False)
    document: object | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()
    size: int = field(default=0, compare=False)


def rows_of(
    parts: Iterable[bytes], *, template: Template | None = None, understood: Callable[[Understood], object] = lambda _: None
) -> Generator[Row, None, None]:
    """The rows as they are read; before the first of them understood is told what the file was taken for.

    Raises UnreadableFileError at the first row or at any later one: what came before it is not the whole file.
    Whoever stops before the end closes it (contextlib.closing), which ends the child.
    """
    asked = template or TEMPLATE
    headers: Headers = {}
    with closing(reading.lines(parts, asked)) as lines:
        for line in lines:
            found = _checked(line, headers)
            if isinstance(found, Row):
                yield found
            elif found is None:
                return
            else:
                headers = _known(found.headers, asked)
                understood(found)
    raise UnreadableFileError("unreadable")


def _checked(line: bytes, headers: Headers) -> Row | Understood | None:
    """Nothing that the child could say makes more of this process than an unreadable file."""
    try:
        text = line.decode()
        (kind, *said), end = _DECODE(text)
        if end != len(text):
            raise ValueError
        if kind == REFUSED:
            raise _refusal(*said)
        return None if kind == END else _READERS[kind](headers, len(line), *said)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableFileError("unreadable") from None


def _known(headers: Iterable[str], template: Template) -> Headers:
    found = dict(enumerate(headers))
    if not set(found.values()) <= set(template.headers):
        raise UnreadableFileError("unreadable")
    return found


def _refusal(code: object, row: object, place: object) -> UnreadableFileError:
    return UnreadableFileError(_text(code), row=_number(row), place=_text(place))


def _understood(headers: Headers, size: int, values: Mapping[str, Any]) -> Understood:
    return understood_of(values)


def _row(headers: Headers, size: int, number: object, places: list[int], cells: list[object], problems: object) -> Row:
    if not set(map(type, cells)) <= {str}:
        raise TypeError
    found: dict[str, Any] = dict(zip(map(headers.__getitem__, places), cells, strict=True))
    for header in ADDED:
        found.pop(header, None)
    return Row(_number(number), cells=found, problems=_problems(problems), size=size)


def _document(headers: Headers, size: int, number: object, document: object, problems: object) -> Row:
    return Row(_number(number), document=document, problems=_problems(problems), size=size)


_READERS: Mapping[str, Callable[..., Row | Understood]] = {UNDERSTOOD: _understood, ROW: _row, DOCUMENT: _document}


def _problems(found: object) -> tuple[Problem, ...]:
    if not isinstance(found, list):
        raise TypeError
    return tuple([Problem(_text(place), _text(code)) for place, code in found]) if found else ()


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
