"""The table of retention: each row can be carried out, cites a law, and ends on a day that exists."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.reporters import Purpose
from intake.retention.rules import RULES, Action, Start


def test_each_action_has_one_row_that_cites_a_law() -> None:
    assert sorted(rule.action for rule in RULES) == sorted(Action)
    assert all(rule.law_nl and rule.law_en for rule in RULES)


def test_identity_goes_before_what_links() -> None:
    years = {rule.action: rule.years for rule in RULES}
    assert years[Action.ERASE_IDENTITY] <= years[Action.CLOSE_PERSON]


def test_period_ends_on_the_same_day_years_later_and_on_the_28th_for_a_leap_day() -> None:
    rule = replace(RULES[0], years=1)
    assert rule.cutoff(date(2026, 11, 28)) == date(2025, 11, 28)
    assert rule.cutoff(date(2024, 2, 29)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    "wrong", [{"years": 0}, {"state": "gone"}, {"start": Start.LAST_REPORT_OF_PERSON}, {"purpose": Purpose.HELP}]
)
def test_row_that_cannot_be_carried_out_stops_the_start(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"row identity of retention\.csv"):
        replace(RULES[0], **wrong)  # type: ignore[arg-type]
