"""Counts persons as figures do, from what an edition read of them. Its counters are exact: freezing alone uses them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reports.editions.inputs import Input
from reports.figures.cells import PERSONS, Cell
from reports.figures.compute import Signal, cells, counters_of_signals
from reports.figures.definitions import FIGURES
from reports.figures.tables import Table, tables
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge

Counters = Counter[Cell]


def counters_of(persons: Iterable[Iterable[Input]]) -> Counters:
    """Each of persons is everything of one person: so distinct persons are counted too."""
    found: Counters = Counter()
    for person in persons:
        years = dict(_person_years(person))
        for year, counted in years.items():
            for cell, amount in cells(counted, year):
                found[cell] += amount
        for population in {population for counted in years.values() for population in counted.populations}:
            found[Cell(PERSONS, population, 0, "")] += 1
    return found


def _person_years(person: Iterable[Input]) -> Iterator[tuple[int, Counted]]:
    by_year: dict[int, list[Input]] = {}
    for one in person:
        by_year.setdefault(one.year, []).append(one)
    return ((year, derive(merge(inputs))) for year, inputs in by_year.items())


def counters_of_all_signals(signals: Iterable[Signal]) -> Counters:
    return counters_of_signals(signals, FIGURES)


def to_json(counters: Counters) -> list[list[Any]]:
    return [[*cell, count] for cell, count in sorted(counters.items()) if count]


def from_json(stored: Iterable[Sequence[Any]]) -> Counters:
    return Counter({Cell(*cell): count for *cell, count in stored})


def tables_of(counters: Counters, first_year: int, last_year: int) -> dict[str, Table]:
    """Exact, of all years of the period, with every row of ranked figures."""
    return tables(FIGURES, counters, tuple(range(first_year, last_year + 1)), everything=True)
