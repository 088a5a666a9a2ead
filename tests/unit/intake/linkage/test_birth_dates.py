"""Birth dates as people write them: every part that is sound is kept, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage import birth_dates, normalise


@pytest.mark.parametrize(
    "written",
    ["1998-05-13", "13-05-1998", "13/5/1998", "13.05.1998", "19980513", "13 mei 1998", "13 May 1998", "1998-05-13T00:00"],
)
def test_every_way_of_writing_is_one_date(written):
    assert normalise.birth_date(written) == (1998, 5, 13)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("1998", (1998, None, None)),
        ("1998-05", (1998, 5, None)),
        ("05-1998", (1998, 5, None)),
        ("1998-00-00", (1998, None, None)),
        ("00-00-1998", (1998, None, None)),
        ("31-02-1998", (1998, 2, None)),
        ("29-02-1999", (1999, 2, None)),
        ("1798-05-13", (None, 5, 13)),
        ("", (None, None, None)),
        ("onbekend", (None, None, None)),
        ("1900-01-01", (None, None, None)),
        ("13-05-98", (None, None, None)),
    ],
)
def test_parts_that_are_not_known_are_left_out(written, parts):
    assert normalise.birth_date(written) == parts


def test_thirteenth_month_is_the_day():
    assert normalise.birth_date("1998-13-05") == normalise.birth_date("05/13/1998") == (1998, 5, 13)


def test_year_after_next_is_no_year_of_birth():
    year = datetime.now(UTC).year + 2
    assert normalise.birth_date(f"{year}-05-13") == (None, 5, 13)


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True))
def test_no_text_makes_it_fail(text):
    year, month, day = normalise.birth_date(text)
    assert year is None or year > 1899
    assert month in {None, *range(1, 13)}
    assert day in {None, *range(1, 32)}


def test_today_is_a_birth_date_and_the_day_after_is_not():
    today = datetime.now(UTC).date()
    assert normalise.birth_date(today.isoformat()) == (today.year, today.month, today.day)
    for days in (1, 40, 400):
        later = today + timedelta(days=days)
        assert normalise.birth_date(later.isoformat()) != (later.year, later.month, later.day)


def test_of_a_date_later_this_year_only_what_can_be_true_is_kept(monkeypatch):
    class Moment(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2019, 6, 15, tzinfo=tz)

    monkeypatch.setattr(birth_dates, "datetime", Moment)
    written = {
        "2019-06-15": (2019, 6, 15),
        "2019-06-16": (2019, 6, None),
        "2019-07-01": (2019, None, None),
        "2020-01-01": (None, 1, 1),
        "2018-12-31": (2018, 12, 31),
    }
    assert {text: normalise.birth_date(text) for text in written} == written
