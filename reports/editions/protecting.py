"""Exact tables in, protected tables out: all numbers are rounded together, so that everything still adds up, and put back.

Nothing that is derived from exact counts passes: ranks, and which rows are listed, come of protected counts, and means are
whole numbers and left out where few are counted.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reports.disclosure.protecting import protect
from reports.disclosure.release import Key
from reports.editions.linked import as_release, everybody_of, key_of, persons_of, whole_mean
from reports.editions.naming import EVERY_ROW, Place, whole
from reports.figures.ranks import in_a_top, ranks
from reports.figures.tables import Counts, Means, Ranks, Table, TableRow
from reports.personyears.dimensions import DIMENSIONS
from reports.personyears.impute import Imputed

METHOD = "controlled-rounding"

Tables = Mapping[str, Table]
Safe = Mapping[Key, int]


@dataclass(frozen=True)
class Printed:
    """A number of an earlier edition: as it was counted, and as everybody read it."""

    counted: int
    printed: int


@dataclass(frozen=True)
class Rounding:
    """seed is secret: whoever has it can tell how a number was rounded.

    before: the numbers of the edition that it is compared with. One that is counted as it was then is printed as it was then
    wherever the sums allow it, so that a revision shows what changed and not the draw.
    """

    seed: bytes = field(repr=False)
    base: int = 5
    method: str = METHOD
    before: Mapping[Key, Printed] = field(default_factory=dict, repr=False)

    @property
    def draw(self) -> str:
        """Names the seed without telling it, so that two editions can be seen to share it."""
        return hashlib.blake2b(self.seed, person=b"name of a draw", digest_size=8).hexdigest()


def protected(exact: Tables, rounding: Rounding) -> dict[str, Table]:
    """exact are tables with every row of a ranked figure (tables.tables with everything). Raises BadReleaseError where they
    cannot be protected together.
    """
    counts = as_release(exact, base=rounding.base)
    counted = counts.values()
    held = {key: one.printed for key, one in rounding.before.items() if counted.get(key) == one.counted}
    release = protect(counts, secret=rounding.seed, held=held).release
    safe, printed = release.values(), frozenset(mean.cell for means in release.means for mean in means.values)
    return {identifier: listed(_protected(table, safe, printed)) for identifier, table in exact.items()}


def as_printed(exact: Tables, safe: Tables, *, base: int) -> dict[Key, Printed]:
    """Every number of an edition that could be read, or was left out as nobody was counted. Figures that count what is known
    no more are left out.
    """
    known = {identifier: table for identifier, table in exact.items() if table.figure.counts in DIMENSIONS}
    shown = {identifier: _with_rows_of_zero(safe[identifier], table) for identifier, table in known.items()}
    counted, printed = (as_release(tables, base=base).values() for tables in (known, shown))
    return {key: Printed(counted[key], printed[key]) for key in counted.keys() & printed.keys()}


def _with_rows_of_zero(safe: Table, exact: Table) -> Table:
    """Of a ranked figure nothing is known of what it does not list."""
    if safe.figure.ranked:
        return safe
    shown = {row.row.code for row in safe.rows}
    nothing = Counts(dict.fromkeys(safe.columns, 0), dict.fromkeys(safe.forms, 0), 0)
    missing = (TableRow(row.row, nothing) for row in exact.rows if row.row.code not in shown)
    return replace(safe, rows=(*safe.rows, *missing))


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


def _protected(table: Table, safe: Safe, printed: frozenset[Key]) -> Table:
    rows = tuple(replace(row, counts=_safe_counts(table, row.row.code, row.counts, safe), ranks=None) for row in table.rows)
    total = None if table.total is None else _safe_counts(table, EVERY_ROW, table.total, safe)
    return replace(
        table,
        rows=rows,
        total=total,
        persons=safe[persons_of(table.figure)],
        means=_safe_means(table, printed),
        covered={
            period: Imputed(tuple(row.counts.year[period] for row in rows), safe[everybody_of(table.figure, period)])
            for period in table.covered
        },
    )


def _safe_counts(table: Table, row: str | None, counts: Counts, safe: Safe) -> Counts:
    figure, everything = table.figure, whole(table)
    return Counts(
        {column: safe[key_of(figure, Place(row, column))] for column in counts.year},
        {form: safe[key_of(figure, Place(row, everything, form))] for form in counts.form},
        safe[key_of(figure, Place(row, everything))],
    )


def _safe_means(table: Table, printed: frozenset[Key]) -> Means | None:
    """Whole, and of enough persons by their protected counts."""
    means, years = table.means, whole(table)
    if means is None:
        return None

    def safe(mean: Decimal | None, place: Place) -> Decimal | None:
        return whole_mean(mean) if mean is not None and key_of(table.figure, place) in printed else None

    return Means(
        {column: safe(value, Place(EVERY_ROW, column)) for column, value in means.year.items()},
        {form: safe(value, Place(EVERY_ROW, years, form)) for form, value in means.form.items()},
        safe(means.all, Place(EVERY_ROW, years)),
    )
