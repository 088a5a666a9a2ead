"""How surely a single term is needed: the tests that stepwise searches go by."""

from math import sqrt

import numpy as np
from scipy.special import gammainc, gammaincc, ndtr

from reports.estimation.histories import Counts
from reports.estimation.loglinear import covariance, expected, fit, sums_over_supersets
from reports.estimation.models import Model, empty_terms, problem


def wald_level(model: Model, counts: Counts, lists: int) -> float:
    """The two-sided level of the model's last term: its coefficient over its standard error; 1 where it is unbounded."""
    term = model[-1]
    if empty_terms(counts)[term]:
        return 1.0
    asked = problem(model, counts, lists)
    place = list(asked.terms[0]).index(term)
    coefficients = fit(asked).coefficients
    error = sqrt(covariance(asked, coefficients)[0, place, place])
    return float(2 * ndtr(-abs(coefficients[0, place]) / error))


def unlikely_overlaps(model: Model, terms: Model, counts: Counts, lists: int) -> list[tuple[float, int]]:
    """Each term with the Poisson tail probability of its overlap, from the least likely up.

    The overlap is how many persons are on all lists of the term; its mean is that under the model, and the tail is the
    one it lies in. The rule gives the published models of Chan, Silverman and Vincent (2021) on all five tables.
    """
    asked = problem(model, counts, lists)
    means = expected(asked.terms, fit(asked).coefficients, counts.size) * asked.cells
    mean, overlap = sums_over_supersets(means)[0][list(terms)], sums_over_supersets(counts)[list(terms)]
    at_most = gammaincc(overlap + 1, mean)
    at_least = np.where(overlap > 0, gammainc(np.maximum(overlap, 1), mean), 1.0)
    return sorted(zip(np.minimum(at_most, at_least).tolist(), terms, strict=True))
