"""Geometry of the charts: nothing falls outside, stacks add up, neighbours can be told apart."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.bars import grouped, multiples, stacked
from reports.charts.drawing import FILLS, LEFT, WIDTH, Drawing, Series, nice_top

Draw = Callable[[Sequence[Series], Sequence[str]], Drawing]
SERIES = (Series("unknown", (210, 0)), Series("AU", (257, 209)), Series("GO-SU", (290, 297)))
COLUMNS = ("2015", "2016")

values = st.lists(st.integers(min_value=0, max_value=100_000), min_size=3, max_size=3).map(tuple)
tables = st.lists(st.builds(Series, st.text(max_size=60), values), max_size=14)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_neighbours_differ_by_three_to_one() -> None:
    assert all(contrast(one.base, other.base) >= 3 for one, other in pairwise(FILLS))


def test_hatches_stand_out_from_their_base_and_every_fill_is_its_own() -> None:
    assert all(contrast(fill.base, fill.ink) >= 3 for fill in FILLS if fill.hatch)
    assert len(set(FILLS)) == len(FILLS)


def test_stack_has_the_first_series_on_top_and_its_total_above() -> None:
    drawing = stacked(SERIES, COLUMNS)
    column = sorted((bar for bar in drawing.bars if bar.column == "2015"), key=lambda bar: bar.y)
    assert [bar.series for bar in column] == ["unknown", "AU", "GO-SU"]
    assert all(upper.y + upper.height == lower.y for upper, lower in pairwise(column))
    assert 757 in [label.number for label in drawing.labels if label.strong]


def test_series_of_zero_draws_no_bar_in_a_stack_and_keeps_its_place_in_the_legend() -> None:
    drawing = stacked(SERIES, COLUMNS)
    assert {bar.series for bar in drawing.bars if bar.column == "2016"} == {"AU", "GO-SU"}
    assert [name for _, name in drawing.legend] == ["unknown", "AU", "GO-SU"]


def test_overlapping_rows_stand_side_by_side_each_with_its_number() -> None:
    drawing = grouped(SERIES, COLUMNS)
    first = sorted((bar for bar in drawing.bars if bar.column == "2015"), key=lambda bar: bar.x)
    assert all(left.x + left.width <= right.x for left, right in pairwise(first))
    assert {bar.value for bar in drawing.bars} <= {label.number for label in drawing.labels}


def test_panels_carry_their_own_names_and_numbers() -> None:
    drawing = multiples(SERIES, COLUMNS)
    assert drawing.legend == ()
    assert {one.label for one in SERIES} <= {label.text for label in drawing.labels}
    assert len([label for label in drawing.labels if label.number is not None]) == 6


def test_long_name_of_a_panel_is_broken_into_lines() -> None:
    texts = [label.text for label in multiples([Series("a word and then " * 5, (1, 2))], COLUMNS).labels if label.strong]
    assert len(texts) > 1


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (4, 4), (5, 8), (9, 20), (668, 800), (1334, 2000), (2001, 4000)])
def test_top_of_the_scale_is_round_and_divides_in_four(highest: int, top: int) -> None:
    assert nice_top(highest) == top
    assert top % 4 == 0


@pytest.mark.parametrize("draw", [stacked, grouped, multiples])
@given(found=tables)
def test_nothing_is_drawn_outside_the_picture(draw: Draw, found: list[Series]) -> None:
    drawing = draw(found, ("2015", "2016", "2017"))
    for bar in drawing.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= 0
        assert bar.y + bar.height <= drawing.height
    for label in drawing.labels:
        assert 0 <= label.y <= drawing.height
        assert 0 <= label.x <= WIDTH


@pytest.mark.parametrize("draw", [stacked, grouped, multiples])
def test_chart_of_nothing_is_empty(draw: Draw) -> None:
    drawing = draw((), ())
    assert drawing.bars == ()
    assert drawing.height > 0
    assert LEFT < WIDTH


@pytest.mark.parametrize("draw", [grouped, multiples])
def test_numbers_that_have_no_room_are_all_left_out(draw: Draw) -> None:
    series = [Series(str(number), tuple(range(1000, 1040))) for number in range(3)]
    drawing = draw(series, [str(year) for year in range(2000, 2040)])
    assert not [label for label in drawing.labels if label.small and label.number is not None]
