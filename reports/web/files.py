"""A figure as a file: CSV, workbook, JSON, and its charts as SVG and PNG. Each has the cut of the page and says what it is.

Texts are in the active language and never become a formula. Nothing is written to a disk.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import font_source_sans_pro
import resvg_py
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.charts.sheet import Sheet, sheet
from reports.figures.printing import as_json
from reports.figures.tables import Table
from reports.web.about import about, heading
from reports.web.presentation import Axis, Cell, ChartView, FigureView, RowView, TableView
from reports.web.standing import Standing
from safeguards.spreadsheets import neutral

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FONTS = [font_source_sans_pro.font_files_ttf[name] for name in ("SourceSansPro", "SourceSansProSemibold")]
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
# Twice the size on a screen, for print.
_ZOOM = 2


@dataclass(frozen=True)
class Content:
    """A figure ready to be written: its table as counted, and as shown."""

    table: Table
    figure: FigureView
    standing: Standing

    def axis(self, name: str) -> Axis | None:
        return next((axis for axis in self.figure.axes if axis.name == name), None)


@dataclass(frozen=True)
class File:
    name: str
    kind: str
    content: bytes


def file_of(content: Content, name: str) -> File | None:
    """name: one of WHOLE, or the name of an axis with .svg or .png; None where the figure has no such file."""
    stem, _dot, ending = name.rpartition(".")
    if name in WHOLE:
        kind, write = WHOLE[name]
        return File(_file_name(content, f".{ending}"), kind, write(content))
    axis = content.axis(stem)
    if axis is None or ending not in DRAWN:
        return None
    kind, draw = DRAWN[ending]
    return File(_file_name(content, f"-{name}"), kind, draw(content, axis))


def csv_file(content: Content) -> bytes:
    """UTF-8 with a mark, so that spreadsheets see it; in Dutch with semicolons and decimal commas, as those there expect."""
    dutch = get_language() == "nl"
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if dutch else ",")
    for name, text in about(content.figure, content.standing):
        writer.writerow((neutral(name), neutral(text)))
    for axis in content.figure.axes:
        writer.writerow(())
        writer.writerow((neutral(str(axis.table.caption)),))
        writer.writerow(("", *_head(axis.table)))
        for row in axis.table.rows:
            writer.writerow((neutral(str(row.label)), *_cells(axis.table, row, "," if dutch else ".")))
    return ("\ufeff" + written.getvalue()).encode()


def workbook(content: Content) -> bytes:
    """A sheet for each table, and one about the figure."""
    stream = io.BytesIO()
    with Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": heading(content.figure), "created": content.standing.as_of.replace(tzinfo=None)})
        titles = {"year": _("By year"), "form": _("By form")}
        for axis in content.figure.axes:
            _write_table(book, book.add_worksheet(titles[axis.name]), axis.table)
        _write_about(book, book.add_worksheet(_("About this figure")), content)
    return stream.getvalue()


def json_file(content: Content) -> bytes:
    """The table as manage.py figures --json prints it, with what the file says about itself."""
    lines: dict[str, list[str]] = {}
    for name, text in about(content.figure, content.standing):
        lines.setdefault(name, []).append(text)
    made = {
        "figure": content.figure.id,
        "as_of": content.standing.as_of.isoformat(),
        "edition": content.standing.short,
        "exact": content.standing.exact,
        "protection": str(content.standing.protection),
        "filters": {str(name): value for name, value in content.figure.filters},
        "about": lines,
        "table": as_json({content.figure.id: content.table}, exact=content.standing.exact)[content.figure.id],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def svg(content: Content, axis: Axis) -> bytes:
    figure, standing = content.figure, content.standing
    limits = [f"{name}: {value}." for name, value in figure.filters]
    texts = (f"{_('Population')}: {figure.population}. {_('Unit')}: {figure.unit}.", *limits)
    notes = [f"{name}: {text}" for name, text in about(figure, standing)[1:] if name not in (_("Population"), _("Unit"))]
    notes = [str(axis.chart.note), *notes]
    drawn = sheet(axis.chart.drawing, heading=f"{figure.name}. {axis.chart.title}", texts=texts, notes=notes)
    return svg_of(drawn, axis.chart)


def svg_of(drawn: Sheet, chart: ChartView) -> bytes:
    return render_to_string("reports/chart_file.svg", {"sheet": drawn, "chart": chart}).encode()


def png(content: Content, axis: Axis) -> bytes:
    return png_of(svg(content, axis))


def png_of(drawn: bytes) -> bytes:
    """The same drawing, in the font that comes along: a server may have none."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn.decode(),
            skip_system_fonts=True,
            font_files=_FONTS,
            sans_serif_family="Source Sans Pro",
            zoom=_ZOOM,
        )
    )


WHOLE: Mapping[str, tuple[str, Callable[[Content], bytes]]] = {
    "figure.csv": ("text/csv; charset=utf-8", csv_file),
    "figure.xlsx": (XLSX, workbook),
    "figure.json": ("application/json", json_file),
}
DRAWN: Mapping[str, tuple[str, Callable[[Content, Axis], bytes]]] = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
}


def _file_name(content: Content, ending: str) -> str:
    cut = "-cut" if content.figure.filters else ""
    return f"baken-{content.figure.id}{cut}-{content.standing.short}-{content.standing.as_of:%Y-%m-%d}{ending}"


def _head(table: TableView) -> list[str]:
    if not (table.with_ranks or table.with_shares):
        return [str(name) for name in table.head]
    beside = _("rank") if table.with_ranks else _("share in %")
    return [title for name in table.head for title in (str(name), f"{name} ({beside})")]


def _beside(table: TableView, cell: Cell) -> list[int | Decimal | None]:
    """What stands beside a number in a column of its own: a rank or a percentage."""
    if not (table.with_ranks or table.with_shares):
        return []
    return [cell.rank if table.with_ranks else cell.share]


def _cells(table: TableView, row: RowView, decimal_sign: str) -> list[str]:
    found = []
    for cell in row.cells:
        for number in (cell.number, *_beside(table, cell)):
            found.append("" if number is None else str(number).replace(".", decimal_sign))
    return found


def _write_table(book: Workbook, page: Worksheet, table: TableView) -> None:
    bold, whole, one = (book.add_format(form) for form in ({"bold": True}, {"num_format": "#,##0"}, {"num_format": "0.0"}))
    page.set_column(0, 0, 48)
    page.write_string(0, 0, str(table.caption), bold)
    for place, name in enumerate(_head(table), start=1):
        page.write_string(2, place, name, bold)
    for number, row in enumerate(table.rows, start=3):
        page.write_string(number, 0, str(row.label), bold if row.strong else None)
        place = 1
        for cell in row.cells:
            _write_number(page, (number, place), cell, one if cell.decimals else whole)
            place += 1
            for beside in _beside(table, cell):
                if beside is not None:
                    page.write_number(number, place, float(beside))
                place += 1
    page.freeze_panes(3, 1)


def _write_number(page: Worksheet, place: tuple[int, int], cell: Cell, form: object) -> None:
    """An unknown mean is an empty cell."""
    if cell.number is not None:
        page.write_number(*place, float(cell.number) if isinstance(cell.number, Decimal) else cell.number, form)


def _write_about(book: Workbook, page: Worksheet, content: Content) -> None:
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 32)
    page.set_column(1, 1, 100)
    for number, (name, text) in enumerate(about(content.figure, content.standing)):
        page.write_string(number, 0, name, bold)
        page.write_string(number, 1, text, wrapped)
