"""Changes and shares as they are written: sign, language, and no percentage of a small base."""

from decimal import Decimal

import pytest
from django.utils import translation

from reports.figures.shares import SMALLEST_BASE, SMALLEST_ROUNDED_BASE
from reports.web.numbers import MINUS, Change, percent, signed


@pytest.mark.parametrize(("language", "difference", "share"), [("nl", "+1.234", "+12,3%"), ("en", "+1,234", "+12.3%")])
def test_change_is_written_in_the_form_of_the_language(language: str, difference: str, share: str) -> None:
    change = Change(11_234, 10_000)
    with translation.override(language):
        assert (change.difference, change.share) == (difference, share)


def test_fall_has_a_minus_and_nothing_has_no_sign() -> None:
    with translation.override("en"):
        assert (signed(-12), signed(0), signed(3)) == (f"{MINUS}12", "0", "+3")
        assert Change(90, 100).share == f"{MINUS}10.0%"
        assert Change(100, 100).share == "0.0%"


@pytest.mark.parametrize("before", [0, 1, SMALLEST_BASE - 1])
def test_small_base_has_a_difference_and_no_percentage(before: int) -> None:
    change = Change(before + 5, before)
    assert change.difference == "+5"
    assert change.share == ""


def test_share_is_rounded_half_up() -> None:
    with translation.override("en"):
        assert percent(Decimal("12.3"), 1) == "12.3%"
        assert Change(10_005, 10_000).share == "+0.1%"


def test_share_of_rounded_numbers_is_whole_and_asks_for_a_larger_base() -> None:
    with translation.override("en"):
        assert Change(1335, 670, exact=False).share == "+99%"
        assert Change(60, SMALLEST_ROUNDED_BASE - 5, exact=False).share == ""
