"""Noise against the formula of its distribution, and the guarantee that follows from it."""

from collections import Counter
from fractions import Fraction
from math import exp

import pytest
from scipy.stats import chisquare

from reports.disclosure.synthetic.laplace import noise, noisy

DRAWS = 20_000


def expected(scale: float, value: int) -> float:
    """Canonne, Kamath and Steinke (2020), definition 15."""
    ratio = exp(-1 / scale)
    return (1 - ratio) / (1 + ratio) * exp(-abs(value) / scale)


@pytest.mark.parametrize("scale", [Fraction(1, 2), Fraction(1), Fraction(7, 3), Fraction(4)])
def test_draws_are_distributed_as_the_formula_says(scale: Fraction) -> None:
    found = Counter(noise(scale) for _ in range(DRAWS))
    inner = range(-int(4 * scale) - 1, int(4 * scale) + 2)
    observed = [found[value] for value in inner]
    chances = [expected(float(scale), value) for value in inner]
    outside = DRAWS - sum(observed)
    result = chisquare([*observed, outside], [DRAWS * chance for chance in (*chances, 1 - sum(chances))])
    assert result.pvalue > 1e-6


@pytest.mark.parametrize("epsilon", [0.25, 1.0, 2.0])
def test_one_person_more_changes_the_chance_of_any_answer_by_at_most_epsilon(epsilon: float) -> None:
    for answer in range(-60, 61):
        assert expected(1 / epsilon, answer) <= exp(epsilon) * expected(1 / epsilon, answer - 1) * (1 + 1e-9)


def test_every_cell_gets_noise_of_its_own_and_none_falls_below_nothing() -> None:
    cells = dict.fromkeys(range(400), 0)
    found = noisy(cells, Fraction(1, 4))
    assert found.keys() == cells.keys()
    assert min(found.values()) == 0
    assert len(set(found.values())) > 5
