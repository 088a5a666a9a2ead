"""Poisson log-linear models over capture histories, fitted by Newton's method, many at a time.

A term is a set of lists written as a number, as a history is: 0 the intercept, one bit a list effect, two bits a pair. The
log of the expected count of a history is the sum of the coefficients of the terms within it, so sums over subsets give
the expected counts, and sums over supersets of those give score and information: no design matrix is built.
It fits what it is given and does not ask whether the maximum exists; existence does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reports.estimation.histories import Counts

Terms = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# The rise of the log-likelihood that the next step promises; AIC and BIC are right to its size.
PROMISED_RISE = 1e-9
MOST_STEPS = 60
MOST_HALVINGS = 12
# Added to the information: keeps a step finite where expected counts fade out, and moves no maximum.
RIDGE = 1e-9
# Expected counts stay within the range of floats while a step is tried.
LARGEST_LOG = 60.0


@dataclass(frozen=True)
class Problems:
    """B models of p terms over the histories of k lists, each with its own counts.

    terms: (B, p), the first 0; cells: (B, 2^k), 1 for a history that takes part, 0 for one that does not (that of nobody,
    and those in which a term is unbounded); counts: (B, 2^k), zero outside the cells.
    """

    terms: Terms
    cells: Floats
    counts: Counts


@dataclass(frozen=True)
class Fits:
    """coefficients: (B, p); log_likelihood: (B,), without the factorials of the counts; steps that did not end are in ended."""

    coefficients: Floats
    log_likelihood: Floats
    ended: npt.NDArray[np.bool_]


def sums_over_subsets(values: Floats) -> Floats:
    """For every history the sum over its subsets; values: (..., 2^k)."""
    return _sums(values, into=1)


def sums_over_supersets(values: Floats) -> Floats:
    """For every term the sum over the histories that hold it; values: (..., 2^k)."""
    return _sums(values, into=0)


def _sums(values: Floats, into: int) -> Floats:
    summed = np.array(values, dtype=np.float64)
    size = summed.shape[-1]
    half = 1
    while half < size:
        halves = summed.reshape(*summed.shape[:-1], size // (2 * half), 2, half)
        halves[..., into, :] += halves[..., 1 - into, :]
        half *= 2
    return summed


def expected(terms: Terms, coefficients: Floats, size: int) -> Floats:
    """Expected counts of all 2^k histories, history 0 too, shape (B, size)."""
    spread = np.zeros((len(terms), size))
    np.put_along_axis(spread, terms, coefficients, axis=1)
    return np.exp(np.minimum(sums_over_subsets(spread), LARGEST_LOG))


def fit(problems: Problems) -> Fits:
    """The maximum of each likelihood: Newton's method with halved steps, from one weighted regression on the logarithms."""
    steps = _Newton(problems)
    for _ in range(MOST_STEPS):
        if not steps.active.size:
            break
        steps.take()
    ended = np.ones(len(problems.terms), dtype=np.bool_)
    ended[steps.active] = False
    return Fits(steps.coefficients, steps.heights, ended)


class _Newton:
    """The state of all models; only the active ones are worked on."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.active = np.arange(len(problems.terms))
        self.pairs = problems.terms[:, :, None] | problems.terms[:, None, :]
        self.statistics = _picked(sums_over_supersets(problems.counts), problems.terms)
        self.coefficients = self._start()
        self.heights, self.means = self._height(self.active, self.coefficients)

    def _start(self) -> Floats:
        near = (self.problems.counts + 0.1) * self.problems.cells
        logs = np.log(np.where(near > 0, near, 1.0))
        information = _picked(sums_over_supersets(near), self.pairs)
        return _solved(information, _picked(sums_over_supersets(near * logs), self.problems.terms))

    def _height(self, which: npt.NDArray[np.int64], coefficients: Floats) -> tuple[Floats, Floats]:
        """The log-likelihood, and the expected counts summed over supersets."""
        cells = self.problems.cells[which]
        means = sums_over_supersets(expected(self.problems.terms[which], coefficients, cells.shape[1]) * cells)
        return (self.statistics[which] * coefficients).sum(axis=1) - means[:, 0], means

    def take(self) -> None:
        """One step of every active model; those whose next step promises nothing more are done after it."""
        which = self.active
        before = self.coefficients[which]
        heights, means = self.heights[which], self.means[which]
        score = self.statistics[which] - _picked(means, self.problems.terms[which])
        step = _solved(_picked(means, self.pairs[which]), score)
        promised = (score * step).sum(axis=1)
        self._climb(which, before, step, heights)
        self.active = which[promised > PROMISED_RISE]

    def _climb(self, which: npt.NDArray[np.int64], before: Floats, step: Floats, heights: Floats) -> None:
        length = np.ones(len(which))
        slack = 1e-10 * np.abs(heights)
        for _ in range(MOST_HALVINGS):
            reached, means = self._height(which, before + length[:, None] * step)
            low = reached < heights - slack
            if not low.any():
                break
            length[low] /= 2
        rose = reached >= heights - slack
        where = which[rose]
        self.coefficients[where] = (before + length[:, None] * step)[rose]
        self.heights[where], self.means[where] = reached[rose], means[rose]


def _picked(values: Floats, terms: Terms) -> Floats:
    """values: (B, 2^k) at terms: (B, ...)."""
    flat = terms.reshape(len(terms), -1)
    return np.take_along_axis(values, flat, axis=1).reshape(terms.shape)


def _solved(information: Floats, score: Floats) -> Floats:
    ridge = RIDGE * np.eye(information.shape[-1])
    return np.asarray(np.linalg.solve(information + ridge, score[..., None])[..., 0], dtype=np.float64)


def covariance(problems: Problems, coefficients: Floats) -> Floats:
    """The inverse information of each model, shape (B, p, p)."""
    means = expected(problems.terms, coefficients, problems.cells.shape[1]) * problems.cells
    pairs = problems.terms[:, :, None] | problems.terms[:, None, :]
    information = _picked(sums_over_supersets(means), pairs)
    return np.asarray(np.linalg.inv(information + RIDGE * np.eye(information.shape[-1])), dtype=np.float64)
