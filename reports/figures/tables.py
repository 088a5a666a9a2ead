"""Lays counters out as tables: rows, years, forms, totals, means, ranks and periods. It knows no database and protects
nothing: whoever hands it exact counters gets exact tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from reports.figures.cells import MEAN_COUNT, MEAN_SUM, PERSONS, Cell
from reports.figures.declaring import FORM_COLUMNS, Figure, Period
from reports.figures.ranks import in_a_top, ranks
from reports.figures.rows import Row
from reports.personyears.impute import Imputed, Stratum, impute


@dataclass(frozen=True)
class Counts:
    """Numbers by column. form is empty for figures that are not by form; its key '' is the unknown form."""

    year: Mapping[str, int]
    form: Mapping[str, int]
    all: int


@dataclass(frozen=True)
class Ranks:
    """None in columns where nothing is counted."""

    year: Mapping[str, int | None]
    form: Mapping[str, int | None]
    all: int | None


@dataclass(frozen=True)
class Means:
    """To one decimal, half up; None where no value is known."""

    year: Mapping[str, Decimal | None]
    form: Mapping[str, Decimal | None]
    all: Decimal | None


@dataclass(frozen=True)
class TableRow:
    row: Row
    counts: Counts
    ranks: Ranks | None = None


@dataclass(frozen=True)
class Table:
    """One figure with its numbers. columns are years, or the periods of an imputed figure, whose covered parts it names.

    persons is the number of distinct persons of the figure's population, over all years of the register; of a part
    of the figure (part) it is not counted.
    """

    figure: Figure
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    persons: int
    total: Counts | None = None
    means: Means | None = None
    covered: Mapping[str, Imputed] = field(default_factory=dict)
    part: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        return FORM_COLUMNS if self.figure.by_form else ()


Counters = Mapping[Cell, int]


def years_of(counters: Counters) -> tuple[int, ...]:
    """From the first to the last year of the register; a year without a report in between is a year of zeros."""
    counted = {cell.year for cell, count in counters.items() if count and cell.figure != PERSONS}
    return tuple(range(min(counted), max(counted) + 1)) if counted else ()


def tables(
    figures: Iterable[Figure], counters: Counters, years: tuple[int, ...] | None = None, *, everything: bool = False
) -> dict[str, Table]:
    """years are those of the register unless said otherwise. everything: ranked figures have all their rows, not the top."""
    by_figure: dict[str, dict[Cell, int]] = {}
    for cell, count in counters.items():
        by_figure.setdefault(cell.figure, {})[cell] = count
    years = years_of(counters) if years is None else years
    persons = {cell.row: count for cell, count in by_figure.get(PERSONS, {}).items()}
    found = {}
    for figure in figures:
        of_figure = by_figure.get(figure.id, {})
        table = _imputed_table(figure, of_figure) if figure.imputed else _table(figure, of_figure, years, everything=everything)
        found[figure.id] = replace(table, persons=persons.get(figure.population, 0))
    return found


def _table(figure: Figure, counters: Counters, years: tuple[int, ...], *, everything: bool) -> Table:
    columns = tuple(str(year) for year in years if year >= figure.first_year)
    counts = _counts_by_row(figure, counters, columns)
    means = _means(figure, counts.pop(MEAN_SUM, None), counts.pop(MEAN_COUNT, None), columns)
    rows = tuple(_rows(figure, counts, columns, everything=everything))
    total = _sum(figure, counts.values(), columns) if figure.adds_up else None
    return Table(figure, columns, rows, persons=0, total=total, means=means)


def _counts_by_row(figure: Figure, counters: Counters, columns: tuple[str, ...]) -> dict[str, Counts]:
    by_row: dict[str, list[tuple[Cell, int]]] = {}
    for cell, count in counters.items():
        if str(cell.year) in columns:
            by_row.setdefault(cell.row, []).append((cell, count))
    return {row: _counts(figure, found, columns) for row, found in by_row.items()}


def _counts(figure: Figure, found: Iterable[tuple[Cell, int]], columns: Iterable[str]) -> Counts:
    year, form, total = _zeros(figure, columns)
    for cell, count in found:
        year[str(cell.year)] += count
        total += count
        if figure.by_form:
            form[cell.form] = form.get(cell.form, 0) + count
    return Counts(year, form, total)


def _zeros(figure: Figure, columns: Iterable[str]) -> tuple[dict[str, int], dict[str, int], int]:
    return dict.fromkeys(columns, 0), dict.fromkeys(FORM_COLUMNS, 0) if figure.by_form else {}, 0


def _sum(figure: Figure, parts: Iterable[Counts], columns: Iterable[str]) -> Counts:
    year, form, total = _zeros(figure, columns)
    for part in parts:
        total += part.all
        for column, count in part.year.items():
            year[column] += count
        for column, count in part.form.items():
            form[column] += count
    return Counts(year, form, total)


def _rows(figure: Figure, counts: Mapping[str, Counts], columns: tuple[str, ...], *, everything: bool) -> Iterator[TableRow]:
    nothing = Counts(*_zeros(figure, columns))
    if figure.ranked:
        yield from _ranked_rows(figure, counts, nothing, everything=everything)
        return
    for row in figure.rows:
        found = counts.get(row.code, nothing)
        if found.all or not row.when_counted:
            yield TableRow(row, found)
    declared = {row.code for row in figure.rows}
    for code in sorted(set(counts) - declared):
        # Whoever is counted under a code without a row stays in sight, so that totals stay right.
        if counts[code].all:
            yield TableRow(figure.row(code), counts[code])


def _ranked_rows(figure: Figure, counts: Mapping[str, Counts], nothing: Counts, *, everything: bool) -> Iterator[TableRow]:
    """Those in a top five of any year, any form or overall; ranks are among all known rows, listed or not."""
    unknown = counts.get("")
    counts = {code: one for code, one in counts.items() if code}
    year = {column: ranks({code: one.year[column] for code, one in counts.items()}) for column in nothing.year}
    form = {column: ranks({code: one.form[column] for code, one in counts.items()}) for column in nothing.form}
    overall = ranks({code: one.all for code, one in counts.items()})
    shown = frozenset(counts) if everything else in_a_top([*year.values(), *form.values(), overall])
    for code in sorted(shown, key=lambda code: (-counts[code].all, code)):
        own = Ranks(
            {column: found.get(code) for column, found in year.items()},
            {column: found.get(code) for column, found in form.items()},
            overall.get(code),
        )
        yield TableRow(figure.row(code), counts[code], own)
    if unknown and not figure.adds_up:
        # No total says how many there are of whom it is not known.
        yield TableRow(figure.row(""), unknown)


def _means(figure: Figure, sums: Counts | None, numbers: Counts | None, columns: Iterable[str]) -> Means | None:
    if not figure.mean_of:
        return None
    nothing = Counts(*_zeros(figure, columns))
    sums, numbers = sums or nothing, numbers or nothing
    return Means(
        {column: _mean(value, numbers.year[column]) for column, value in sums.year.items()},
        {column: _mean(value, numbers.form[column]) for column, value in sums.form.items()},
        _mean(sums.all, numbers.all),
    )


def _mean(total: int, number: int) -> Decimal | None:
    if not number:
        return None
    return (Decimal(total) / number).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _imputed_table(figure: Figure, counters: Counters) -> Table:
    """Each period is imputed on its own; the whole is the sum of its periods."""
    covered = {period.name: impute(_strata(figure, counters, period), len(figure.rows)) for period in figure.periods}
    whole = Period(figure.periods[0].first, figure.periods[-1].last).name
    covered[whole] = _add(covered.values())
    rows = tuple(
        TableRow(row, Counts({column: found.rows[place] for column, found in covered.items()}, {}, covered[whole].rows[place]))
        for place, row in enumerate(figure.rows)
    )
    total = Counts({column: found.covered for column, found in covered.items()}, {}, covered[whole].covered)
    return Table(figure, tuple(covered), rows, persons=0, total=total, covered=covered)


def _strata(figure: Figure, counters: Counters, period: Period) -> Iterator[Stratum]:
    found: dict[str, dict[str, int]] = {}
    for cell, count in counters.items():
        if cell.year in period.years:
            stratum, _, code = cell.row.rpartition("|")
            counts = found.setdefault(stratum, {})
            counts[code] = counts.get(code, 0) + count
    for counts in found.values():
        yield Stratum(tuple(counts.get(row.code, 0) for row in figure.rows), counts.get("", 0))


def _add(parts: Iterable[Imputed]) -> Imputed:
    together = tuple(parts)
    by_row = zip(*(part.rows for part in together), strict=True)
    return Imputed(tuple(sum(counts) for counts in by_row), sum(part.of for part in together))
