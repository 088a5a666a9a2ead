"""Dated steps: help half a year after the report and the wait for a decision, on dates that are whole, partial or missing."""

from datetime import date, timedelta

import pytest

from reports.personyears.steps import HALF_A_YEAR, helped_after_half_a_year, wait_for_decision

REPORTED = date(2019, 1, 1)
ON = REPORTED + HALF_A_YEAR


def day(days_after: int) -> str:
    return (ON + timedelta(days=days_after)).isoformat()


def helped(
    started: tuple[str, ...] = (), ended: tuple[str, ...] = (), gone: tuple[str, ...] = (), sheltered: tuple[str, ...] = ()
) -> str:
    return helped_after_half_a_year(REPORTED, (started, ended), (sheltered, ()), gone)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ({}, ""),
        ({"started": (day(0),)}, "helped"),
        ({"started": ("2018-06-01",)}, "helped"),
        ({"started": (day(1),)}, "not-helped"),
        ({"started": (day(-9),), "ended": (day(-1),)}, "not-helped"),
        ({"started": (day(-9),), "ended": (day(1),)}, "helped"),
        ({"started": (day(-9), day(-1)), "ended": (day(-1),)}, "helped"),
        ({"started": (day(-9),), "gone": (day(0),)}, "not-helped"),
        ({"gone": (day(-5),)}, "not-helped"),
        ({"gone": (day(5),)}, ""),
        ({"started": (day(-9),), "ended": (day(-1),), "sheltered": (day(-2),)}, "helped"),
        ({"started": ("",)}, ""),
        ({"started": ("2019",)}, ""),
        ({"started": ("2018",)}, "helped"),
        ({"started": ("2019-03",), "ended": ("2019",)}, ""),
        ({"started": ("2020",)}, "not-helped"),
    ],
)
def test_the_last_step_that_is_certain_on_the_day_decides(steps: dict[str, tuple[str, ...]], found: str) -> None:
    assert helped(**steps) == found


def test_what_is_unsure_of_shelter_leaves_the_answer_open() -> None:
    assert helped(started=(day(-9),), ended=(day(-1),), sheltered=("2019",)) == ""


def test_without_a_report_there_is_no_half_year() -> None:
    assert helped_after_half_a_year(None, (("2019-01-01",), ()), ((), ()), ()) == ""


@pytest.mark.parametrize(
    ("requested", "granted", "refused", "band"),
    [
        (("2019-01-01",), ("2019-02-01",), (), "month"),
        (("2019-01-01",), ("2019-02-02",), (), "three-months"),
        (("2019-01-01",), (), ("2019-04-04",), "half-year"),
        (("2019-01-01",), (), ("2019-07-04",), "longer"),
        (("2019-01-01", "2019-03-01"), ("2019-03-02",), ("2019-01-02",), "month"),
        (("2019-02-01",), ("2019-01-01",), (), ""),
        (("2019-01",), ("2019-02-01",), (), ""),
        ((), ("2019-02-01",), (), ""),
        (("2019-01-01",), ("",), (), ""),
    ],
)
def test_wait_is_from_the_first_request_to_the_first_decision_after_it(
    requested: tuple[str, ...], granted: tuple[str, ...], refused: tuple[str, ...], band: str
) -> None:
    assert wait_for_decision(requested, granted, refused) == band
