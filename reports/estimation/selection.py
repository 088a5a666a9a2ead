"""The choice of a model: the lowest BIC of all hierarchical models, or step by step. Only models with an estimate count.

AIC = 2p - 2 log L and BIC = p log n - 2 log L, with L the Poisson likelihood, n the persons observed and p all terms of the
model, unbounded ones too (so do the published tables).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import lgamma, log

import numpy as np

from reports.estimation.candidates import Family, Flags, compare, family, passes
from reports.estimation.histories import Counts
from reports.estimation.loglinear import Floats
from reports.estimation.models import Model, addable, base_terms, hierarchical, removable
from reports.estimation.steps import unlikely_overlaps, wald_level

EXHAUSTIVE_BIC, STEPWISE_AIC, STEPWISE_P = "exhaustive-bic", "stepwise-aic", "stepwise-p"
SEARCHES = (EXHAUSTIVE_BIC, STEPWISE_AIC, STEPWISE_P)

# All pairs of six lists: 2^15 models, a few seconds. The next size, seven lists, has two million.
MOST_MODELS = 2**15
# A difference of 10 in BIC is odds of about 150 to 1: models nearer than that cannot be ruled out (Kass and Raftery 1995,
# JASA 90(430):773-795, section 3.2).
NEAR_BEST = 10.0
# The level at which Silverman (2020, JRSS A 183(3):691-736, section 3) keeps a term that AIC proposes.
WALD_LEVEL = 0.05
# The level of Chan, Silverman and Vincent (2021, JASA 116(535):1297-1306) for their published estimates.
STEP_LEVEL = 0.02


@dataclass(frozen=True)
class Search:
    """How a model is searched on a table of k lists: one of SEARCHES, terms up to the order; forced: terms that all have."""

    lists: int
    search: str
    order: int
    forced: Model = ()


class NoModelError(ValueError):
    """No model that was looked at has a finite, identified estimate."""


@dataclass(frozen=True)
class Fitted:
    """One model on one table. total: persons in all, seen and unseen."""

    model: Model
    total: float
    aic: float
    bic: float


@dataclass(frozen=True)
class Chosen:
    """best: by the search. near: within NEAR_BEST of the lowest BIC, by BIC. lowest_aic: of all that were looked at.

    looked_at: how many models were compared; exhaustive: whether they are all of the order.
    """

    best: Fitted
    near: tuple[Fitted, ...]
    lowest_aic: Fitted
    looked_at: int
    exhaustive: bool


def choose(counts: Counts, how: Search) -> Chosen:
    """The model for a table, with those near the lowest BIC. counts: (2^k,). Raises NoModelError."""
    every = every_model(how.lists, how.order, how.forced)
    ranked = Ranked(every or family(_downhill(counts, how), how.lists), counts)
    lowest = ranked.first(ranked.bic)
    near = tuple(ranked.passing(ranked.bic, lowest.bic + NEAR_BEST))
    best = lowest if how.search == EXHAUSTIVE_BIC else walk(counts, how)
    return Chosen(best, near, ranked.first(ranked.aic), len(ranked.asked.models), every is not None)


def best_model(counts: Counts, how: Search) -> Fitted:
    """The best of choose alone, for the many replicates. Raises NoModelError."""
    if how.search != EXHAUSTIVE_BIC:
        return walk(counts, how)
    ranked = Ranked(every_model(how.lists, how.order, how.forced) or family(_downhill(counts, how), how.lists), counts)
    return ranked.first(ranked.bic)


@lru_cache(maxsize=8)
def every_model(lists: int, order: int, forced: Model = ()) -> Family | None:
    """All hierarchical models of the order with the forced terms, or nothing where they are more than MOST_MODELS."""
    having = (model for model in hierarchical(lists, order) if set(forced) <= set(model))
    models = tuple(islice(having, MOST_MODELS + 1))
    return family(models, lists) if len(models) <= MOST_MODELS else None


class Ranked:
    """Models compared on one table, to be read from the best by either criterion. A list without a person has no effect to
    estimate: NoModelError."""

    def __init__(self, asked: Family, counts: Counts) -> None:
        if any(not (counts * held).any() for held in _on_each_list(asked.lists)):
            raise NoModelError
        self.asked, self.counts = asked, counts
        self.compared = compare(asked, counts[None, :])
        observed = counts.sum()
        deviance = -2 * (self.compared.log_likelihood[0] - sum(lgamma(count + 1) for count in counts))
        sizes = len(base_terms(asked.lists)) + asked.members.sum(axis=1)
        self.aic: Floats = deviance + 2 * sizes
        self.bic: Floats = deviance + log(observed) * sizes
        self.totals: Floats = observed + self.compared.unseen[0]

    def first(self, criterion: Floats) -> Fitted:
        for fitted in self.passing(criterion, np.inf):
            return fitted
        raise NoModelError

    def passing(self, criterion: Floats, most: float) -> Iterator[Fitted]:
        """Those with a finite, identified estimate and at most this much, from the lowest up."""
        possible = np.flatnonzero(self.compared.identified[0] & (criterion <= most))
        # Rounded, so that equal models stand in the order of their terms and not in that of the last digit.
        for row in possible[np.argsort(criterion[possible].round(6), kind="stable")]:
            model = self.asked.models[row]
            if passes(model, self.counts, self.asked.lists, bool(self.compared.proven[0, row])):
                yield Fitted(model, float(self.totals[row]), float(self.aic[row]), float(self.bic[row]))


@lru_cache(maxsize=8)
def _on_each_list(lists: int) -> Flags:
    """Whether each list holds each history, shape (k, 2^k)."""
    return (np.arange(2**lists)[None, :] >> np.arange(lists)[:, None] & 1).astype(np.bool_)


def compared_few(models: list[Model], counts: Counts, lists: int) -> Ranked:
    return Ranked(family(models, lists), counts)


def walk(counts: Counts, how: Search) -> Fitted:
    """Terms added one by one to the list effects and forced terms while the search allows it. Raises NoModelError."""
    step = _by_aic if how.search == STEPWISE_AIC else _by_p_value
    here = compared_few([how.forced], counts, how.lists)
    best = here.first(here.bic)
    while (found := step(best, counts, how)) is not None:
        best = found
    return best


def _by_aic(best: Fitted, counts: Counts, how: Search) -> Fitted | None:
    """The term that lowers AIC most, if its Wald test is significant; one without an overlap has no test and ends it."""
    models = [(*best.model, term) for term in addable(best.model, how.lists, how.order)]
    if not models:
        return None
    ranked = compared_few(models, counts, how.lists)
    found = next(ranked.passing(ranked.aic, best.aic), None)
    return found if found and wald_level(found.model, counts, how.lists) < WALD_LEVEL else None


def _by_p_value(best: Fitted, counts: Counts, how: Search) -> Fitted | None:
    """The term whose overlap is least likely under the model so far, of those with an estimate."""
    for level, term in unlikely_overlaps(best.model, addable(best.model, how.lists, how.order), counts, how.lists):
        if level >= STEP_LEVEL:
            return None
        ranked = compared_few([(*best.model, term)], counts, how.lists)
        for found in ranked.passing(ranked.bic, np.inf):
            return found
    return None


def _downhill(counts: Counts, how: Search) -> list[Model]:
    """All models looked at on a walk by BIC that adds or removes one term at a time, until nothing is lower."""
    here = compared_few([how.forced], counts, how.lists)
    best = here.first(here.bic)
    seen: dict[Model, None] = {how.forced: None}
    while True:
        around = [_sorted((*best.model, term)) for term in addable(best.model, how.lists, how.order)]
        loose = set(removable(best.model)) - set(how.forced)
        around += [tuple(one for one in best.model if one != term) for term in sorted(loose)]
        ranked = compared_few(around, counts, how.lists)
        seen |= dict.fromkeys(around)
        found = next(ranked.passing(ranked.bic, best.bic - 1e-6), None)
        if found is None:
            return list(seen)
        best = found


def _sorted(model: Model) -> Model:
    return tuple(sorted(model, key=lambda term: (term.bit_count(), term)))
