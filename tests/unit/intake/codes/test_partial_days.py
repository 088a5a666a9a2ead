"""Days of which parts are unknown: which days they can be, and what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from intake.codes import partial_days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-03-14", date(2019, 3, 14), date(2019, 3, 14)),
    ],
)
def test_text_means_the_days_from_first_to_last(text: str, first: date, last: date) -> None:
    assert partial_days.span(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "0000", "19", "2019-13", "2019-00", "2019-02-29", "2019-2", "2019-02-", "٢٠١٩", "x", "2019\n"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert not partial_days.is_one(text)


@given(some.dates())
def test_whole_day_is_written_as_it_is_read(day: date) -> None:
    assert partial_days.span(partial_days.text_of(day.year, day.month, day.day)) == (day, day)


@given(some.integers(1, 9999), some.none() | some.integers(1, 12))
def test_part_of_a_day_is_written_as_it_is_read(year: int, month: int | None) -> None:
    first, last = partial_days.span(partial_days.text_of(year, month))
    assert (first.year, first.month, first.day) == (year, month or 1, 1)
    assert (last.year, last.month) == (year, month or 12)
