"""Whole-number noise by the discrete Laplace distribution, drawn exactly: no floating point, so no gap between them to attack.

Canonne, Kamath and Steinke (2020), The discrete Gaussian for differential privacy, algorithms 1 and 2: P(x) is proportional to
exp(-|x| / t). A count changes by one with one record, so noise with t = 1 / epsilon makes it epsilon-differentially private
(Ghosh, Roughgarden and Sundararajan, 2009). Of several tables over the same records the epsilons add up.
"""

from collections.abc import Mapping
from fractions import Fraction
from secrets import SystemRandom
from typing import TypeVar

Place = TypeVar("Place")
_random = SystemRandom()


def noise(scale: Fraction) -> int:
    """One draw with this t above 0. Standard deviation about 1.41 t."""
    while True:
        below = _random.randrange(scale.numerator)
        if not _happens_exp(Fraction(below, scale.numerator)):
            continue
        whole = 0
        while _happens_exp(Fraction(1)):
            whole += 1
        size = (below + scale.numerator * whole) // scale.denominator
        negative = bool(_random.randrange(2))
        if not (negative and size == 0):
            return -size if negative else size


def noisy(counts: Mapping[Place, int], epsilon: Fraction) -> dict[Place, int]:
    """Every cell of one table whose cells share no record; also those that count nothing must be given. None falls below 0."""
    return {place: max(0, count + noise(1 / epsilon)) for place, count in counts.items()}


def _happens_exp(rate: Fraction) -> bool:
    """True with probability exp(-rate), for a rate from 0 to 1: von Neumann's series, which needs fractions alone."""
    tries = 1
    while _happens(rate / tries):
        tries += 1
    return tries % 2 == 1


def _happens(chance: Fraction) -> bool:
    return _random.randrange(chance.denominator) < chance.numerator
