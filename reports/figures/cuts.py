"""Cuts of a figure: some years, one form, one reporter group. A figure is cut only by what its declaration carries.

It reads no database; whoever hands it exact counters gets an exact cut.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from reports.figures.cells import PERSONS, Cell
from reports.figures.declaring import FORM_COLUMNS, Figure
from reports.figures.tables import Table, tables
from reports.personyears.populations import Population

# Their rows are reporters already, or they are of one reporter alone.
ABOUT_REPORTERS = frozenset(("groups", "units", "bases", "form_reported_by_police"))


class Dimension(StrEnum):
    PERIOD = "period"
    FORM = "form"
    GROUP = "group"


class CutError(ValueError):
    """A figure was asked for by something that it cannot be cut by; dimension is the place."""

    def __init__(self, dimension: Dimension) -> None:
        super().__init__(f"no such cut by {dimension}")
        self.dimension = dimension


@dataclass(frozen=True)
class Cut:
    """What is left empty does not limit; both years are within. form: a code, '' for the unknown form."""

    first: int | None = None
    last: int | None = None
    form: str | None = None
    group: str = ""

    @property
    def whole(self) -> bool:
        return self == Cut()

    def years(self, register: Iterable[int]) -> tuple[int, ...]:
        return tuple(
            year for year in register if (self.first is None or year >= self.first) and (self.last is None or year <= self.last)
        )

    @property
    def uses(self) -> frozenset[Dimension]:
        used = {
            Dimension.PERIOD: self.first is not None or self.last is not None,
            Dimension.FORM: self.form is not None,
            Dimension.GROUP: bool(self.group),
        }
        return frozenset(dimension for dimension, is_used in used.items() if is_used)


def dimensions(figure: Figure) -> frozenset[Dimension]:
    """By what it may be cut. Imputed periods stand as declared; only the base population is cut by who reported."""
    if figure.imputed:
        return frozenset()
    found = {Dimension.PERIOD}
    if figure.by_form:
        found.add(Dimension.FORM)
    if figure.population is Population.BASE and figure.counts not in ABOUT_REPORTERS:
        found.add(Dimension.GROUP)
    return frozenset(found)


def check_cut(figure: Figure, cut: Cut, register: Iterable[int]) -> None:
    """register: the years that there are. Codes of forms are checked; whoever counts by group checks that code."""
    for dimension in sorted(cut.uses - dimensions(figure)):
        raise CutError(dimension)
    if Dimension.PERIOD in cut.uses and not cut.years(register):
        raise CutError(Dimension.PERIOD)
    if cut.form is not None and cut.form not in FORM_COLUMNS:
        raise CutError(Dimension.FORM)


def table_of(figure: Figure, counters: Mapping[Cell, int], cut: Cut, register: Iterable[int]) -> Table:
    """The table of the cut. Cut by one form it has no columns by form; only the whole says how many persons there are."""
    years = cut.years(register)
    kept = {
        cell: count for cell, count in counters.items() if cell.figure == PERSONS or cut.form is None or cell.form == cut.form
    }
    declared = figure if cut.form is None else replace(figure, by_form=False)
    table = tables((declared,), kept, years)[figure.id]
    return table if cut.whole else replace(table, persons=0, part=True)
