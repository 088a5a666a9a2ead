"""The figure of the chain and the series: what was published, in its order, and nothing that was not."""

from dataclasses import replace
from decimal import Decimal

from reports.aggregates import codes, drawing
from reports.aggregates.chain import chains
from reports.aggregates.contents import Contents, Value
from reports.aggregates.series import series_of
from reports.aggregates.services import read
from reports.charts.drawing import WIDTH
from tests.aggregates import FACTSHEET, LETTER_2019, LETTER_2021, published


def contents(source: str) -> Contents:
    return read(source, published(source))


def test_chain_of_the_factsheet_has_every_phase_with_its_own_numbers() -> None:
    (chain,) = chains(FACTSHEET, contents(FACTSHEET))
    assert (chain.years, chain.unit, chain.forms) == ("2013-2017", "daders", ("bl-su", "bl-ubs", "go-su", "go-ubs"))
    assert [step.phase for step in chain.steps] == list(codes.phases_of(FACTSHEET).codes)
    assert [step.number.low if step.number else "none" for step in chain.steps] == [None, None, 200, 170, 120, 105, None, None]
    assert [step.passed.low for step in chain.steps if step.passed] == [70, 70, 90]
    assert [len(step.shares) for step in chain.steps] == [4, 0, 4, 4, 4, 4, 0, 0]
    assert [len(step.other) for step in chain.steps] == [0, 0, 1, 1, 0, 1, 0, 0]


def test_chain_shows_every_value_of_its_period_once_and_no_other() -> None:
    found = contents(FACTSHEET)
    (chain,) = chains(FACTSHEET, found)
    shown = [value.cell for value in chain.values]
    assert len(shown) == len(set(shown))
    assert set(shown) == {value.cell for value in found.values if value.period == "2013-2017"}


def test_documents_without_a_number_for_three_phases_have_no_such_figure() -> None:
    assert chains(LETTER_2019, contents(LETTER_2019)) == ()
    assert chains(LETTER_2021, contents(LETTER_2021)) == ()


def test_year_that_was_not_published_stays_empty_in_its_series() -> None:
    found = series_of(LETTER_2021, contents(LETTER_2021))
    assert found.years == (2015, 2016, 2017, 2018, 2019)
    assert [[value and value.low for value in one.values] for one in found.series] == [
        [None, 285, None, None, 170],
        [553, None, None, None, 652],
    ]


def test_values_over_several_years_are_no_point_of_a_series() -> None:
    assert all(value.period != "2015-2019" for value in series_of(LETTER_2021, contents(LETTER_2021)).values)
    assert series_of("om", Contents((), ())).series == ()


def test_break_is_of_the_value_with_which_a_series_begins_anew() -> None:
    found = contents(FACTSHEET)
    assert not series_of(FACTSHEET, found).has_breaks
    broken = replace(found, values=tuple(replace(value, breaks=value.first_year == 2015) for value in found.values))
    assert series_of(FACTSHEET, broken).has_breaks


def row(low: int | None, *percents: int | None) -> drawing.Row:
    shares = tuple(
        drawing.Share(form, f"{percent}%", None if percent is None else Decimal(percent))
        for form, percent in zip("abcd", percents, strict=False)
    )
    return drawing.Row("phase", "about", None if low is None else Decimal(low), None, "", shares)


def test_bars_are_as_wide_as_their_numbers_and_stay_inside() -> None:
    drawn = drawing.chain([row(200, 46, None, 43, None), row(100), row(None)], ("n", "%"), "abcd")
    numbers = [bar for bar in drawn.bars if bar.x < drawing.SHARE_LEFT]
    assert [bar.width for bar in numbers] == [184, 92]
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y + bar.height <= drawn.height for bar in drawn.bars)


def test_unknown_share_is_said_and_not_drawn() -> None:
    drawn = drawing.chain([row(200, 46, None, 43, None)], ("n", "%"), "abcd")
    shares = [(bar.series, bar.value) for bar in drawn.bars if bar.x >= drawing.SHARE_LEFT]
    assert shares == [("a", 46), ("c", 43)]
    assert "b, d: ?" in [label.text for label in drawn.labels]


def test_each_series_has_a_scale_of_its_own_and_a_missing_year_no_bar() -> None:
    points = (
        drawing.Point("2015", "8", Decimal(8)),
        drawing.Point("2016", "", None),
        drawing.Point("2017", "4", Decimal(4), True),
    )
    large = tuple(replace(point, value=point.value and point.value * 100) for point in points)
    drawn = drawing.panels([drawing.Panel("small", points), drawing.Panel("large", large)])
    assert [bar.height for bar in drawn.bars] == [72, 36, 72, 36]
    assert [label.text for label in drawn.labels].count("‖") == 2


def test_unknown_is_a_value_and_another_than_nothing() -> None:
    unknown = [value for value in contents(FACTSHEET).values if value.unknown]
    assert len(unknown) == 6
    assert all(isinstance(value, Value) and value.low is None for value in unknown)
