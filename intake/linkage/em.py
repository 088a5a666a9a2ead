"""Weights without labels: expectation maximisation over the candidate pairs of one file. It decides nothing."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from intake.linkage.columns import CODE, Compared
from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import QUARTERS, Parameters, Weight, Weights, chance, prior

# Two: further rounds take ever more look-alikes for one person, since fields of one family are not independent.
ROUNDS = 2
# Pairs that a level is taken to have been seen in beforehand, in the proportions of the weights it begins with.
FIRMNESS = 100.0


def estimate(compared: Compared, start: Parameters, *, rounds: int = ROUNDS, firmness: float = FIRMNESS) -> Parameters:
    """Weights under which the candidate pairs are most likely a mixture of one person's and two persons' pairs.

    Arguments: all candidate pairs of one set of reports; start, weights to begin with, whose rarity parts stay as they are;
    rounds, more where fields are independent; firmness, as FIRMNESS.
    Returns: start with other weights, such that prior + evidence is the logarithm of the odds among the candidates; without
    pairs it is start. Errors: none. Source: Winkler (1988), expectation maximisation for the Fellegi-Sunter model with fields
    independent given the class; frequencies enter as in Fellegi and Sunter's second method.
    """
    if not len(compared.levels[Field.SEX]):
        return start
    found = start
    for _ in range(rounds):
        weights = found.prior + sum(found.by_field(compared).values())
        found = _maximised(compared, chance(np.asarray(weights)), start, firmness)
    return found


def _maximised(compared: Compared, same: Weights, start: Parameters, firmness: float) -> Parameters:
    """New weights from who is taken to be one person; what the prior misses of the candidates' odds goes to the fields."""
    share = float(np.clip(same.mean(), 1e-6, 1 - 1e-6))
    fields = {field: _levels(compared, field, same, (levels, firmness)) for field, levels in start.weights.items()}
    shift = float(np.log2(share / (1 - share))) - prior(start.register_size)
    return replace(start, weights=fields, shift=shift)


def _levels(
    compared: Compared, field: Field, same: Weights, start: tuple[Mapping[Level, Weight], float]
) -> dict[Level, Weight]:
    levels, firmness = start
    codes, rarities = compared.levels[field], compared.rarities[field]
    known = codes != CODE[Level.MISSING]
    matches, others = same[known].sum() + firmness, (1 - same[known]).sum() + firmness
    found = {}
    for level, weight in levels.items():
        holds = codes == CODE[level]
        mean = float(rarities[holds].mean()) / QUARTERS if holds.any() else 0.0
        seen = 2.0 ** (weight.base + weight.per_bit * mean)
        m = (same[holds].sum() + firmness * seen / (1 + seen)) / matches
        u = ((1 - same)[holds].sum() + firmness / (1 + seen)) / others
        found[level] = Weight(float(np.log2(m / u)) - weight.per_bit * mean, weight.per_bit)
    return found
