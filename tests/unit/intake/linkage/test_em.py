"""Weights without labels: m and u that are known are found from the candidate pairs alone."""

from dataclasses import replace
from math import log2

import numpy as np
import pytest

from intake.linkage import em
from intake.linkage.columns import Columns
from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import Weight, chance, shipped
from tests.compared_levels import CHANCES, drawn

START = shipped("by-hand").of_size(5_000)


@pytest.fixture(scope="module")
def known():
    compared, same = drawn(60_000, 0.15, seed=11)
    return compared, same, em.estimate(compared, START, rounds=25, firmness=5.0)


def test_known_weights_are_found_without_a_label(known):
    _, _, found = known
    for field, chances in CHANCES.items():
        for level, (m, u) in chances.items():
            assert found.weights[field][level].base == pytest.approx(log2(m / u), abs=0.25)


def test_prior_and_evidence_are_the_odds_among_the_candidates(known):
    compared, same, found = known
    chances = chance(np.asarray(found.prior + sum(found.by_field(compared).values())))
    assert chances.mean() == pytest.approx(0.15, abs=0.01)
    assert ((chances > 0.5) == same).mean() > 0.985


def test_levels_that_never_occur_keep_about_the_weights_they_began_with(known):
    _, _, found = known
    begun = START.weights[Field.BSN]
    assert all(found.weights[Field.BSN][level].base == pytest.approx(weight.base, abs=0.6) for level, weight in begun.items())


def test_evidence_of_rarity_stays():
    levels = {Level.SAME: Weight(0.5, 0.8), Level.DIFFERENT: Weight(-4.0)}
    start = replace(START, weights=dict(START.weights) | {Field.FAMILY_NAME: levels})
    found = em.estimate(drawn(5_000, 0.2, seed=12)[0], start)
    assert found.weights[Field.FAMILY_NAME][Level.SAME].per_bit == 0.8


def test_without_pairs_nothing_is_learnt():
    nothing = Columns().frozen().compare(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    assert em.estimate(nothing, START) == START


@pytest.mark.parametrize("pairs", [3, 50, 400])
def test_weights_of_what_few_pairs_show_stay_in_reach_of_where_they_began(pairs):
    found = em.estimate(drawn(pairs, 0.5, seed=13)[0], START)
    for field in CHANCES:
        assert all(abs(found.weights[field][level].base - weight.base) < 10 for level, weight in START.weights[field].items())
