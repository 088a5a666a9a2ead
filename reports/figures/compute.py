"""Raw counts of one person-year: the cells that it adds to, generically from the declared figures. Private to services.

It protects nothing and stores nothing; its one reader is services (contract raw-figures).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from reports.figures.cells import MEAN_COUNT, MEAN_SUM, Cell
from reports.figures.declaring import Figure
from reports.figures.definitions import FIGURES
from reports.personyears.derive import Counted


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


def _values(figure: Figure, counted: Counted) -> Iterator[str]:
    stratum = tuple(value for name in figure.strata for value in counted.values(name))
    for code in counted.values(figure.counts):
        if code or not figure.known_only:
            yield "|".join((*stratum, code))


@cache
def _about(population: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    within = Counted(population=population).populations
    return tuple(figure for figure in figures if figure.population in within)
