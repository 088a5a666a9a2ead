"""Turns a table into what a page draws: charts, tables of cells, names in the reader's language. It computes no figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.codes.lists import EXPLOITATION_TYPES, FORMS
from reports.charts.bars import grouped, multiples, stacked
from reports.charts.drawing import Drawing, Series
from reports.charts.lines import lines
from reports.charts.regions import regions
from reports.figures.caveats import PRESUMED
from reports.figures.declaring import Chart, Figure
from reports.figures.shares import Shares, shares
from reports.figures.tables import Counts, Table, TableRow
from reports.web.definition import UNITS, definition, population_name
from reports.web.filters import form_name
from reports.web.numbers import percent

DRAW: Mapping[Chart, Callable[[Sequence[Series], Sequence[str]], Drawing]] = {
    Chart.STACKED: stacked,
    Chart.GROUPED: grouped,
    Chart.MULTIPLES: multiples,
    Chart.LINES: lines,
    Chart.REGIONS: regions,
}

DESCRIPTIONS = {
    Chart.STACKED: _("Stacked bars, with the total above each bar. The numbers are in the table below the chart."),
    Chart.GROUPED: _("Bars side by side, each with its number. The numbers are also in the table below the chart."),
    Chart.LINES: _("A line for each row, with the number at each point. The numbers are also in the table below the chart."),
    Chart.REGIONS: _(
        "A bar for each region, the largest first: at most thirty regions and the latest eight columns. The unknown are "
        "numbers without a bar. All numbers are in the table below the chart."
    ),
    Chart.MULTIPLES: _(
        "A small bar chart for each row, all on the same scale. Where the unknown are far more than any other row, they are "
        "numbers without a bar. The numbers are also in the table below the chart."
    ),
}

NOTES = {
    Chart.REGIONS: _("The chart has at most the thirty largest, the table has all. The unknown are a number without a bar."),
    Chart.MULTIPLES: _("Where the unknown are far more than any other row, they are numbers without a bar."),
}


@dataclass(frozen=True)
class Cell:
    """number is empty for a mean without a known value; share is a percentage, empty where there is none to give."""

    number: int | Decimal | None
    rank: int | None = None
    decimals: int = 0
    share: Decimal | None = None

    @property
    def percent(self) -> str:
        return "" if self.share is None else percent(self.share, -int(self.share.as_tuple().exponent))


@dataclass(frozen=True)
class RowView:
    label: str | Promise
    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True)
class TableView:
    """One axis of a figure. with_ranks: numbers in brackets are ranks; with_shares: they are shares of rows above."""

    caption: str | Promise
    head: tuple[str | Promise, ...]
    rows: tuple[RowView, ...]
    with_ranks: bool = False
    with_shares: bool = False


@dataclass(frozen=True)
class ChartView:
    """id is unique on the page: the fills of the drawing are named after it. note is what everybody must know who looks."""

    id: str
    title: str | Promise
    description: str | Promise
    drawing: Drawing
    note: str | Promise = ""


@dataclass(frozen=True)
class Axis:
    """A chart with its table; name is that of its files."""

    name: str
    chart: ChartView
    table: TableView


@dataclass(frozen=True)
class CoveredView:
    period: str
    covered: int
    of: int
    percent: str


@dataclass(frozen=True)
class FigureView:
    """filters: what it was cut by, in words; persons is None of a cut; nothing: there is no number to draw."""

    id: str
    anchor: str
    name: str | Promise
    title: str
    filters: tuple[tuple[str | Promise, str], ...]
    definition: tuple[str | Promise, ...]
    population: str
    among: str
    unit: str | Promise
    persons: int | None
    axes: tuple[Axis, ...]
    nothing: bool
    covered: tuple[CoveredView, ...]
    abbreviations: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Said:
    """The language of the reader, and the shares of rows by their code."""

    language: str
    shares: Mapping[str, Shares]


def figure_view(table: Table, language: str, filters: tuple[tuple[str | Promise, str], ...] = (), *, exact: bool) -> FigureView:
    """exact: whether its numbers are, or protected."""
    figure = table.figure
    return FigureView(
        id=figure.id,
        anchor=f"figure-{figure.id.replace('.', '-')}",
        name=figure_name(figure),
        title=figure.title.in_language(language),
        filters=filters,
        definition=definition(figure, language),
        population=population_name(figure, language),
        among=EXPLOITATION_TYPES.label(figure.among, language) if figure.among else "",
        unit=UNITS[figure.unit],
        persons=None if table.part else table.persons,
        axes=tuple(_axes(table, language, shares(table, exact=exact))),
        nothing=not any(number for row in table.rows for number in (*row.counts.year.values(), *row.counts.form.values())),
        covered=tuple(_covered(table)),
        abbreviations=tuple(_abbreviations(figure, language)),
        caveats=tuple(caveat.in_language(language) for caveat in (PRESUMED, *figure.caveats)),
        source=figure.source.in_language(language),
    )


def figure_name(figure: Figure) -> str | Promise:
    """A table of the publication has a T before its number."""
    number = figure.id.removeprefix("T")
    return format_lazy(_("Table {number}") if number != figure.id else _("Figure {number}"), number=number)


def _abbreviations(figure: Figure, language: str) -> list[tuple[str, str]]:
    """What the names of forms mean, where a figure has them as rows or columns."""
    if not figure.by_form and not figure.counts.startswith("form"):
        return []
    return [(form.label(language), form.attributes[f"title_{language}"]) for form in FORMS.rows.values()]


def _axes(table: Table, language: str, parts: Mapping[str, Shares]) -> list[Axis]:
    years = [(column, column) for column in table.columns]
    forms = [(code, form_name(code, language)) for code in table.forms]
    titled = table.figure.title.in_language(language)
    if not forms:
        return [_axis(table, "year", years, titled, Said(language, parts))]
    return [
        _axis(table, "year", years, format_lazy("{} ({})", titled, _("by year")), Said(language, parts)),
        _axis(table, "form", forms, format_lazy("{} ({})", titled, _("by form")), Said(language, parts)),
    ]


def _axis(table: Table, axis: str, columns: list[tuple[str, str]], title: str | Promise, said: Said) -> Axis:
    codes = [code for code, _name in columns]
    names = [name for _code, name in columns]
    language = said.language
    series = [
        Series(row.row.label.in_language(language), tuple(_numbers(row.counts, axis)[code] for code in codes), not row.row.code)
        for row in table.rows
    ]
    kind = _kind(table.figure.chart, axis)
    drawing = DRAW[kind](series, names)
    chart = ChartView(
        f"chart-{table.figure.id.replace('.', '-')}-{axis}", title, DESCRIPTIONS[kind], drawing, _note(kind, series, drawing)
    )
    head = (*names, *_whole_name(table, axis))
    rows = (*(_row(row, axis, codes, table, said) for row in table.rows), *_closing_rows(table, axis, codes))
    return Axis(axis, chart, TableView(title, head, rows, with_ranks=table.figure.ranked, with_shares=bool(said.shares)))


def _note(kind: Chart, series: Sequence[Series], drawing: Drawing) -> str | Promise:
    """Of small panels only where one is without bars."""
    drawn = {bar.series for bar in drawing.bars}
    if kind is Chart.MULTIPLES and all(one.label in drawn for one in series):
        return ""
    return NOTES.get(kind, "")


def _kind(declared: Chart, axis: str) -> Chart:
    """Between forms there is no course that a line could show."""
    return Chart.GROUPED if declared is Chart.LINES and axis == "form" else declared


def _numbers(counts: Counts, axis: str) -> Mapping[str, int]:
    return counts.year if axis == "year" else counts.form


def _whole_name(table: Table, axis: str) -> tuple[str | Promise, ...]:
    """The column over everything; an imputed figure has its whole among its periods."""
    if table.figure.periods:
        return ()
    if axis == "form" or len(table.columns) < 2:
        return (_("all"),)
    return (f"{table.columns[0]}-{table.columns[-1]}",)


def _row(row: TableRow, axis: str, codes: list[str], table: Table, said: Said) -> RowView:
    numbers, shares = _numbers(row.counts, axis), said.shares.get(row.row.code)
    ranked = (row.ranks.year if axis == "year" else row.ranks.form) if row.ranks else {}
    parts = (shares.year if axis == "year" else shares.form) if shares else {}
    cells = [Cell(numbers[code], ranked.get(code), share=parts.get(code)) for code in codes]
    if not table.figure.periods:
        cells.append(Cell(row.counts.all, row.ranks.all if row.ranks else None, share=shares.all if shares else None))
    return RowView(row.row.label.in_language(said.language), tuple(cells))


def _closing_rows(table: Table, axis: str, codes: list[str]) -> list[RowView]:
    rows = []
    if table.total is not None:
        numbers = [_numbers(table.total, axis)[code] for code in codes]
        whole = () if table.figure.periods else (table.total.all,)
        rows.append(RowView(_("total"), tuple(Cell(number) for number in (*numbers, *whole)), strong=True))
    if table.means is not None:
        means = table.means.year if axis == "year" else table.means.form
        values = (*(means.get(code) for code in codes), table.means.all)
        rows.append(RowView(_("mean age"), tuple(Cell(value, decimals=_decimals(value)) for value in values)))
    return rows


def _decimals(value: Decimal | None) -> int:
    """As many as it has: a protected mean is a whole number."""
    return 0 if value is None or (value == value.to_integral() and not value.as_tuple().exponent) else 1


def _covered(table: Table) -> list[CoveredView]:
    return [
        CoveredView(period, one.covered, one.of, percent(round(100 * one.covered / one.of) if one.of else 0))
        for period, one in table.covered.items()
    ]
