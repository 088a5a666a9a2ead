"""The rules of the coded fields, one fault per test."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.notifications import circumstances, fields
from tests import reported


def found(on=reported.DAY, **known):
    return {(problem.field, problem.code) for problem in circumstances.problems(Characteristics(**known), on)}


def test_nothing_known_breaks_nothing():
    assert found() == set()


@pytest.mark.parametrize("field", fields.SETS)
def test_set_holds_codes_of_its_list_and_not_too_many(field):
    assert found(**{field: ("x",)}) == {(field, "unknown-code")}
    assert found(**{field: fields.SETS[field].codes[:1] * 21}) == {(field, "too-many")}


@pytest.mark.parametrize("field", fields.SINGLES)
def test_single_answer_is_a_code_of_its_list(field):
    assert found(**{field: "x"}) == {(field, "unknown-code")}


@pytest.mark.parametrize("question", lists.FURTHER_QUESTIONS)
def test_further_answer_is_a_code_of_its_question(question):
    assert found(further=((question, lists.FURTHER_QUESTIONS[question].codes[0]),)) == set()
    assert found(further=((question, "x"),)) == {(question, "unknown-code")}


def test_what_is_wrong_is_not_remembered():
    before = circumstances._check.cache_info().currsize
    for name in ("Zwaluwenburg", "Quirijntje"):
        assert found(sex=name) == {("sex", "unknown-code")}
    assert circumstances._check.cache_info().currsize == before


@pytest.mark.parametrize("field", fields.PERIOD)
@pytest.mark.parametrize(
    "day", ["morgen", "2019-02-31", "2019-13", "19", "2019-3", "0000", "14-03-2019", " 2019", "2019-03-14\n"]
)
def test_period_is_of_days_that_exist(field, day):
    assert found(**{field: day}) == {(field, "impossible-date")}


@pytest.mark.parametrize(("day", "after"), [("2019-03-15", True), ("2019-04", True), ("2020", True), ("2019-03-14", False)])
def test_period_does_not_lie_after_the_report(day, after):
    expected = "after-report" if after else None
    assert found(exploitation_from=day) == ({("exploitation_from", expected)} if after else set())
    assert found(exploitation_to=day) == ({("exploitation_to", expected)} if after else set())


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        ("2018", "2017", False),
        ("2018-05", "2018-04-30", False),
        ("2018-05", "2018", True),
        ("2018", "2018-01-01", True),
        ("2018-05-01", "2018-05-01", True),
        ("", "2017", True),
        ("2018", "", True),
    ],
)
def test_period_does_not_end_before_it_starts(start, end, right):
    assert found(exploitation_from=start, exploitation_to=end) == (set() if right else {("exploitation_to", "before-start")})


def test_step_is_one_of_the_lists_on_a_day_that_was():
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert found(phases=(("help-started", "2019-03"), ("granted", ""))) == set()
    assert found(phases=(("x", "2019"),)) == {("phases", "unknown-code")}
    assert found(phases=(("help-started", "2019-02-30"),)) == {("phase-help-started", "impossible-date")}
    assert found(phases=(("help-started", tomorrow),)) == {("phase-help-started", "in-future")}
    assert found(phases=(("granted", "2018"), ("granted", ""))) == {("phases", "answered-twice")}


def test_step_may_come_after_the_report():
    assert found(phases=(("help-ended", "2019-09-01"),)) == set()


def test_step_that_did_not_exist_yet_is_refused():
    assert found(phases=(("intake-asked", ""),)) == {("phases", "unknown-code")}
    assert found(date(2019, 10, 1), phases=(("intake-asked", ""),)) == set()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("help-started", "help-ended"),
        ("shelter-started", "shelter-ended"),
        ("reflection-offered", "reflection-accepted"),
        ("requested", "granted"),
        ("requested", "refused"),
    ],
)
def test_step_does_not_come_before_the_one_that_it_follows_on(earlier, later):
    assert found(phases=((earlier, "2019-02"), (later, "2019-01"))) == {(f"phase-{later}", "before-start")}
    assert found(phases=((earlier, "2019-02"), (later, "2019"))) == set()
    assert found(phases=((earlier, ""), (later, "2019"))) == set()


@pytest.mark.parametrize(
    ("places", "countries", "right"),
    [
        ((), (), True),
        (("netherlands",), (), True),
        (("country-of-origin", "netherlands"), ("RO",), True),
        (("country-of-origin",), (), False),
        ((), ("RO",), False),
        ((), ("NL", "RO"), True),
    ],
)
def test_who_was_exploited_only_abroad_has_no_dutch_municipality(places, countries, right):
    known = {"exploitation_places": places, "exploitation_countries": countries}
    assert found(**known) == set()
    expected = set() if right else {("municipality_of_exploitation", "only-abroad")}
    assert found(municipality_of_exploitation="GM0363", **known) == expected


def test_all_problems_are_told_at_once():
    known = replace(reported.KNOWN, sex="x", exploitation_from="2030")
    assert len(circumstances.problems(known, reported.DAY)) == 2
