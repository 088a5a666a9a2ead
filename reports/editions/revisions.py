"""What became of each cell between two editions, and why, in counts. It reads no database and protects nothing.

Between the two lie four registers that nobody had: without what was withdrawn, and parted where that had joined; then
corrected; then separated; then linked as now. What a cell changes by from one to the next is the effect of that one reason,
and the effects add up to the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reports.figures.tables import Counts, Table

TOTAL, EVERYBODY = "=total", "=persons"


class Why(StrEnum):
    """In the order in which the effects are taken apart. DEFINITIONS: counted under others, withdrawals included."""

    DEFINITIONS = "definitions"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    SPLIT = "split"
    LINK = "link"
    LATE_REPORT = "late-report"


class Axis(StrEnum):
    YEAR = "year"
    FORM = "form"
    ALL = "all"


@dataclass(frozen=True)
class CellPlace:
    """row is a code, TOTAL, or EVERYBODY for distinct persons."""

    figure: str
    row: str
    axis: Axis
    column: str


@dataclass(frozen=True)
class Revised:
    """why is empty where reasons are not told."""

    place: CellPlace
    was: int
    now: int
    why: Mapping[Why, int]


Tables = Mapping[str, Table]
Cells = Mapping[CellPlace, int]


def revised(was: Tables, now: Tables) -> tuple[Revised, ...]:
    """Cells that differ, without reasons. Of a ranked figure only rows that both list: nothing is known of what is not."""
    before, after = cells_of(was), cells_of(now)
    ranked = {identifier for identifier, table in now.items() if table.figure.ranked}
    unknown = {place for place in before.keys() ^ after.keys() if place.figure in ranked}
    return tuple(one for one in _differing(before, after, _comparable(was, now), ()) if one.place not in unknown)


def revised_with_reasons(stages: Sequence[tuple[Why | None, Tables]]) -> tuple[Revised, ...]:
    """The first stage is the earlier edition, the last one the later; each names why it differs from the one before it.

    Ranked figures have all their rows.
    """
    cells = [(why, cells_of(found)) for why, found in stages]
    steps = [(why, before, after) for (_, before), (why, after) in pairwise(cells) if why is not None]
    return tuple(_differing(cells[0][1], cells[-1][1], _comparable(stages[0][1], stages[-1][1]), steps))


def _differing(
    before: Cells, after: Cells, comparable: Mapping[str, frozenset[str]], steps: Sequence[tuple[Why, Cells, Cells]]
) -> Iterator[Revised]:
    for place in sorted(before.keys() | after.keys(), key=lambda place: (place.figure, place.row, place.axis, place.column)):
        was, now = before.get(place, 0), after.get(place, 0)
        if was != now and _is_of_both(place, comparable):
            effects = {why: end.get(place, 0) - start.get(place, 0) for why, start, end in steps}
            yield Revised(place, was, now, {why: effect for why, effect in effects.items() if effect})


def _comparable(was: Tables, now: Tables) -> dict[str, frozenset[str]]:
    """Figure to the years that both have; with "" where they have the same ones, and so the same whole."""
    found = {}
    for identifier in was.keys() & now.keys():
        one, other = was[identifier].columns, now[identifier].columns
        found[identifier] = frozenset({*one} & {*other}) | ({""} if one == other else frozenset())
    return found


def _is_of_both(place: CellPlace, comparable: Mapping[str, frozenset[str]]) -> bool:
    columns = comparable.get(place.figure, frozenset())
    return (place.column if place.axis == Axis.YEAR else "") in columns


def cells_of(tables: Tables) -> dict[CellPlace, int]:
    found: dict[CellPlace, int] = {}
    for identifier, table in tables.items():
        found[CellPlace(identifier, EVERYBODY, Axis.ALL, "")] = table.persons
        for row in table.rows:
            found |= _cells(identifier, row.row.code, row.counts)
        if table.total is not None:
            found |= _cells(identifier, TOTAL, table.total)
    return found


def _cells(figure: str, row: str, counts: Counts) -> dict[CellPlace, int]:
    by_year = {CellPlace(figure, row, Axis.YEAR, column): count for column, count in counts.year.items()}
    by_form = {CellPlace(figure, row, Axis.FORM, form): count for form, count in counts.form.items()}
    return by_year | by_form | {CellPlace(figure, row, Axis.ALL, ""): counts.all}
