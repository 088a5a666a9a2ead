"""Linear and integer programmes, solved by HiGHS. One programme is built once and solved for many objectives; each solution
starts from the one before.

HiGHS: Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical Programming Computation 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


# The second where the solver did not look which of the two: of a programme that has a solution, it is without bound.
UNBOUNDED = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)

# Another objective leaves the last solution within all conditions: the primal simplex goes on from there, the dual one, which
# HiGHS takes by itself, has to find its way back first.
PRIMAL = 4


class NoSolutionError(ValueError):
    """No numbers keep to all conditions; unbounded: they do, and the cost falls without end."""

    def __init__(self, status: str, *, unbounded: bool) -> None:
        super().__init__(status)
        self.unbounded = unbounded


@dataclass(frozen=True)
class Relation:
    """lower <= sum of factor x column <= upper."""

    terms: tuple[tuple[int, float], ...]
    lower: float = 0.0
    upper: float = 0.0


class Programme:
    """Columns with bounds of shape (n,), rows from relations; all objectives are minimised."""

    def __init__(
        self, lower: Numbers, upper: Numbers, relations: Sequence[Relation], *, whole: bool = False, gap: float = 0.0
    ) -> None:
        self.size = lower.size
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("mip_rel_gap", gap)
        self._solver.setOptionValue("simplex_strategy", PRIMAL)
        self._solver.passModel(_model(lower, upper, relations, whole=whole))
        self._costs = np.zeros(lower.size)

    def minimise(self, costs: Numbers) -> Numbers:
        """Columns at the least cost, shape (n,). Raises NoSolutionError."""
        changed = np.flatnonzero(costs != self._costs).astype(np.int32)
        if changed.size:
            self._solver.changeColsCost(changed.size, changed, costs[changed])
            self._costs = costs.copy()
        return self._solve()

    def bound(self, column: int, lower: float, upper: float) -> None:
        self._solver.changeColBounds(column, lower, upper)

    def _solve(self) -> Numbers:
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            unbounded = status in UNBOUNDED
            raise NoSolutionError(self._solver.modelStatusToString(status), unbounded=unbounded)
        return np.array(self._solver.getSolution().col_value)


def _model(lower: Numbers, upper: Numbers, relations: Sequence[Relation], *, whole: bool) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = lower.size, len(relations)
    model.col_cost_ = np.zeros(lower.size)
    model.col_lower_, model.col_upper_ = lower, upper
    model.row_lower_ = np.array([relation.lower for relation in relations])
    model.row_upper_ = np.array([relation.upper for relation in relations])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(relation.terms) for relation in relations)]).astype(np.int32)
    model.a_matrix_.index_ = np.array([column for one in relations for column, _ in one.terms], dtype=np.int32)
    model.a_matrix_.value_ = np.array([factor for one in relations for _, factor in one.terms], dtype=np.float64)
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * lower.size
    return model
