"""Weights from m and u: right by the formula, complete over the levels, and refused where they are no chances."""

from math import isclose, log2

import pytest

from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import FROZEN, prior, weight


def test_weight_is_the_logarithm_of_the_likelihood_ratio():
    assert isclose(weight((0.9, 0.01)), log2(90))


@pytest.mark.parametrize("chances", [(0, 0.5), (0.5, 0), (1.1, 0.5), (0.5, -0.1)])
def test_what_is_no_chance_is_refused(chances):
    with pytest.raises(ValueError, match="above 0"):
        weight(chances)


def test_prior_shifts_by_the_logarithm_of_the_size():
    assert isclose(prior(20_000), prior(5_000) - 2)
    assert isclose(FROZEN.for_register(40_000).prior, FROZEN.prior - 2)
    with pytest.raises(ValueError, match="at least one"):
        prior(0)


def test_other_size_is_another_version():
    assert FROZEN.for_register(40_000).version != FROZEN.version


def test_missing_has_no_weight_anywhere():
    assert all(Level.MISSING not in levels for levels in FROZEN.chances.values())


def test_agreement_weighs_more_than_disagreement_in_every_field():
    for field in set(Field) - {Field.ALIAS}:
        assert FROZEN.weights[field, Level.SAME] > 0 > FROZEN.weights[field, Level.DIFFERENT]


def test_equal_rare_names_say_more_than_equal_common_names():
    for field in (Field.FAMILY_NAME, Field.GIVEN_NAME):
        by_commonness = [FROZEN.weights[field, level] for level in (Level.SAME, Level.SAME_COMMON, Level.SAME_VERY_COMMON)]
        assert by_commonness == sorted(by_commonness, reverse=True)
