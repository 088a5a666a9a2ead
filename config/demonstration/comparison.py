"""Lays the computed figures beside the published ones, cell by cell. The publication contradicts itself in some cells;
register_deviations.json says what the register has there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from config.demonstration.register import DATA

# Figures whose published values the register does not carry: 2.4b rests on a method that was not published.
WITHOUT_CELLS_TO_MEET = frozenset({"2.4b", "2.5"})


@dataclass(frozen=True)
class Cell:
    """One published cell; expected is the register's value, which differs where the publication contradicts itself."""

    figure: str
    row: str
    path: tuple[str, ...]
    column: str
    published: float
    expected: float
    computed: float | None


@dataclass(frozen=True)
class FigureLine:
    """published and computed are sums over the rows; contradicted counts where the publication contradicts itself."""

    figure: str
    cells: int
    published: float
    computed: float
    contradicted: int
    different: int


def cells(computed: Mapping[str, Any]) -> Iterator[Cell]:
    """Every published cell, total and mean with what the register should have and what was computed (None: not computed)."""
    for figure, content in published().items():
        if figure in WITHOUT_CELLS_TO_MEET:
            continue
        for path, row, column, number in _numbers(content):
            expected = deviations().get((figure, row, column), number)
            yield Cell(figure, row, path, column, number, expected, _find(computed.get(figure, {}), path))


def lines(computed: Mapping[str, Any]) -> tuple[FigureLine, ...]:
    found: dict[str, list[Cell]] = {}
    for cell in cells(computed):
        found.setdefault(cell.figure, []).append(cell)
    return tuple(_line(figure, of_figure) for figure, of_figure in found.items())


@cache
def published() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "figures.json").read_text(encoding="utf-8"))["figures"]
    return content


@cache
def deviations() -> dict[tuple[str, str, str], float]:
    rows = json.loads((DATA / "register_deviations.json").read_text(encoding="utf-8"))
    return {(row["figure"], row["row"], row["column"]): row["register"] for row in rows}


def _line(figure: str, of_figure: list[Cell]) -> FigureLine:
    return FigureLine(
        figure=figure,
        cells=len(of_figure),
        published=sum(cell.published for cell in of_figure if cell.path[0] == "rows"),
        computed=sum(cell.computed or 0 for cell in of_figure if cell.path[0] == "rows"),
        contradicted=sum(cell.published != cell.expected for cell in of_figure),
        different=sum(cell.computed != cell.expected for cell in of_figure),
    )


def _numbers(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str, float]]:
    """(path in the file, row, column, number) of all that was published of a figure."""
    parts: list[tuple[tuple[str, ...], str, Mapping[str, Any]]]
    parts = [(("rows", row), row, values) for row, values in content["rows"].items()]
    parts += [((name,), row, content[name]) for name, row in (("total", "total"), ("mean_age", "mean age")) if name in content]
    for path, row, values in parts:
        for below, column, number in _leaves(values):
            yield (*path, *below), row, column, number
    for row, number in content.get("row_totals", {}).items():
        yield ("row_totals", row), row, "all", number
    if "n" in content and "total" in content:
        yield ("n",), "total", "all", content["n"]


def _leaves(values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, float]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from (((name, column), column, number) for column, number in value.items())
        else:
            yield (name,), name, value


def _find(computed: Any, path: tuple[str, ...]) -> float | None:
    for step in path:
        computed = computed.get(step) if isinstance(computed, Mapping) else None
    return computed if isinstance(computed, int | float) else None
