"""How useful an answer is: surest where the weight says one half, greater where more of the figures hangs on it."""

import pytest

from intake.matching.usefulness import CAUTIOUS, Size, impact, probability, uncertainty


def size(contributions: int, *years: int) -> Size:
    return Size(contributions, frozenset(years))


@pytest.mark.parametrize(("weight", "likely"), [(0.0, 0.5), (1.0, 2 / 3), (-1.0, 1 / 3), (10.0, 1024 / 1025)])
def test_weight_in_bits_is_odds_to_the_base_two(weight: float, likely: float) -> None:
    assert probability(weight) == pytest.approx(likely)


@pytest.mark.parametrize("weight", [5000.0, -5000.0])
def test_weight_beyond_all_measure_is_certain_and_no_error(weight: float) -> None:
    assert uncertainty(weight, cautious=False) == pytest.approx(0.0)


def test_uncertainty_is_greatest_at_one_half_and_the_same_on_both_sides() -> None:
    steps = [uncertainty(weight, cautious=False) for weight in (0.0, 1.0, 3.0, 9.0)]
    assert steps[0] == 1.0
    assert steps == sorted(steps, reverse=True)
    assert uncertainty(-3.0, cautious=False) == pytest.approx(steps[2])


def test_caution_keeps_a_heavy_weight_from_being_sure() -> None:
    assert uncertainty(12.0, cautious=True) == CAUTIOUS
    assert uncertainty(0.0, cautious=True) == 1.0


def test_each_year_that_both_have_counts() -> None:
    assert impact(size(1, 2018), size(1, 2019)) == 1.0
    assert impact(size(1, 2019), size(1, 2019)) == 2.0
    assert impact(size(2, 2018, 2019), size(2, 2018, 2019)) == 6.0


def test_much_reported_person_does_not_push_out_everybody_else() -> None:
    assert impact(size(400, 2019), size(1, 2019)) == 40.0
