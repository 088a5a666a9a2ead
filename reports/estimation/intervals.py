"""Limits for a total: the profile likelihood of a model taken as given, and quantiles of replicates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import ndtr, ndtri

from reports.estimation.histories import Counts
from reports.estimation.loglinear import Floats, Problems, expected, fit
from reports.estimation.models import Model, problem

LEVEL = 0.95
TAIL = (1 - LEVEL) / 2
# Half the chi-squared quantile of one degree of freedom: how far the log-likelihood may fall.
FALL = float(ndtri(TAIL)) ** 2 / 2
# Searched on the logarithm of the unseen, this far around the estimate: a factor of a million.
REACH = log(1e6)

PROFILE, PERCENTILE, BCA = "profile-likelihood", "bootstrap-percentile", "bootstrap-bca"


@dataclass(frozen=True)
class Interval:
    """low and high: persons in all. high is None where the data set no limit within a million times the unseen."""

    low: float
    high: float | None
    method: str


def profile(model: Model, counts: Counts, lists: int) -> Interval:
    """Limits by the multinomial profile likelihood of the total, the model given (Cormack 1992, Biometrics 48(2):567-576).

    For each number of unseen the model is fitted to the table completed with it; the limits are the totals whose
    log-likelihood lies FALL below the highest. counts: (2^k,).
    """
    asked = problem(model, counts, lists)
    at = log(max(exp(float(fit(asked).coefficients[0, 0])), 0.5))

    def height(size: float) -> float:
        return _likelihood(asked, exp(size))

    top = float(minimize_scalar(lambda size: -height(size), bounds=(at - 2, at + 2), method="bounded").x)
    floor = height(top) - FALL
    low, high = _crossing(height, floor, top, -REACH), _crossing(height, floor, top, REACH)
    observed = float(counts.sum())
    return Interval(observed + exp(-np.inf if low is None else low), None if high is None else observed + exp(high), PROFILE)


def _likelihood(asked: Problems, unseen: float) -> float:
    """log of N! / (unseen! N^N) times the product of fitted means to the power of counts; without the factorials of counts."""
    cells, counts = asked.cells.copy(), asked.counts.copy()
    cells[:, 0], counts[:, 0] = 1.0, unseen
    completed = Problems(asked.terms, cells, counts)
    means = (expected(asked.terms, fit(completed).coefficients, counts.shape[1]) * cells)[0]
    held = counts[0] > 0
    total = float(counts.sum())
    fitted = float((counts[0][held] * np.log(means[held])).sum())
    return fitted + lgamma(total + 1) - lgamma(unseen + 1) - total * log(total)


def _crossing(height: Callable[[float], float], floor: float, top: float, reach: float) -> float | None:
    if height(top + reach) > floor:
        return None
    return float(brentq(lambda size: height(size) - floor, *sorted((top, top + reach)), xtol=1e-7))


def of_replicates(replicates: Floats, total: float, left_out: Sequence[tuple[float, float]]) -> Interval:
    """Limits from totals of replicates: bias-corrected and accelerated where its quantiles lie inside them, or percentiles.

    left_out: for each history that was seen the number of its persons and the total without one of them. Efron 1987,
    JASA 82(397):171-185; DiCiccio and Efron 1996, Statistical Science 11(3):189-228, section 2.
    """
    below = float((replicates < total).mean() + (replicates == total).mean() / 2)
    if 0 < below < 1:
        levels = [_adjusted(level, float(ndtri(below)), _acceleration(left_out)) for level in (TAIL, 1 - TAIL)]
        inside = 1 / (len(replicates) + 1)
        if inside <= min(levels) and max(levels) <= 1 - inside:
            return _between(replicates, levels, BCA)
    return _between(replicates, (TAIL, 1 - TAIL), PERCENTILE)


def _between(replicates: Floats, levels: Sequence[float], method: str) -> Interval:
    low, high = np.quantile(replicates, levels)
    return Interval(float(low), float(high), method)


def _adjusted(level: float, bias: float, acceleration: float) -> float:
    shifted = bias + float(ndtri(level))
    return float(ndtr(bias + shifted / (1 - acceleration * shifted)))


def _acceleration(left_out: Sequence[tuple[float, float]]) -> float:
    weights, totals = np.array(left_out).T
    away = np.average(totals, weights=weights) - totals
    spread = float((weights * away**2).sum())
    return float((weights * away**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
