"""Whether a model has a finite estimate on a table, and only one: the two questions that a fit alone does not answer.

A finite maximum of the likelihood exists when some table without a zero has the same margins as the observed one
(Fienberg and Rinaldo 2012, Annals of Statistics 40(2):996-1023; used for hidden populations by Chan, Silverman and Vincent
2021, JASA 116(535):1297-1306, section 2.3). A linear programme looks for it; a fit whose expected counts have those margins
and stay clear of zero is such a table itself.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from reports.estimation.histories import Counts
from reports.estimation.loglinear import Floats, Problems, expected, sums_over_supersets
from reports.estimation.models import Model, problem

EXISTS, NO_ESTIMATE, NOT_IDENTIFIED, NEITHER = range(4)

# Gram matrices of zeros and ones have whole determinants: their eigenvalues are zero or far from the error of rounding.
SMALLEST_EIGENVALUE = 1e-8
# The solver's own feasibility tolerance is 1e-7; a table without zeros that the counts allow has room far above it.
SMALLEST_ROOM = 1e-5
# Expected counts this small, or so small beside what the margins still lack, prove nothing: the linear programme decides.
SMALLEST_PROOF = 1e-6


def refusal_code(model: Model, counts: Counts, lists: int) -> int:
    """0 a finite, identified estimate exists, 1 no estimate exists, 2 not identified, 3 both."""
    asked = problem(model, counts, lists)
    missing = NO_ESTIMATE if room(asked) < SMALLEST_ROOM else EXISTS
    return missing + (EXISTS if bool(identified(asked)[0]) else NOT_IDENTIFIED)


def identified(problems: Problems) -> npt.NDArray[np.bool_]:
    """Whether the open histories tell the terms apart: full column rank of each design, shape (B,)."""
    pairs = problems.terms[:, :, None] | problems.terms[:, None, :]
    flat = pairs.reshape(len(pairs), -1)
    gram = np.take_along_axis(sums_over_supersets(problems.cells), flat, axis=1).reshape(pairs.shape)
    return np.linalg.eigvalsh(gram)[:, 0] > SMALLEST_EIGENVALUE


def room(problems: Problems) -> float:
    """The most, up to one, that every open history can hold at once under the observed margins; for one problem."""
    histories = np.flatnonzero(problems.cells[0])
    held = (histories[:, None] & problems.terms[0]) == problems.terms[0]
    margins = sums_over_supersets(problems.counts)[0][problems.terms[0]]
    scale = max(1.0, float(margins[0]))
    found = linprog(
        np.r_[np.zeros(len(histories)), -1.0],
        A_eq=np.c_[held.T.astype(float), held.sum(axis=0)],
        b_eq=margins,
        bounds=[(0, None)] * len(histories) + [(0, min(1.0, scale))],
        method="highs",
    )
    return float(-found.fun) if found.status == 0 else 0.0


def proven_by_fit(problems: Problems, coefficients: Floats) -> npt.NDArray[np.bool_]:
    """Where the expected counts, mended for what their margins lack, have no zero, shape (B,)."""
    size = problems.cells.shape[1]
    means = expected(problems.terms, coefficients, size) * problems.cells
    lacking = np.take_along_axis(sums_over_supersets(problems.counts - means), problems.terms, axis=1)
    smallest = np.where(problems.cells > 0, means, np.inf).min(axis=1)
    return np.asarray((smallest > SMALLEST_PROOF) & (np.abs(lacking).sum(axis=1) < smallest / 100))
