"""Many models on many tables at once: the fits that a search compares. It chooses none of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reports.estimation.existence import EXISTS, identified, proven_by_fit, refusal_code
from reports.estimation.histories import Counts
from reports.estimation.loglinear import Floats, Problems, fit, sums_over_subsets
from reports.estimation.models import Model, base_terms, empty_terms

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

# Models fitted in one go: their numbers fit into a processor's cache.
TOGETHER = 512


@dataclass(frozen=True)
class Family:
    """Models to compare, over k lists. members: (M, T), which of the T terms each has."""

    lists: int
    models: tuple[Model, ...]
    terms: Places
    members: Flags


@dataclass(frozen=True)
class Compared:
    """For R tables and M models, all (R, M): the Poisson log-likelihood without factorials, the persons expected on no list.

    identified: the terms can be told apart. proven: the fit shows that the estimate exists; elsewhere ask refusal_code.
    """

    log_likelihood: Floats
    unseen: Floats
    identified: Flags
    proven: Flags


def family(models: Sequence[Model], lists: int) -> Family:
    terms = sorted({term for model in models for term in model}, key=lambda term: (term.bit_count(), term))
    place = {term: number for number, term in enumerate(terms)}
    members = np.zeros((len(models), len(terms)), dtype=np.bool_)
    for row, model in enumerate(models):
        members[row, [place[term] for term in model]] = True
    return Family(lists, tuple(models), np.array(terms, dtype=np.int64), members)


def compare(asked: Family, tables: Counts) -> Compared:
    """Every model fitted to every table; tables: (R, 2^k)."""
    shape = (len(tables), len(asked.models))
    found = Compared(
        np.full(shape, -np.inf), np.full(shape, np.inf), np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    )
    empty = empty_terms(tables)[:, asked.terms]
    free = asked.members[None] & ~empty[:, None]
    for rows, columns in _alike(free):
        barred = asked.members[columns] & empty[rows]
        _fit_into(found, _problems(asked, tables[rows], free[rows, columns], barred), (rows, columns))
    return found


def _alike(free: Flags) -> Iterator[tuple[Places, Places]]:
    """Tables and models with as many free terms, some at a time."""
    sizes = free.sum(axis=2)
    for size in np.unique(sizes):
        rows, columns = np.nonzero(sizes == size)
        for start in range(0, len(rows), TOGETHER):
            yield rows[start : start + TOGETHER], columns[start : start + TOGETHER]


def _problems(asked: Family, counts: Counts, free: Flags, barred: Flags) -> Problems:
    chosen = asked.terms[np.nonzero(free)[1]].reshape(len(free), -1)
    base = np.broadcast_to(np.array(base_terms(asked.lists), dtype=np.int64), (len(free), asked.lists + 1))
    marks = np.zeros(counts.shape)
    marks[:, asked.terms] = barred
    cells = (sums_over_subsets(marks) == 0).astype(np.float64)
    cells[:, 0] = 0.0
    return Problems(np.concatenate((base, chosen), axis=1), cells, counts)


def _fit_into(found: Compared, asked: Problems, where: tuple[Places, Places]) -> None:
    distinct = identified(asked)
    found.identified[where] = distinct
    if not distinct.any():
        return
    kept = Problems(asked.terms[distinct], asked.cells[distinct], asked.counts[distinct])
    where = (where[0][distinct], where[1][distinct])
    fits = fit(kept)
    found.log_likelihood[where] = fits.log_likelihood
    found.unseen[where] = np.exp(np.minimum(fits.coefficients[:, 0], 700.0))
    found.proven[where] = proven_by_fit(kept, fits.coefficients) & fits.ended


def passes(model: Model, table: Counts, lists: int, proven: bool) -> bool:
    """Whether a finite, identified estimate exists: by its fit, or by the linear programme."""
    return proven or refusal_code(model, table, lists) == EXISTS
