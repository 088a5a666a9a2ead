"""The chart of an overlap has a square for each list of a combination; the iceberg stands on what is registered."""

import pytest

from reports.charts.drawing import WIDTH
from reports.charts.overlaps import Combination, Reach, iceberg, overlap

LISTS = [("police", 120), ("KMar", 40), ("FairWork", 0)]
NAMES = ("registered", "at least", "at most")


def test_every_combination_has_its_bar_and_a_square_in_each_of_its_rows() -> None:
    found = [Combination(frozenset({0}), "police", 100), Combination(frozenset({0, 1}), "police, KMar", 20)]
    drawn = overlap(LISTS, found)
    bars = [one for one in drawn.bars if not one.column]
    squares = [(one.series, one.column) for one in drawn.bars if one.column]
    assert [(one.series, one.value) for one in bars] == [("police", 100), ("police, KMar", 20)]
    assert squares == [("police", "police"), ("police", "police, KMar"), ("KMar", "police, KMar")]
    assert bars[0].height == pytest.approx(5 * bars[1].height, abs=3)
    assert {(label.text, label.number) for label in drawn.labels} >= {("police", None), ("", 120), ("", 0)}


def test_overlap_of_nothing_is_drawn() -> None:
    assert overlap(LISTS, []).bars == ()


def test_estimate_stands_on_what_is_registered() -> None:
    drawn = iceberg([Reach("2015", 100, 250, 400, "250 to 400")], NAMES)
    assert [(one.series, one.value) for one in drawn.bars] == [("registered", 100), ("at least", 250), ("at most", 400)]
    lower, middle, upper = drawn.bars
    assert lower.y == middle.y + middle.height
    assert middle.y == upper.y + upper.height
    assert sum(one.height for one in drawn.bars) == pytest.approx(4 * lower.height, abs=3)


def test_refused_year_has_its_registered_number_and_no_estimate() -> None:
    drawn = iceberg([Reach("2018", 100, None, None, "no estimate")], NAMES)
    assert [(one.series, one.value) for one in drawn.bars] == [("registered", 100)]
    assert any(label.text == "no estimate" for label in drawn.labels)


def test_millions_have_room_beside_the_scale() -> None:
    drawn = iceberg([Reach("2015", 100, 1_000_000, 9_000_000, "")], NAMES)
    ticks = [label for label in drawn.labels if label.number is not None]
    assert min(label.x - 8 * len(str(label.number)) for label in ticks) >= -2
    assert all(one.x >= 0 and one.x + one.width <= WIDTH for one in drawn.bars)
