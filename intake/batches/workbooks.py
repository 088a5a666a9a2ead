"""The workbooks that people get: the template to fill in, and the report of what is wrong in a file.

Both are made in memory and never lie on a disk. What was typed by people is written as text, so no cell becomes a formula.
"""

import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from intake.batches import template_sheets
from intake.batches.child.frames import LONGEST_CELL
from intake.batches.columns import BY_HEADER, COLUMNS
from intake.batches.parsing import ERRORS, NUMBER, TEMPLATE, Row
from intake.notifications import sentences
from intake.notifications.inputs import Problem
from safeguards.spreadsheets import neutral

PROBLEMS = "Fouten"
MOST_PROBLEMS = 10_000
MOST_REPORTED_ROWS = 5_000
# Characters: the report is made in the memory of the process that answers.
MOST_REPORTED_TEXT = 5_000_000
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_CREATED = datetime.fromisoformat("2026-01-01")
_WIDTH = 24


def template() -> bytes:
    """The workbook to fill in: always the same bytes for the same columns and lists."""
    with _book() as (book, content):
        template_sheets.write(book)
    return content.getvalue()


def error_report(problems: Iterable[Problem], rows: Iterable[Row]) -> bytes:
    """For whoever sent the file and nobody else: what is wrong, and the rows as they were sent with what is wrong beside them.

    Of a long file only the rows with problems, as many as MOST_REPORTED_ROWS and MOST_REPORTED_TEXT let in. The second
    sheet can be mended and sent as it is. The texts are in the active language.
    """
    found = list(islice(problems, MOST_PROBLEMS))
    kept = _kept(rows, {problem.row for problem in found})
    with _book() as (book, content):
        _write_problems(book.add_worksheet(PROBLEMS), book, found)
        if any(row.cells for row in kept):
            _write_rows(book.add_worksheet(TEMPLATE.sheet), book, kept, found)
            template_sheets.write_version(book)
    return content.getvalue()


@contextmanager
def _book() -> Iterator[tuple[Workbook, io.BytesIO]]:
    content = io.BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": "Baken", "created": _CREATED})
        yield book, content


def _kept(rows: Iterable[Row], faulty: Collection[int]) -> Sequence[Row]:
    """Of a table: all rows of a short one; of a long one those with problems that have room."""
    found: list[Row] = []
    size, long = 0, False
    for row in rows:
        if row.cells is None or (long and row.number not in faulty):
            continue
        found.append(row)
        size += _size(row)
        if not long and not _has_room(found, size):
            long = True
            found = [kept for kept in found if kept.number in faulty]
            size = sum(map(_size, found))
        if not _has_room(found, size):
            size -= _size(found.pop())
    return found


def _size(row: Row) -> int:
    return sum(map(len, (row.cells or {}).values()))


def _has_room(rows: Sequence[Row], size: int) -> bool:
    return len(rows) <= MOST_REPORTED_ROWS and size <= MOST_REPORTED_TEXT


def _write_problems(sheet: Worksheet, book: Workbook, problems: Iterable[Problem]) -> None:
    bold = book.add_format({"bold": True})
    for place, title in enumerate((_("row"), _("column"), _("code"), _("what is wrong"))):
        sheet.set_column(place, place, _WIDTH if place < 3 else 4 * _WIDTH)
        sheet.write_string(0, place, title, bold)
    for number, problem in enumerate(problems, start=1):
        sheet.write_number(number, 0, problem.row)
        for place, text in enumerate((problem.field, problem.code, _sentence(problem)), start=1):
            sheet.write_string(number, place, text)
    sheet.freeze_panes(1, 0)


def _write_rows(sheet: Worksheet, book: Workbook, rows: Sequence[Row], problems: Iterable[Problem]) -> None:
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    wrong: defaultdict[int, list[str]] = defaultdict(list)
    for problem in problems:
        wrong[problem.row].append(_sentence(problem))
    used = {header for row in rows for header in row.cells or ()}
    headers = [column.header for column in COLUMNS if column.header in used]
    sheet.set_column(0, len(headers) + 1, _WIDTH, text)
    for place, header in enumerate((NUMBER, ERRORS, *headers)):
        sheet.write_string(0, place, header, bold)
    for number, row in enumerate(rows, start=1):
        sheet.write_number(number, 0, row.number)
        cells = [" ".join(wrong[row.number]), *((row.cells or {}).get(header, "") for header in headers)]
        for place, cell in enumerate(cells, start=1):
            if cell:
                sheet.write_string(number, place, _written(cell), text)
    sheet.freeze_panes(1, 2)


def _written(cell: str) -> str:
    """As text and no formula; what cannot stand in a file of letters (half of a pair) is shown as a question mark."""
    return neutral(cell).encode(errors="replace").decode()[:LONGEST_CELL]


def _sentence(problem: Problem) -> str:
    column = BY_HEADER.get(problem.field)
    field = column.field if column else problem.field
    return sentences.sentence(Problem(field, problem.code), name=problem.field)
