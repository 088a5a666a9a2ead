"""The bytes of an edition: canonical JSON of every figure, with its words, from which the same tables can be had again.

A figure of an edition is as it was declared then: it is read without the declarations of today.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.figures.declaring import FORM_COLUMNS, Chart, Figure, Period, Unit
from reports.figures.definitions import FIGURES, VERSION
from reports.figures.rows import Row, Text
from reports.figures.tables import Counts, Means, Ranks, Table, TableRow
from reports.personyears.impute import Imputed
from reports.personyears.populations import Population

FORMAT = 1


class PrintedFigure(Figure):
    """As an edition printed it: its words are kept to, not held against the lists of today."""

    def __post_init__(self) -> None:
        pass


@dataclass(frozen=True)
class Printed:
    """heading says of which edition; tables are by the number of their figure, in the order of the publication."""

    heading: Mapping[str, Any]
    tables: Mapping[str, Table]


def to_bytes(printed: Printed) -> bytes:
    figures = [_table(table) for table in printed.tables.values()]
    return canonical({"format": FORMAT, "edition": dict(printed.heading), "figures": figures})


def from_bytes(content: bytes) -> Printed:
    found = json.loads(content)
    return Printed(found["edition"], {one["figure"]["id"]: _table_of(one) for one in found["figures"]})


def canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def definitions_digest(figures: Iterable[Figure] = FIGURES) -> str:
    """Of all that is declared, and of the version of how it is counted."""
    declared = [_figure(figure) | {"rows": [_row(row) for row in figure.rows]} for figure in figures]
    return hashlib.sha256(canonical([VERSION, declared])).hexdigest()


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "title": vars(figure.title),
        "source": vars(figure.source),
        "caveats": [vars(text) for text in figure.caveats],
        "counts": figure.counts,
        "population": str(figure.population),
        "unit": str(figure.unit),
        "among": figure.among,
        "known_only": figure.known_only,
        "by_form": figure.by_form,
        "adds_up": figure.adds_up,
        "mean_of": figure.mean_of,
        "first_year": figure.first_year,
        "ranked": figure.ranked,
        "strata": list(figure.strata),
        "periods": [[period.first, period.last] for period in figure.periods],
        "chart": str(figure.chart),
        "signals_by": figure.signals_by,
    }


def _figure_of(stored: Mapping[str, Any], rows: tuple[Row, ...]) -> PrintedFigure:
    same = {
        name: stored[name]
        for name in ("id", "counts", "among", "known_only", "by_form", "adds_up", "mean_of", "first_year", "ranked")
    }
    return PrintedFigure(
        **same,
        title=Text(**stored["title"]),
        source=Text(**stored["source"]),
        rows=rows,
        population=Population(stored["population"]),
        unit=Unit(stored["unit"]),
        chart=Chart(stored["chart"]),
        signals_by=stored.get("signals_by", ""),
        strata=tuple(stored["strata"]),
        periods=tuple(Period(*period) for period in stored["periods"]),
        caveats=tuple(Text(**text) for text in stored["caveats"]),
    )


def _row(row: Row) -> dict[str, Any]:
    said: dict[str, Any] = {"code": row.code, "nl": row.label.nl, "en": row.label.en}
    return said | ({"share_of": list(row.share_of)} if row.share_of else {})


def _row_of(stored: Mapping[str, Any]) -> Row:
    return Row(stored["code"], Text(stored["nl"], stored["en"]), share_of=tuple(stored.get("share_of", ())))


def _table(table: Table) -> dict[str, Any]:
    return {
        "figure": _figure(table.figure),
        "columns": list(table.columns),
        "persons": table.persons,
        "rows": [_row(row.row) | _columns(row.counts) | {"ranks": row.ranks and _columns(row.ranks)} for row in table.rows],
        "total": table.total and _columns(table.total),
        "means": table.means and _columns(table.means),
        "covered": {column: {"rows": list(one.rows), "of": one.of} for column, one in table.covered.items()},
    }


def _columns(numbers: Counts | Ranks | Means) -> dict[str, Any]:
    return {
        "year": {column: _plain(value) for column, value in numbers.year.items()},
        "form": {form: _plain(value) for form, value in numbers.form.items()},
        "all": _plain(numbers.all),
    }


def _plain(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _table_of(stored: Mapping[str, Any]) -> Table:
    columns = tuple(stored["columns"])
    rows = tuple(
        TableRow(_row_of(one), Counts(*_axes(one, columns)), Ranks(*_axes(one["ranks"], columns)) if one["ranks"] else None)
        for one in stored["rows"]
    )
    return Table(
        figure=_figure_of(stored["figure"], tuple(row.row for row in rows)),
        columns=columns,
        rows=rows,
        persons=stored["persons"],
        total=Counts(*_axes(stored["total"], columns)) if stored["total"] else None,
        means=_means_of(*_axes(stored["means"], columns)) if stored["means"] else None,
        covered={column: _imputed(stored["covered"][column]) for column in columns if column in stored["covered"]},
    )


def _axes(stored: Mapping[str, Any], columns: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """In the order of the table, which canonical JSON does not keep."""
    form = {code: stored["form"][code] for code in FORM_COLUMNS if code in stored["form"]}
    return {column: stored["year"][column] for column in columns}, form | stored["form"], stored["all"]


def _imputed(stored: Mapping[str, Any]) -> Imputed:
    return Imputed(tuple(stored["rows"]), stored["of"])


def _means_of(year: Mapping[str, Any], form: Mapping[str, Any], whole: str | None) -> Means:
    by_year, by_form = ({column: _decimal(value) for column, value in axis.items()} for axis in (year, form))
    return Means(by_year, by_form, _decimal(whole))


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
