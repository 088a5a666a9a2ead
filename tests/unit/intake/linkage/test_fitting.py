"""Weights from decisions: known ones are found again, few decisions change little, and both kinds are needed."""

from dataclasses import replace
from math import log2

import numpy as np
import pytest

from intake.linkage import fitting
from intake.linkage.columns import CODE, Compared
from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import Parameters, Weight, chance, prior, shipped
from tests.compared_levels import CHANCES, drawn

START = replace(
    shipped("by-hand"),
    shift=0.0,
    register_size=1_000,
    weights={field: {level: Weight(0.0) for level in levels} for field, levels in CHANCES.items()},
)


def differences(found: Parameters, field: Field) -> dict[tuple[Level, Level], float]:
    """A constant may go from one field to the next; what two levels of a field differ by may not."""
    levels = list(found.weights[field])
    return {
        (one, other): found.weights[field][one].base - found.weights[field][other].base for one in levels for other in levels
    }


def test_known_weights_are_found_again():
    compared, same = drawn(60_000, 0.4, seed=1, missing=0)
    found = fitting.fit(compared, same, START)
    for field, chances in CHANCES.items():
        true = {level: log2(m / u) for level, (m, u) in chances.items()}
        for (one, other), difference in differences(found, field).items():
            assert difference == pytest.approx(true[one] - true[other], abs=0.6)


def test_fitted_chances_are_the_shares_that_are_one_person():
    compared, same = drawn(40_000, 0.3, seed=2)
    found = fitting.fit(compared, same, START)
    chances = chance(np.asarray(found.prior + sum(found.by_field(compared).values())))
    assert chances.mean() == pytest.approx(same.mean(), abs=0.005)
    doubtful = (chances > 0.3) & (chances < 0.7)
    assert same[doubtful].mean() == pytest.approx(chances[doubtful].mean(), abs=0.05)


def test_weight_of_rarity_is_found_again():
    draw = np.random.default_rng(3)
    rarity = draw.integers(0, 60, 60_000).astype(np.uint8)
    odds = np.exp2(-3 + 0.6 * rarity / 4)
    same = draw.random(len(rarity)) < odds / (1 + odds)
    codes = {field: np.full(len(rarity), CODE[Level.MISSING], dtype=np.uint8) for field in Field}
    codes[Field.FAMILY_NAME][:] = CODE[Level.SAME]
    compared = Compared(codes, {field: rarity for field in Field})
    start = replace(START, weights={Field.FAMILY_NAME: {Level.SAME: Weight(0.0, 0.3)}})
    found = fitting.fit(compared, same, start)
    assert found.weights[Field.FAMILY_NAME][Level.SAME].per_bit == pytest.approx(0.6, abs=0.03)


@pytest.mark.parametrize("answer", [True, False])
def test_decisions_of_one_kind_are_refused(answer):
    compared, same = drawn(50, 0.5, seed=4)
    with pytest.raises(ValueError, match="both kinds"):
        fitting.fit(compared, np.full(len(same), answer), START)


def test_two_decisions_change_little_and_thousands_more():
    few, many = (fitting.fit(*drawn(pairs, 0.5, seed=6), shipped("by-hand")) for pairs in (4, 4_000))
    moved = [
        max(
            abs(weight.base - shipped("by-hand").weights[field][level].base)
            for field, levels in found.weights.items()
            for level, weight in levels.items()
        )
        for found in (few, many)
    ]
    assert moved[0] < 1.5 < 2 < moved[1]


def test_bounds_version_and_size_stay():
    found = fitting.fit(*drawn(500, 0.5, seed=7), shipped())
    assert replace(found, weights=shipped().weights, shift=shipped().shift) == shipped()


def test_levels_that_no_decision_shows_keep_their_weights():
    found = fitting.fit(*drawn(2_000, 0.5, seed=8), shipped())
    assert found.weights[Field.BSN] == shipped().weights[Field.BSN]


def test_pair_that_stands_for_many_counts_as_many():
    compared, same = drawn(3_000, 0.5, seed=9)
    twice = Compared(*({field: np.tile(by[field], 2) for field in Field} for by in (compared.levels, compared.rarities)))
    weighed = fitting.fit(compared, same, START, np.full(len(same), 2.0))
    repeated = fitting.fit(twice, np.tile(same, 2), START)
    assert weighed.shift == pytest.approx(repeated.shift, abs=1e-4)


def test_prior_of_the_size_is_not_learnt_twice():
    small, large = (fitting.fit(*drawn(20_000, 0.3, seed=10), replace(START, register_size=size)) for size in (1_000, 4_000))
    assert small.prior == pytest.approx(large.prior, abs=0.4)
    assert large.shift - small.shift == pytest.approx(prior(1_000) - prior(4_000), abs=0.4)
