"""A yearly delivery as a workbook in Dutch: an explanation, and a sheet for each figure. The same edition, the same bytes."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from intake.codes.lists import EXPLOITATION_TYPES, FORMS
from reports.aggregates.writing import WITH_SOURCE, Part, rows
from reports.deliveries import words
from reports.deliveries.document import protection
from reports.editions.selectors import PublishedFigures
from reports.figures.caveats import PRESUMED
from reports.figures.definitions import POPULATIONS
from reports.figures.rows import UNKNOWN_ROW, Text
from reports.figures.shares import Shares, shares
from reports.figures.tables import Counts, Means, Table, TableRow

LANGUAGE = "nl"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_CREATED = datetime.fromisoformat("2026-01-01")
_NARROW, _WIDE = 14, 44

Cell = str | int | Decimal | None
Line = Sequence[Cell]


def as_workbook(figures: PublishedFigures, others: Sequence[Part] = ()) -> bytes:
    content = io.BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": _said(words.TITLE), "created": _CREATED})
        bold = book.add_format({"bold": True})
        _write(book.add_worksheet(_said(words.EXPLANATION)), _explanation(figures), bold)
        for identifier, table in figures.tables.items():
            _write(book.add_worksheet(identifier), lines(table), bold)
        if others:
            _write(book.add_worksheet(_said(words.OTHER_SOURCES)), _of_others(others), bold)
    return content.getvalue()


def _write(sheet: Worksheet, lines: Iterator[Line], bold: Format) -> None:
    """Texts are written as texts: no cell becomes a formula. The first line and the heads of tables are bold."""
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 40, _NARROW)
    for number, line in enumerate(lines):
        head = number == 0 or (len(line) > 1 and line[0] == "")
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell, bold if head else None)
            elif cell is not None:
                sheet.write_number(number, place, float(cell))


def _explanation(figures: PublishedFigures) -> Iterator[Line]:
    edition = figures.edition
    yield (f"{_said(words.TITLE)} {edition.last_year}: {_said(words.RECIPIENT)}",)
    yield _said(words.PERIOD), f"{edition.first_year}-{edition.last_year}"
    yield from about(figures)
    yield _said(words.CAVEATS), _said(PRESUMED)
    for code, row in FORMS.rows.items():
        yield code, row.attributes["title_nl"]
    yield ()
    yield (_said(words.FIGURES),)
    for identifier, table in figures.tables.items():
        yield identifier, _said(table.figure.title)


def workbook_of(table: Table, about: Sequence[Line]) -> bytes:
    """One figure; about is said above it."""
    content = io.BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": f"{table.figure.id} {_said(table.figure.title)}", "created": _CREATED})
        bold = book.add_format({"bold": True})
        _write(book.add_worksheet(table.figure.id), chain(lines(table), [()], about), bold)
    return content.getvalue()


def about(figures: PublishedFigures) -> tuple[Line, ...]:
    """Of which edition a file is, and how its numbers are protected."""
    edition = figures.edition
    return (
        (_said(words.EDITION), f"{edition.name} ({edition.number})"),
        (_said(words.CUTOFF), _moment(edition.cutoff)),
        (_said(words.PUBLISHED), _moment(edition.published)),
        (_said(words.PROTECTION), _said(protection(edition))),
        (_said(words.DIGEST), figures.digest),
    )


def lines(table: Table) -> Iterator[Line]:
    """A figure as it is read: what it is, its tables, its caveats and its source. Texts are not neutral to a spreadsheet."""
    figure = table.figure
    yield (f"{figure.id} {_said(figure.title)}",)
    yield _said(words.POPULATION), next((_said(row.label) for row in POPULATIONS if row.code == figure.population), "")
    if figure.among:
        yield _said(words.AMONG), EXPLOITATION_TYPES.label(figure.among, LANGUAGE)
    yield _said(words.UNIT), _said(words.UNITS[figure.unit])
    yield _said(words.PERSONS), table.persons
    yield ()
    yield from _axis(table, "year", {column: column for column in table.columns}, words.BY_YEAR)
    if table.forms:
        yield ()
        yield from _axis(table, "form", {code: code or _said(UNKNOWN_ROW.label) for code in table.forms}, words.BY_FORM)
    yield ()
    for period, one in table.covered.items():
        yield f"{_said(words.COVERED)}, {period}", one.covered, one.of
    for caveat in (PRESUMED, *figure.caveats):
        yield _said(words.CAVEATS), _said(caveat)
    yield _said(words.SOURCE), _said(figure.source)


def _of_others(others: Sequence[Part]) -> Iterator[Line]:
    """A line for each value, footnote and caveat, as its source published it."""
    yield (_said(words.OF_OTHERS),)
    yield ()
    yield "", *WITH_SOURCE
    for row in rows(others, LANGUAGE):
        yield "", *(row.get(column, "") for column in WITH_SOURCE)


def _axis(table: Table, axis: str, columns: Mapping[str, str], title: Text) -> Iterator[Line]:
    """Columns of ranks, where the figure ranks, follow those of counts. An imputed figure has its whole among its periods."""
    whole = () if table.figure.periods else (_said(words.ALL),)
    names = (*columns.values(), *whole)
    ranks = tuple(f"{_said(words.RANK)} {name}" for name in names) if table.figure.ranked else ()
    parts = shares(table, exact=False)
    percentages = tuple(f"{_said(words.SHARE)} {name}" for name in names) if parts else ()
    yield "", *names, *ranks, *percentages
    yield (_said(title),)
    for row in table.rows:
        beside = _cells(table, parts[row.row.code], axis, columns) if row.row.code in parts else ()
        yield _said(row.row.label), *_cells(table, row.counts, axis, columns), *_ranks(table, row, axis, columns), *beside
    if table.total is not None:
        yield _said(words.TOTAL), *_cells(table, table.total, axis, columns)
    if table.means is not None:
        yield _said(words.MEAN_AGE), *_cells(table, table.means, axis, columns)


def _cells(table: Table, numbers: Counts | Means | Shares, axis: str, columns: Mapping[str, str]) -> tuple[Cell, ...]:
    found: Mapping[str, Cell] = numbers.year if axis == "year" else numbers.form
    whole: tuple[Cell, ...] = () if table.figure.periods else (numbers.all,)
    return (*(found[column] for column in columns), *whole)


def _ranks(table: Table, row: TableRow, axis: str, columns: Mapping[str, str]) -> tuple[Cell, ...]:
    if row.ranks is None:
        return ()
    found = row.ranks.year if axis == "year" else row.ranks.form
    return (*(found.get(column) for column in columns), row.ranks.all)


def _said(text: Text) -> str:
    return text.in_language(LANGUAGE)


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%d-%m-%Y %H:%M UTC") if moment else ""
