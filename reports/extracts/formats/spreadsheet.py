"""An extract as a workbook: the rows, every list of codes, and a sheet of notes. No cell is a formula: texts are texts."""

import io
from collections.abc import Iterable, Iterator, Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.extracts.contents import Content, used
from reports.extracts.formats.words import about_lines

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_NARROW, _WIDE = 18, 60

Line = Sequence[str]


def workbook(content: Content) -> bytes:
    about = content.about
    written = io.BytesIO()
    with Workbook(written, _OPTIONS) as book:
        book.set_properties({"title": about.title.nl, "comments": about.watermark, "created": about.made.replace(tzinfo=None)})
        _write(book.add_worksheet("data"), [[column.name for column in content.columns], *content.rows], _NARROW)
        _write(book.add_worksheet("codes"), _codes(content), _WIDE)
        _write(book.add_worksheet("notes"), _notes(content), _WIDE)
    return written.getvalue()


def _write(sheet: Worksheet, lines: Iterable[Line], width: int) -> None:
    sheet.set_column(0, 40, width)
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)


def _codes(content: Content) -> Iterator[Line]:
    yield "column", "code", "nl", "en"
    for column in content.columns:
        yield column.name, "", column.title.nl, column.title.en
        for code, text in used(column, content).items():
            yield column.name, code, text.nl, text.en


def _notes(content: Content) -> Iterator[Line]:
    yield content.about.title.nl, content.about.title.en
    for name, value in about_lines(content.about):
        yield f"{name.nl} / {name.en}", value
    for note in content.about.notes:
        yield note.nl, note.en
