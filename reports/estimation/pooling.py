"""Strata that lend each other strength: the share that was not seen is shrunk towards what it is in the strata on the whole.

Each stratum is fitted with one model; the logarithm of its unseen over its seen is taken as drawn around a common mean
(DerSimonian and Laird 1986, Controlled Clinical Trials 7(3):177-188; shrinkage as in Morris 1983, JASA 78(381):47-55). A
stratum whose own table carries no estimate is refused: others cannot lend it what it does not say about itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from reports.estimation import reasons
from reports.estimation.answer import Asked
from reports.estimation.existence import EXISTS, refusal_code
from reports.estimation.histories import BadTableError, OverlapTable, check
from reports.estimation.loglinear import Floats, covariance, fit
from reports.estimation.models import problem
from reports.estimation.overlaps import Stratum
from reports.estimation.reasons import Reason

Terms = frozenset[frozenset[str]]
NORMAL_975 = 1.959963984540054


@dataclass(frozen=True)
class StratumEstimate:
    """observed: persons seen. alone: the total by its own table; total, low and high: with the strength of the others.

    left_out: lists that hold nobody of the stratum. reason: why it is refused; then there is no number.
    """

    stratum: Stratum
    observed: int
    left_out: tuple[str, ...] = ()
    reason: Reason | None = None
    alone: float | None = None
    total: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Pooled:
    """total and its limits are None as soon as one stratum is refused: a sum would count it as nobody.

    between: the standard deviation of the logarithm of unseen over seen between strata.
    """

    strata: tuple[StratumEstimate, ...]
    between: float | None
    total: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class _Own:
    """What the table of a stratum says by itself: the logarithm of unseen over seen, and its variance."""

    stratum: Stratum
    observed: int
    left_out: tuple[str, ...]
    odds: float
    variance: float


def pool(tables: Mapping[Stratum, OverlapTable], terms: Terms, asked: Asked) -> Pooled:
    """Totals of strata under one model. terms: sets of lists by code; a term with a list that holds nobody here is left out."""
    found = [_alone(stratum, table, terms, asked) for stratum, table in sorted(tables.items())]
    own = [one for one in found if isinstance(one, _Own)]
    refused = [one for one in found if isinstance(one, StratumEstimate)]
    if not own:
        return Pooled(tuple(refused), None, None, None, None)
    odds, variances = np.array([one.odds for one in own]), np.array([one.variance for one in own])
    between = _between(odds, variances)
    mean, of_mean = _mean(odds, variances + between)
    weights = variances / (variances + between)
    shrunk = weights * mean + (1 - weights) * odds
    apart = (1 - weights) * variances
    strata = [_lent(one, shrunk[place], apart[place] + weights[place] ** 2 * of_mean) for place, one in enumerate(own)]
    ordered = tuple(sorted((*strata, *refused), key=lambda one: one.stratum))
    whole = None if refused else _whole(own, shrunk, (apart, weights), of_mean)
    return Pooled(ordered, sqrt(between), *(whole or (None, None, None)))


def _alone(stratum: Stratum, table: OverlapTable, terms: Terms, asked: Asked) -> _Own | StratumEstimate:
    empty = tuple(code for place, code in enumerate(table.lists) if not table.on_list(place).any())
    kept = table.omit(empty).ordered()
    try:
        check(kept)
    except BadTableError as error:
        return StratumEstimate(stratum, table.observed, empty, reasons.no_table(error))
    if kept.seen_twice < asked.thresholds.fewest_seen_twice:
        return StratumEstimate(stratum, table.observed, empty, reasons.few_seen_twice(kept.seen_twice, asked.thresholds))
    lists = len(kept.lists)
    model = tuple(sorted(_number(term, kept.lists) for term in terms if term <= set(kept.lists)))
    if refusal_code(model, kept.counts, lists) != EXISTS:
        return StratumEstimate(stratum, table.observed, empty, reasons.no_estimate())
    posed = problem(model, kept.counts, lists)
    coefficients = fit(posed).coefficients
    variance = float(covariance(posed, coefficients)[0, 0, 0])
    return _Own(stratum, table.observed, empty, float(coefficients[0, 0]) - log(kept.observed), variance)


def _number(term: frozenset[str], lists: Sequence[str]) -> int:
    return sum(1 << lists.index(code) for code in term)


def _between(odds: Floats, variances: Floats) -> float:
    """The variance between strata, by the method of moments; zero where they differ no more than chance makes them."""
    weights = 1 / variances
    away = float((weights * (odds - np.average(odds, weights=weights)) ** 2).sum())
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    return max(0.0, (away - (len(odds) - 1)) / scale) if scale > 0 else 0.0


def _mean(odds: Floats, variances: Floats) -> tuple[float, float]:
    """The mean of the strata, and its variance."""
    weights = 1 / variances
    return float(np.average(odds, weights=weights)), float(1 / weights.sum())


def _lent(own: _Own, odds: float, variance: float) -> StratumEstimate:
    unseen = own.observed * exp(odds)
    # Who was not seen is a number of persons: a Poisson draw around what the model expects.
    reach = NORMAL_975 * sqrt(variance + 1 / unseen)
    return StratumEstimate(
        own.stratum,
        own.observed,
        own.left_out,
        None,
        own.observed * (1 + exp(own.odds)),
        own.observed + unseen,
        own.observed + unseen * exp(-reach),
        own.observed + unseen * exp(reach),
    )


def _whole(own: Sequence[_Own], odds: Floats, variances: tuple[Floats, Floats], of_mean: float) -> tuple[float, float, float]:
    """The total of all strata with its limits: what they share of the mean does not average out."""
    apart, weights = variances
    unseen = np.array([one.observed for one in own]) * np.exp(odds)
    total = float(unseen.sum())
    variance = float((unseen**2 * apart).sum()) + float((unseen * weights).sum()) ** 2 * of_mean + total
    reach = NORMAL_975 * sqrt(variance) / total
    observed = sum(one.observed for one in own)
    return observed + total, observed + total * exp(-reach), observed + total * exp(reach)
