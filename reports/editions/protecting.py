"""Exact tables in, protected tables out: names every number, has all of them protected in one call, and puts them back.

Nothing that is derived from exact counts passes: ranks, and which rows are listed, come of protected counts, and means are
whole numbers and left out where few are counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from reports.disclosure.provisional import Rounding, protect
from reports.editions import naming
from reports.editions.naming import EVERY_ROW, Place, whole
from reports.figures.ranks import in_a_top, ranks
from reports.figures.tables import Counts, Means, Ranks, Table, TableRow
from reports.personyears.impute import Imputed

FEWEST_OF_A_MEAN = 10

Tables = Mapping[str, Table]


def protected(exact: Tables, rounding: Rounding) -> dict[str, Table]:
    """exact are tables with every row of a ranked figure (tables.tables with everything)."""
    cells = {name: count for table in exact.values() for name, count in _named(table)}
    safe = protect(cells, rounding)
    return {identifier: listed(_protected(table, safe)) for identifier, table in exact.items()}


def listed(table: Table) -> Table:
    """Only the rows that a figure shows, ranked where it ranks: by the numbers that the table has."""
    if not table.figure.ranked:
        hidden = {row.code for row in table.figure.rows if row.when_counted}
        return replace(table, rows=tuple(row for row in table.rows if row.row.code not in hidden or _any(row.counts)))
    known = {row.row.code: row.counts for row in table.rows if row.row.code}
    year = {column: ranks({code: one.year[column] for code, one in known.items()}) for column in table.columns}
    form = {column: ranks({code: one.form[column] for code, one in known.items()}) for column in table.forms}
    whole = ranks({code: one.all for code, one in known.items()})
    shown = in_a_top([*year.values(), *form.values(), whole])
    rows = [
        replace(row, ranks=Ranks(_ranks_of(code, year), _ranks_of(code, form), whole.get(code)))
        for row in table.rows
        if (code := row.row.code) in shown
    ]
    unknown = [row for row in table.rows if not row.row.code]
    return replace(table, rows=(*sorted(rows, key=_most_first), *unknown))


def _ranks_of(code: str, columns: Mapping[str, Mapping[str, int]]) -> dict[str, int | None]:
    return {column: found.get(code) for column, found in columns.items()}


def _most_first(row: TableRow) -> tuple[int, str]:
    return -row.counts.all, row.row.code


def _any(counts: Counts) -> bool:
    return bool(counts.all or any(counts.year.values()) or any(counts.form.values()))


def _named(table: Table) -> Iterator[tuple[str, int]]:
    yield naming.persons(table.figure), table.persons
    for row in table.rows:
        yield from _named_counts(table, row.row.code, row.counts)
    if table.total is not None:
        yield from _named_counts(table, EVERY_ROW, table.total)
    for period, covered in table.covered.items():
        yield naming.everybody(table.figure, period), covered.of


def _named_counts(table: Table, row: str | None, counts: Counts) -> Iterator[tuple[str, int]]:
    for column, count in counts.year.items():
        yield naming.name(table.figure, Place(row, column)), count
    for form, count in counts.form.items():
        yield naming.name(table.figure, Place(row, whole(table), form)), count
    yield naming.name(table.figure, Place(row, whole(table))), counts.all


def _protected(table: Table, safe: Mapping[str, int]) -> Table:
    rows = tuple(replace(row, counts=_safe_counts(table, row.row.code, row.counts, safe), ranks=None) for row in table.rows)
    total = None if table.total is None else _safe_counts(table, EVERY_ROW, table.total, safe)
    return replace(
        table,
        rows=rows,
        total=total,
        persons=safe[naming.persons(table.figure)],
        means=_safe_means(table.means, total),
        covered={
            period: Imputed(tuple(row.counts.year[period] for row in rows), safe[naming.everybody(table.figure, period)])
            for period in table.covered
        },
    )


def _safe_counts(table: Table, row: str | None, counts: Counts, safe: Mapping[str, int]) -> Counts:
    figure, everything = table.figure, whole(table)
    return Counts(
        {column: safe[naming.name(figure, Place(row, column))] for column in counts.year},
        {form: safe[naming.name(figure, Place(row, everything, form))] for form in counts.form},
        safe[naming.name(figure, Place(row, everything))],
    )


def _safe_means(means: Means | None, total: Counts | None) -> Means | None:
    if means is None or total is None:
        return None
    return Means(
        {column: _whole_mean(value, total.year[column]) for column, value in means.year.items()},
        {form: _whole_mean(value, total.form[form]) for form, value in means.form.items()},
        _whole_mean(means.all, total.all),
    )


def _whole_mean(mean: Decimal | None, of: int) -> Decimal | None:
    return None if mean is None or of < FEWEST_OF_A_MEAN else mean.quantize(Decimal(1), rounding=ROUND_HALF_UP)
