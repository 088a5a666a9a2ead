"""The sheets of the template: rows with drop-downs, the lists behind them, the guide, the hidden version. No row of data."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from intake.batches import guide
from intake.batches.columns import COLUMNS, Column
from intake.batches.guide import Choice
from intake.batches.parsing import TEMPLATE

LISTS, GUIDE = "Lijsten", "Uitleg"
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
_LONGEST_HINT = 255
_LONGEST_TITLE = 32
_WIDTH = 24
# Codes, Dutch and English labels, and a column between one list and the next.
_LIST_WIDTH = 4
_TITLES = (
    "Kolom / Column",
    "Betekenis",
    "Verplicht",
    "Wat erin mag",
    "Voorbeeld / Example",
    "Meaning",
    "Required",
    "What it may hold",
)
_NARROW = (0, 2, 4, 6)

Lists = Mapping[tuple[Choice, ...], str]


def write(book: Workbook) -> None:
    rows = book.add_worksheet(TEMPLATE.sheet)
    with translation.override("nl"):
        lists = _write_lists(book.add_worksheet(LISTS), book)
        _write_guide(book.add_worksheet(GUIDE), book)
        write_version(book)
        _write_columns(rows, book, lists)


def write_version(book: Workbook) -> None:
    """In a sheet that only a program can make visible: what is sent back says which template it was."""
    sheet = book.add_worksheet(TEMPLATE.version_sheet)
    sheet.write_string(0, 0, TEMPLATE.version)
    sheet.very_hidden()


def _write_columns(sheet: Worksheet, book: Workbook, lists: Lists) -> None:
    plain, required = book.add_format({"bold": True}), book.add_format({"bold": True, "bg_color": "#F3E3B3", "bottom": 2})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd-mm-yyyy"})
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTH, day if guide.is_day(column) else text)
        sheet.write_string(0, place, column.header, required if column.required else plain)
        sheet.data_validation(0, place, 0, place, _hint(column))
        sheet.data_validation(1, place, TEMPLATE.most_rows, place, _validation(column, lists))
    sheet.freeze_panes(1, 1)
    sheet.activate()


def _validation(column: Column, lists: Lists) -> dict[str, Any]:
    """Several values in one cell are more than a drop-down can check: there the list is named."""
    options = guide.choices(column, "nl")
    hint = _hint(column)
    if guide.is_day(column):
        error = _("Type a date as 31-12-2019.")
        return hint | {
            "validate": "date",
            "criteria": "between",
            "minimum": _EARLIEST,
            "maximum": _LATEST,
            "error_message": error,
        }
    if options and not guide.several(column):
        return hint | {"validate": "list", "source": f"={LISTS}!{lists[options]}", "error_message": _("Choose from the list.")}
    return hint


def _hint(column: Column) -> dict[str, Any]:
    required = _("Required.") if column.required else ""
    message = f"{guide.allowed(column)} {required}".strip()[:_LONGEST_HINT]
    return {"validate": "any", "input_title": guide.meaning(column)[:_LONGEST_TITLE], "input_message": message}


def _write_lists(sheet: Worksheet, book: Workbook) -> Lists:
    """Each list once, under the header of the first column that uses it; the range of its Dutch labels by list."""
    bold = book.add_format({"bold": True})
    ranges: dict[tuple[Choice, ...], str] = {}
    for column in COLUMNS:
        options = guide.choices(column, "nl")
        if not options or options in ranges:
            continue
        place = len(ranges) * _LIST_WIDTH
        ranges[options] = xl_range_abs(1, place + 1, len(options), place + 1)
        _write_list(sheet, place, column, bold)
    sheet.freeze_panes(1, 0)
    return ranges


def _write_list(sheet: Worksheet, place: int, column: Column, bold: Format) -> None:
    dutch, english = guide.choices(column, "nl"), guide.choices(column, "en")
    sheet.set_column(place, place + 2, _WIDTH)
    for offset, title in enumerate((column.header, "Nederlands", "English")):
        sheet.write_string(0, place + offset, title, bold)
    for row, (one, other) in enumerate(zip(dutch, english, strict=True), start=1):
        for offset, text in enumerate((one.code, one.label, other.label)):
            sheet.write_string(row, place + offset, text)


def _write_guide(sheet: Worksheet, book: Workbook) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, title in enumerate(_TITLES):
        sheet.set_column(place, place, _WIDTH if place in _NARROW else 2 * _WIDTH)
        sheet.write_string(0, place, title, bold)
    for row, column in enumerate(COLUMNS, start=1):
        for place, text in enumerate(_explained(column)):
            sheet.write_string(row, place, text, wrapped)
    sheet.freeze_panes(1, 1)


def _explained(column: Column) -> Sequence[str]:
    dutch = (guide.meaning(column), "ja" if column.required else "nee", guide.allowed(column))
    with translation.override("en"):
        english = (guide.meaning(column), "yes" if column.required else "no", guide.allowed(column))
    return (column.header, *dutch, guide.example(column), *english)
