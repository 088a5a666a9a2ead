"""A published edition as tables that hang together, in the form that protect_tables and audit_release read and write.

What it holds is what the edition printed, and what every reader knows of it: a row that is left out while zero was printed as
zero, of a list of the most frequent the others are not known, and all was rounded together. It protects nothing.
"""

from collections.abc import Mapping
from dataclasses import replace

from intake.codes.lists import COUNTRIES
from reports.disclosure.release import Release, Rounding
from reports.editions.linked import as_release
from reports.editions.selectors import PublishedFigures
from reports.figures.definitions import BY_ID
from reports.figures.rows import Row
from reports.figures.tables import Counts, Table, TableRow


def as_exported(figures: PublishedFigures) -> Release:
    """The edition's name is its reference: whatever else shows its counts shows the same ones."""
    edition = figures.edition
    return printed_release(figures.tables, base=edition.base, reference=edition.name)


def printed_release(tables: Mapping[str, Table], *, base: int, reference: str) -> Release:
    """tables as they were printed: protected, and with the rows that they list."""
    shown = {identifier: _with_rows_of_zero(table) for identifier, table in tables.items()}
    codes = {identifier: every for identifier, table in shown.items() if (every := _more_codes(table))}
    release = as_release(shown, base=base, codes=codes)
    rounded = tuple(replace(table, rounding=Rounding(base)) for table in release.tables)
    return replace(release, tables=rounded, reference=reference)


def _with_rows_of_zero(table: Table) -> Table:
    """Declared rows that the edition left out, as none of their numbers was more than zero when it was printed.

    Where there are more of them than rows that are printed, what they count together can be anything that the total lets
    through: then they tell nothing, and are taken as not known.
    """
    missing = _left_out(table)
    if len(missing) > len(table.rows):
        return table
    nothing = Counts(dict.fromkeys(table.columns, 0), dict.fromkeys(table.forms, 0), 0)
    return replace(table, rows=(*table.rows, *(TableRow(row, nothing) for row in missing)))


def _left_out(table: Table) -> list[Row]:
    declared = BY_ID[table.figure.id].rows if table.figure.id in BY_ID else ()
    shown = {row.row.code for row in table.rows}
    return [row for row in declared if row.when_counted and row.code not in shown]


def _more_codes(table: Table) -> tuple[str, ...]:
    """All codes of a table that does not have them all; of others none."""
    shown = tuple(row.row.code for row in table.rows)
    every = COUNTRIES.codes if table.figure.ranked else tuple(row.code for row in _left_out(table))
    missing = tuple(code for code in every if code not in shown)
    return (*shown, *missing) if missing else ()
