"""Whole years on a date, and no age where the band is uncertain."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.codes.ages import Age, age_on, band
from intake.codes.lists import AGE_BANDS

ON = date(2019, 6, 15)


@pytest.mark.parametrize(
    ("age", "code"),
    [(0, "minor"), (17, "minor"), (18, "18-22"), (22, "18-22"), (23, "23-29"), (29, "23-29"), (30, "30-39"), (39, "30-39"),
     (40, "40+"), (99, "40+"), (None, "")],
)  # fmt: skip
def test_band_of_each_border(age: int | None, code: str) -> None:
    assert band(age) == code


def test_bands_follow_on_each_other_without_gap() -> None:
    assert {band(age) for age in range(120)} == set(AGE_BANDS.codes)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ((2003, 6, 15), date(2019, 6, 14), 15),
        ((2003, 6, 15), date(2019, 6, 15), 16),
        ((2004, 2, 29), date(2019, 2, 28), 14),
        ((2004, 2, 29), date(2019, 3, 1), 15),
        ((2019, 6, 15), ON, 0),
    ],
)
def test_full_birth_date_gives_whole_years(born: tuple[int, int, int], on: date, years: int) -> None:
    year, month, day = born
    assert age_on(on, year=year, month=month, day=day) == Age(years=years, band=band(years))


def test_year_alone_gives_the_age_where_the_band_is_certain() -> None:
    assert age_on(ON, year=1985).band == "30-39"
    assert age_on(ON, year=1985).years in (33, 34)


@pytest.mark.parametrize("year", [2001, 1996, 1989, 1979])
def test_year_alone_gives_nothing_across_a_border_of_bands(year: int) -> None:
    assert age_on(ON, year=year) == Age()


def test_month_settles_a_border_that_the_year_leaves_open() -> None:
    assert age_on(ON, year=2001, month=2).years == 18
    assert age_on(ON, year=2001, month=9).years == 17
    assert age_on(ON, year=2001, month=6) == Age()


def test_day_without_its_month_is_not_used() -> None:
    assert age_on(ON, year=1985, day=3) == age_on(ON, year=1985)


def test_no_year_and_a_birthday_to_come_give_no_age() -> None:
    assert age_on(ON, year=None) == Age()
    assert age_on(ON, year=2019, month=6, day=16) == Age()
    assert age_on(ON, year=2019) == Age()


@given(born=st.dates(date(1900, 1, 1), date(2019, 1, 1)), later=st.integers(0, 40_000))
def test_age_from_parts_never_contradicts_the_band_of_the_full_date(born: date, later: int) -> None:
    on = born + timedelta(days=later)
    full = age_on(on, year=born.year, month=born.month, day=born.day)
    for parts in ({"year": born.year}, {"year": born.year, "month": born.month}):
        assert age_on(on, **parts).band in ("", full.band)
