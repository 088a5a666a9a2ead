"""Hierarchical log-linear models: which terms they have, and what of them is left on a table with empty overlaps.

A model is its terms beyond intercept and list effects, each a set of lists as a number; every model has those two. A term
whose lists share no person has an unbounded coefficient: extended maximum likelihood sets the histories that hold it to
zero and fits the rest (Fienberg and Rinaldo 2012; Chan, Silverman and Vincent 2021, section 2).
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from reports.estimation.histories import Counts
from reports.estimation.loglinear import Floats, Problems, sums_over_subsets, sums_over_supersets

Model = tuple[int, ...]


def terms_up_to(lists: int, order: int) -> Model:
    """All terms of two to order lists, pairs first."""
    sets = (chosen for size in range(2, order + 1) for chosen in combinations(range(lists), size))
    return tuple(sum(1 << place for place in chosen) for chosen in sets)


def parts(term: int) -> Model:
    """The terms of one list less, from pairs up, that a hierarchical model with this term must have."""
    smaller = (term & ~(1 << place) for place in range(term.bit_length()) if term >> place & 1)
    return tuple(one for one in smaller if one.bit_count() >= 2)


def hierarchical(lists: int, order: int) -> Iterator[Model]:
    """Every hierarchical model with terms of up to order lists: with a term all its parts."""
    yield from _grown((), terms_up_to(lists, order))


def _grown(model: Model, candidates: Sequence[int]) -> Iterator[Model]:
    yield model
    for place, term in enumerate(candidates):
        if set(parts(term)) <= set(model):
            yield from _grown((*model, term), candidates[place + 1 :])


def addable(model: Model, lists: int, order: int) -> Model:
    """The terms that may be added one at a time."""
    present = set(model)
    return tuple(term for term in terms_up_to(lists, order) if term not in present and set(parts(term)) <= present)


def removable(model: Model) -> Model:
    """The terms that no other term of the model needs."""
    needed = {part for term in model for part in parts(term)}
    return tuple(term for term in model if term not in needed)


def base_terms(lists: int) -> Model:
    """Intercept and list effects."""
    return (0, *(1 << place for place in range(lists)))


def empty_terms(counts: Counts) -> npt.NDArray[np.bool_]:
    """For every set of lists whether no person is on all of them, shape (..., 2^k)."""
    return np.asarray(sums_over_supersets(counts) == 0)


def free_terms(model: Model, empty: npt.NDArray[np.bool_]) -> Model:
    """The terms with a finite coefficient."""
    return tuple(term for term in model if not empty[term])


def open_cells(unbounded: Model, lists: int) -> Floats:
    """1 for every history that an estimate of the observed can be more than zero in; history 0 is not observed."""
    barred = np.zeros(2**lists)
    barred[list(unbounded)] = 1.0
    cells = (sums_over_subsets(barred) == 0).astype(np.float64)
    cells[0] = 0.0
    return np.asarray(cells)


def problem(model: Model, counts: Counts, lists: int) -> Problems:
    """One model on one table, for loglinear.fit."""
    empty = empty_terms(counts)
    free = free_terms(model, empty)
    cells = open_cells(tuple(term for term in model if empty[term]), lists)
    terms = np.array([(*base_terms(lists), *free)], dtype=np.int64)
    return Problems(terms, cells[None, :], counts[None, :])
