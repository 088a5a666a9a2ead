"""Weights by level and rarity, the prior, and the parameters that come with the software."""

import json
from dataclasses import replace
from math import isclose

import numpy as np
import pytest

from intake.linkage.columns import CODE, Compared
from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import FOLDER, SMALLEST, Weight, chance, doubled, from_json, prior, shipped, to_json

VERSIONS = sorted(path.stem for path in FOLDER.glob("*.json"))


def compared(level: Level, rarity: int) -> Compared:
    return Compared(
        {field: np.array([CODE[level]], dtype=np.uint8) for field in Field},
        {field: np.array([rarity], dtype=np.uint8) for field in Field},
    )


def test_prior_shifts_by_the_logarithm_of_the_size():
    assert isclose(prior(20_000), prior(5_000) - 2)
    assert isclose(shipped().of_size(40_000).prior, shipped().of_size(10_000).prior - 2)
    with pytest.raises(ValueError, match="at least one"):
        prior(0)


def test_size_can_be_changed_after_the_weights_were_used():
    used = replace(shipped())
    assert used.prior < 0 < len(used.tables)
    assert used.of_size(40_000).register_size == 40_000


def test_handful_of_reports_has_the_prior_of_the_smallest_register():
    assert shipped().of_size(0) == shipped().of_size(23) == shipped().of_size(SMALLEST)


def test_register_doubles_to_the_nearest_and_never_below_the_size_of_the_fit():
    size = shipped().register_size
    sizes = (0, 1, size, 1.4 * size, 1.5 * size, 2 * size, 2.8 * size, 2.9 * size, 1_000_000)
    assert [shipped().doublings(int(reports)) for reports in sizes] == [0, 0, 0, 0, 1, 1, 1, 2, 7]


def test_each_doubling_asks_for_one_bit_more_and_is_told_in_the_name():
    assert doubled(0) == shipped()
    assert doubled(7).version == f"{shipped().version}+7"
    assert isclose(doubled(7).prior, shipped().prior - 7)
    assert (doubled(7).weights, doubled(7).upper) == (shipped().weights, shipped().upper)


def test_chance_of_a_weight_is_its_odds():
    assert chance(np.array([0.0, 1.0, -1.0])).tolist() == pytest.approx([1 / 2, 2 / 3, 1 / 3])
    assert chance(np.array([1e9, -1e9])).tolist() == pytest.approx([1, 0])


def test_evidence_is_base_and_rarity_in_bits():
    known = replace(shipped(), weights={Field.FAMILY_NAME: {Level.SAME: Weight(1.5, 0.5)}})
    found = known.by_field(compared(Level.SAME, 40))
    assert found[Field.FAMILY_NAME].tolist() == [1.5 + 0.5 * 10]
    assert found[Field.SEX].tolist() == [0]


@pytest.mark.parametrize("version", VERSIONS)
def test_missing_has_no_weight_anywhere(version):
    assert all(Level.MISSING not in levels for levels in shipped(version).weights.values())
    assert all(weights.tolist() == [0] for weights in shipped(version).by_field(compared(Level.MISSING, 0)).values())


@pytest.mark.parametrize("version", VERSIONS)
def test_agreement_weighs_more_than_disagreement_in_every_field(version):
    found = shipped(version).weights
    for field in set(Field) - {Field.ALIAS}:
        rare = found[field][Level.SAME].base + found[field][Level.SAME].per_bit * 10
        assert rare > 0 > found[field][Level.DIFFERENT].base


@pytest.mark.parametrize("version", VERSIONS)
def test_equal_rare_names_say_more_than_equal_common_names(version):
    for field in (Field.FAMILY_NAME, Field.GIVEN_NAME, Field.ALIAS, Field.NATIONALITY, Field.PLACE):
        assert shipped(version).weights[field][Level.SAME].per_bit > 0


@pytest.mark.parametrize("version", VERSIONS)
def test_shipped_parameters_say_which_they_are_and_have_bounds_in_order(version):
    found = shipped(version)
    assert found.version == version
    assert found.fitted_on
    assert found.lower < found.upper


def test_parameters_survive_being_json():
    written = json.loads(json.dumps(to_json(shipped())))
    assert from_json(written) == shipped()


def test_unknown_version_is_refused():
    with pytest.raises(OSError, match="none"):
        shipped("none")


@pytest.mark.parametrize("change", [{"weights": {"shoe-size": {}}}, {"weights": {"sex": {"bigger": [1, 0]}}}])
def test_unknown_field_or_level_is_refused(change):
    with pytest.raises(ValueError, match="is not a valid"):
        from_json(to_json(shipped()) | change)
