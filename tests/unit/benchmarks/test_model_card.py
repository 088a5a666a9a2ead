"""The model card in docs/ is that of the weights that are shipped."""

import pytest

from benchmarks.model_card import CARD, INTRODUCTION
from intake.linkage.fellegi_sunter import shipped


def test_card_says_the_version_and_the_bounds_that_are_shipped() -> None:
    assert CARD.read_text(encoding="utf-8").startswith(INTRODUCTION.format(**vars(shipped())))


def test_card_has_every_weight_that_is_shipped_and_no_other() -> None:
    """The card is written before the weights are rounded for their file, so the last figure may be one off."""
    _, _, table = CARD.read_text(encoding="utf-8").partition(
        "| field | level | weight | per bit |\n| --- | --- | --- | --- |\n"
    )
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    told = {(field, level): (float(weight), float(per_bit)) for field, level, weight, per_bit in rows}
    weights = {
        (field.value, level.value): (weight.base, weight.per_bit)
        for field, levels in shipped().weights.items()
        for level, weight in levels.items()
    }
    assert told.keys() == weights.keys()
    for place, (base, per_bit) in weights.items():
        assert told[place] == (pytest.approx(base, abs=0.051), pytest.approx(per_bit, abs=0.0051)), place
