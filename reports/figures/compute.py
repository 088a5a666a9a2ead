"""Raw counts: the cells that a person-year adds to, generically from the declared figures; of many at once by Tally.

It protects nothing and stores nothing; its readers are services and rebuilding (contract raw-figures).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Protocol
from uuid import UUID

import numpy as np

from reports.figures.cells import MEAN_COUNT, MEAN_SUM, PERSONS, Cell
from reports.figures.declaring import SIGNAL, Figure
from reports.figures.definitions import FIGURES
from reports.personyears.columns import coded, combined
from reports.personyears.derive import Counted
from reports.personyears.dimensions import READS
from reports.personyears.populations import Population
from reports.personyears.portions import PersonYears


class Signal(Protocol):
    """intake.facts.SignalFact is one: so many signals that are alike, with the attributes of dimensions.SIGNALS."""

    @property
    def year(self) -> int: ...
    @property
    def form(self) -> str: ...
    @property
    def number(self) -> int: ...


def cells(counted: Counted, year: int, figures: tuple[Figure, ...] = FIGURES) -> Iterator[tuple[Cell, int]]:
    """Each cell of these figures that this person-year adds to, and how much."""
    for figure in _about(counted.population, figures):
        if figure.among and figure.among not in counted.exploitation_types:
            continue
        form = counted.form if figure.by_form else ""
        for code in _values(figure, counted):
            yield Cell(figure.id, code, year, form), 1
        if figure.mean_of and (value := getattr(counted, figure.mean_of)) is not None:
            yield Cell(figure.id, MEAN_SUM, year, form), value
            yield Cell(figure.id, MEAN_COUNT, year, form), 1


def counters_of(person_years: Iterable[tuple[int, Counted]]) -> Counter[Cell]:
    """The counters of these person-years, each given with its year."""
    found: Counter[Cell] = Counter()
    for year, counted in person_years:
        for cell, amount in cells(counted, year):
            found[cell] += amount
    return found


def counters_of_signals(signals: Iterable[Signal], figures: tuple[Figure, ...] = FIGURES) -> Counter[Cell]:
    """The cells that anonymous signals add to, of figures that show them."""
    found: Counter[Cell] = Counter()
    for signal in signals:
        for figure in figures:
            if figure.signals_by:
                row, form = SIGNAL + getattr(signal, figure.signals_by), signal.form if figure.by_form else ""
                found[Cell(figure.id, row, signal.year, form)] += signal.number
    return found


class Tally:
    """The counters of many person-years: those that a figure cannot tell apart are counted together, then by cells() once."""

    def __init__(self) -> None:
        self._alike: dict[Figure, Counter[tuple[Any, ...]]] = {figure: Counter() for figure in FIGURES}
        self._persons: Counter[Cell] = Counter()

    def add(self, found: PersonYears) -> None:
        """All years of each of its persons."""
        year = coded(found.years)
        for figure, alike in self._alike.items():
            groups = combined([year, *(found.counted[name] for name in _read_by(figure))])
            alike.update(dict(zip(groups.values, np.bincount(groups.codes).tolist(), strict=True)))
        persons, population = coded(found.persons).codes, found.counted["population"]
        for one in Population:
            within = [one in Counted(population=narrowest).populations for narrowest in population.values]
            members = persons[np.array(within, np.bool_)[population.codes]]
            self._persons[Cell(PERSONS, one, 0, "")] += len(np.unique(members))

    def counters(self) -> Counter[Cell]:
        total = Counter(self._persons)
        for figure, alike in self._alike.items():
            for (year, *values), number in alike.items():
                counted = Counted(**dict(zip(_read_by(figure), values, strict=True)))
                for cell, amount in cells(counted, year, (figure,)):
                    total[cell] += amount * number
        return total


@cache
def _read_by(figure: Figure) -> tuple[str, ...]:
    """The attributes of a person-year on which its cells in this figure depend."""
    dimensions = (figure.counts, *figure.strata, *((figure.mean_of,) if figure.mean_of else ()))
    names = ["population", "exploitation_types" if figure.among else "", "form" if figure.by_form else ""]
    names += [name for dimension in dimensions for name in READS.get(dimension, (dimension,))]
    return tuple(dict.fromkeys(filter(None, names)))


def persons_of(person_years: Iterable[tuple[UUID, Counted]]) -> Counter[Cell]:
    """Distinct persons of each population, of all years of some persons."""
    members = {(person, population) for person, counted in person_years for population in counted.populations}
    return Counter(Cell(PERSONS, population, 0, "") for _, population in members)


def _values(figure: Figure, counted: Counted) -> Iterator[str]:
    stratum = tuple(value for name in figure.strata for value in counted.values(name))
    for code in counted.values(figure.counts):
        if code or not figure.known_only:
            yield "|".join((*stratum, code))


@cache
def _about(population: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    within = Counted(population=population).populations
    return tuple(figure for figure in figures if figure.population in within)
