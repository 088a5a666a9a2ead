"""Tables as plain JSON with the English row names of the publication; column 'unknown' is the unknown form. It formats only."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reports.figures.caveats import PRESUMED
from reports.figures.shares import Shares, shares
from reports.figures.tables import Counts, Means, Ranks, Table, TableRow

UNKNOWN = "unknown"


def as_json(tables: Mapping[str, Table], *, exact: bool = True) -> dict[str, Any]:
    """exact: whether the numbers are, or protected: shares are given to so many decimals."""
    return {identifier: _table(table, exact=exact) for identifier, table in tables.items()}


def _table(table: Table, *, exact: bool) -> dict[str, Any]:
    printed: dict[str, Any] = {
        "title": table.figure.title.en,
        "source": table.figure.source.en,
        "caveats": [caveat.en for caveat in (PRESUMED, *table.figure.caveats)],
        "population": table.figure.population.value,
        "unit": table.figure.unit.value,
        "persons": None if table.part else table.persons,
        "rows": {row.row.name: _counts(table, row.counts) for row in table.rows},
    }
    if not table.figure.by_form:
        printed["row_totals"] = {row.row.name: row.counts.all for row in table.rows}
    if table.total is not None:
        printed["total"] = _counts(table, table.total)
        printed["n"] = table.total.all
    if table.means is not None:
        printed["mean_age"] = _means(table.means)
    if table.figure.ranked:
        printed["ranks"] = {row.row.name: _ranks(row) for row in table.rows}
    if found := shares(table, exact=exact):
        printed["shares"] = {
            row.row.name: _percentages(table, found[row.row.code]) for row in table.rows if row.row.code in found
        }
    if table.covered:
        printed["covered"] = {column: {"covered": one.covered, "of": one.of} for column, one in table.covered.items()}
    return printed


def _counts(table: Table, counts: Counts) -> dict[str, Any]:
    if not table.figure.by_form:
        return dict(counts.year)
    return {"year": dict(counts.year), "form": _named(counts.form), "all": counts.all}


def _means(means: Means) -> dict[str, Any]:
    return {
        "year": {column: _decimal(value) for column, value in means.year.items()},
        "form": {column: _decimal(value) for column, value in _named(means.form).items()},
        "all": _decimal(means.all),
    }


def _percentages(table: Table, found: Shares) -> dict[str, Any]:
    year = {column: _decimal(value) for column, value in found.year.items()}
    if not table.figure.by_form:
        return year | {"all": _decimal(found.all)}
    return {
        "year": year,
        "form": {column: _decimal(one) for column, one in _named(found.form).items()},
        "all": _decimal(found.all),
    }


def _ranks(row: TableRow) -> dict[str, Any]:
    found: Ranks = row.ranks or Ranks({}, {}, None)
    return {"year": dict(found.year), "form": _named(found.form), "all": found.all}


def _named(form: Mapping[str, Any]) -> dict[str, Any]:
    return {code or UNKNOWN: value for code, value in form.items()}


def _decimal(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
