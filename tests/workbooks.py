"""Workbooks for the tests: honest ones as a spreadsheet writes them, and ones put together by hand as no program does."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def written(
    rows: Iterable[Sequence[Any]], *, name: str = "Blad1", formats: Mapping[tuple[int, int], str] | None = None
) -> bytes:
    """As xlsxwriter writes these values; formats is the number format of a cell by row and column from 0."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                chosen = (formats or {}).get((number, column))
                sheet.write(number, column, value, book.add_format({"num_format": chosen}) if chosen else None)
    return content.getvalue()


def cells(*rows: str, prefix: str = "", space: str = MAIN) -> str:
    """The XML of a sheet around these rows of XML."""
    named = f"{prefix}:" if prefix else ""
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    body = "".join(rows)
    return f'<{named}worksheet {declared}="{space}"><{named}sheetData>{body}</{named}sheetData></{named}worksheet>'


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def header(*headers: str) -> str:
    found = (inline(f"{chr(ord('A') + place)}1", text) for place, text in enumerate(headers))
    return f'<row r="1">{"".join(found)}</row>'


def parts(sheet: str | bytes, *, shared: str = "", styles: str = "", **more: str) -> dict[str, str | bytes]:
    """The parts of the smallest workbook around the XML of one sheet."""
    relations = f'<Relationship Id="s" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    relations += f'<Relationship Id="t" Type="{_OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>' if shared else ""
    relations += f'<Relationship Id="f" Type="{_OFFICE}/styles" Target="styles.xml"/>' if styles else ""
    book = '<sheet name="Blad1" sheetId="1" r:id="s"/>'
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(f'<Relationship Id="b" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{book}</sheets></workbook>',
        SHEET: sheet,
    }
    return found | ({"xl/sharedStrings.xml": shared} if shared else {}) | ({"xl/styles.xml": styles} if styles else {}) | more


def zipped(found: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    return content.getvalue()


def of_sheet(sheet: str | bytes) -> bytes:
    return zipped(parts(sheet))


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
