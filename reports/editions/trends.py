"""One figure's cells over the published editions: the same column of each, side by side, protected for everybody."""

from dataclasses import dataclass

from reports.editions import selectors
from reports.editions.selectors import Listed
from reports.figures.declaring import Figure
from reports.figures.rows import Row
from reports.figures.tables import Counts, Table, TableRow
from safeguards.actors import Actor

WHOLE = "all"


@dataclass(frozen=True)
class TrendRow:
    """row is None for the total. numbers stand in the order of the editions; None where one has no such row or column."""

    row: Row | None
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class Trend:
    """editions from old to new. columns are those that some edition has, column is the one that is shown."""

    figure: Figure
    editions: tuple[Listed, ...]
    columns: tuple[str, ...]
    column: str
    rows: tuple[TrendRow, ...]


def trend(identifier: str, column: str, *, by: Actor) -> Trend | None:
    """None where no published edition has the figure. A column that none has is the newest year."""
    published = reversed(selectors.published())
    found = [selectors.figures_of(one.number, by=by) for one in published]
    tables = [(one.edition, one.tables[identifier]) for one in found if identifier in one.tables]
    if not tables:
        return None
    columns = (*sorted({column for _, table in tables for column in table.columns}), WHOLE)
    chosen = column if column in columns else columns[-2] if len(columns) > 1 else WHOLE
    return Trend(
        figure=tables[-1][1].figure,
        editions=tuple(edition for edition, _ in tables),
        columns=columns,
        column=chosen,
        rows=tuple(_rows([table for _, table in tables], chosen)),
    )


def _rows(tables: list[Table], column: str) -> list[TrendRow]:
    by_code = [{row.row.code: row for row in table.rows} for table in tables]
    rows: dict[str, Row] = {}
    for of_one in reversed(by_code):
        rows |= {code: row.row for code, row in of_one.items() if code not in rows}
    found = [TrendRow(row, tuple(_number(listed.get(code), column) for listed in by_code)) for code, row in rows.items()]
    if any(table.total for table in tables):
        found.append(TrendRow(None, tuple(_of_counts(table.total, column) for table in tables)))
    return found


def _number(row: TableRow | None, column: str) -> int | None:
    return None if row is None else _of_counts(row.counts, column)


def _of_counts(counts: Counts | None, column: str) -> int | None:
    if counts is None:
        return None
    return counts.all if column == WHOLE else counts.year.get(column)
