"""Geometry of the charts: nothing falls outside, stacks add up, neighbours can be told apart."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.bars import PANEL_PLOT, grouped, multiples, stacked
from reports.charts.drawing import FILLS, LEFT, STROKES, WIDTH, Drawing, Series, nice_top
from reports.charts.lines import lines
from reports.charts.regions import MOST_COLUMNS, MOST_ROWS, regions
from reports.charts.sheet import PAGE_WIDTH, sheet

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


@pytest.mark.parametrize(("number", "drawn"), [(100, True), (101, False)])
def test_unknown_that_are_far_more_than_any_other_are_numbers_and_take_no_room_from_the_bars(number: int, drawn: bool) -> None:
    drawing = multiples((Series("AU", (50, 20)), Series("unknown", (number, 3), unknown=True)), COLUMNS)
    assert {bar.series for bar in drawing.bars} == ({"AU", "unknown"} if drawn else {"AU"})
    assert {number, 3, 50, 20} <= {label.number for label in drawing.labels}
    assert max(bar.height for bar in drawing.bars) == PANEL_PLOT


def test_unknown_without_room_for_their_numbers_keep_their_bars() -> None:
    columns = [str(year) for year in range(2000, 2040)]
    drawing = multiples((Series("AU", (50,) * 40), Series("unknown", (9000,) * 40, unknown=True)), columns)
    assert {bar.series for bar in drawing.bars} == {"AU", "unknown"}


def test_long_name_of_a_panel_is_broken_into_lines() -> None:
    texts = [label.text for label in multiples([Series("a word and then " * 5, (1, 2))], COLUMNS).labels if label.strong]
    assert len(texts) > 1


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (4, 4), (5, 8), (9, 20), (668, 800), (1334, 2000), (2001, 4000)])
def test_top_of_the_scale_is_round_and_divides_in_four(highest: int, top: int) -> None:
    assert nice_top(highest) == top
    assert top % 4 == 0


@pytest.mark.parametrize("draw", [stacked, grouped, multiples, lines, regions])
@given(found=tables)
def test_nothing_is_drawn_outside_the_picture(draw: Draw, found: list[Series]) -> None:
    drawing = draw(found, ("2015", "2016", "2017"))
    for bar in drawing.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= 0
        assert bar.y + bar.height <= drawing.height
    for point in (point for curve in drawing.curves for point in curve.points):
        assert 0 <= point.x <= WIDTH
        assert 0 <= point.y <= drawing.height
    for label in drawing.labels:
        assert 0 <= label.y <= drawing.height
        assert 0 <= label.x <= WIDTH


@pytest.mark.parametrize("draw", [stacked, grouped, multiples, lines, regions])
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


def test_lines_differ_by_dash_and_marker_and_stand_out_from_the_page() -> None:
    assert len({stroke.dash for stroke in STROKES}) == len({stroke.marker for stroke in STROKES}) == len(STROKES)
    assert all(contrast(stroke.colour, "#ffffff") >= 4.5 for stroke in STROKES)


def test_line_goes_through_its_numbers_from_left_to_right() -> None:
    drawing = lines(SERIES, COLUMNS)
    assert [[point.value for point in curve.points] for curve in drawing.curves] == [[210, 0], [257, 209], [290, 297]]
    assert all(before.x < after.x for curve in drawing.curves for before, after in pairwise(curve.points))
    assert {label.number for label in drawing.labels if label.small} >= {210, 290, 0, 297}


def test_numbers_of_lines_that_nearly_meet_do_not_stand_on_each_other() -> None:
    close = (Series("one", (100, 100)), Series("other", (99, 100)), Series("third", (1, 0)))
    by_place: dict[int, list[int]] = {}
    for label in lines(close, COLUMNS).labels:
        if label.small:
            by_place.setdefault(label.x, []).append(label.y)
    assert by_place
    assert all(lower - upper >= 12 for heights in by_place.values() for upper, lower in pairwise(sorted(heights)))


def test_one_column_has_no_course_and_is_drawn_as_bars() -> None:
    drawing = lines((Series("AU", (257,)),), ("2015",))
    assert drawing.curves == ()
    assert [bar.value for bar in drawing.bars] == [257]


def test_largest_region_comes_first_and_the_unknown_are_a_number_below_that_takes_no_room_from_the_bars() -> None:
    known, unknown = (Series("Limburg", (5,)), Series("Rotterdam", (50,))), Series("unknown", (900,), unknown=True)
    found = regions((unknown, *known), ("2019",))
    assert [bar.series for bar in sorted(found.bars, key=lambda bar: bar.y)] == ["Rotterdam", "Limburg"]
    below = max(bar.y + bar.height for bar in found.bars)
    assert [label.number for label in found.labels if label.y > below and label.number is not None] == [900]
    assert [bar.width for bar in found.bars] == [bar.width for bar in regions(known, ("2019",)).bars]


def test_unknown_stand_in_the_chart_of_more_regions_than_it_has() -> None:
    many = [Series(str(number), (number,)) for number in range(MOST_ROWS + 9)]
    found = regions((*many, Series("unknown", (900,), unknown=True)), ("2019",))
    assert len(found.bars) == MOST_ROWS
    assert 900 in [label.number for label in found.labels]


def test_regional_chart_shows_the_latest_columns_and_the_largest_rows_with_a_number_at_each_bar() -> None:
    years = [str(year) for year in range(2010, 2030)]
    found = regions([Series(str(number), tuple([number] * 20)) for number in range(40)], years)
    assert {bar.column for bar in found.bars} == set(years[-MOST_COLUMNS:])
    assert {bar.series for bar in found.bars} == {str(number) for number in range(40 - MOST_ROWS, 40)}
    assert len([label for label in found.labels if label.number is not None]) == len(found.bars)


def test_sheet_has_room_for_every_line_and_key() -> None:
    drawing = stacked([Series("a name of a row " * 3, (1, 2)) for _ in range(7)], COLUMNS)
    found = sheet(drawing, heading="heading " * 20, texts=("text " * 60,), notes=("note " * 90,))
    assert max(label.y for label in (*found.headings, *found.texts)) < min(entry.y for entry in found.legend)
    assert max(entry.y for entry in found.legend) + 18 <= found.top
    assert found.top + drawing.height < min(label.y for label in found.notes)
    assert max(label.y for label in found.notes) < found.height
    assert len(found.legend) == 7
    assert all(0 < entry.x < PAGE_WIDTH for entry in found.legend)
