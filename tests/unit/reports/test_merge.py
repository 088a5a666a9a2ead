"""Each rule of the domain's section 3 about merging, one test a sentence."""

from itertools import permutations
from typing import Any

import pytest

from intake.codes import lists
from intake.codes.characteristics import Characteristics
from reports.personyears.merge import NOT_MERGED, QUESTIONS_NOT_MERGED, SINGLE_VALUES, UNITED_SETS, Merged, merge
from tests.unit.reports.contributions import emm, kmar, letter, police, shelter


def test_person_year_needs_a_contribution() -> None:
    with pytest.raises(ValueError, match="without a contribution"):
        merge([])


def test_every_characteristic_is_merged_by_one_of_the_two_rules_or_left_out() -> None:
    assert {*SINGLE_VALUES, *UNITED_SETS, *NOT_MERGED, "further", "phases"} == {*Characteristics.__dataclass_fields__}


def test_questions_that_no_figure_counts_make_neither_a_value_nor_a_conflict() -> None:
    merged = merge([police(further=(("help-state", "waits"),)), shelter(further=(("help-state", "receives"),))])
    assert (merged.characteristics.further, merged.conflicts) == ((), ())
    assert lists.FURTHER_QUESTIONS.keys() >= QUESTIONS_NOT_MERGED


@pytest.mark.parametrize("field", UNITED_SETS)
def test_sets_are_united_over_reports(field: str) -> None:
    merged = merge([police(**{field: ("a", "b")}), shelter(**{field: ("b", "c")})])
    assert getattr(merged.characteristics, field) == ("a", "b", "c")


def test_known_value_beats_unknown() -> None:
    assert merge([police(sex=""), shelter(sex="male")]).characteristics.sex == "male"


def test_reporter_with_legal_basis_beats_the_one_without_even_when_earlier() -> None:
    merged = merge([police("2019-01-01", sex="female"), shelter("2019-12-01", sex="male")])
    assert merged.characteristics.sex == "female"


def test_later_report_beats_the_earlier_where_both_have_a_legal_basis() -> None:
    merged = merge([police("2019-03-01", sex="female"), kmar("2019-02-01", sex="male")])
    assert merged.characteristics.sex == "female"


def test_later_report_beats_the_earlier_where_neither_has_a_legal_basis() -> None:
    merged = merge([shelter("2019-03-01", sex="male"), shelter("2019-02-01", sex="female")])
    assert merged.characteristics.sex == "male"


def test_of_two_reports_on_one_day_arrival_decides_nothing() -> None:
    reports = [police(sex="female"), police(sex="male", unit="rotterdam"), shelter(sex="male")]
    assert {merge(order).characteristics.sex for order in permutations(reports)} == {"female"}


def test_single_value_that_differs_is_a_conflict() -> None:
    assert merge([police(sex="female"), shelter(sex="male")]).conflicts == ("sex",)


def test_single_value_that_agrees_is_no_conflict() -> None:
    assert merge([police(sex="female"), shelter(sex="female"), shelter()]).conflicts == ()


def test_nationalities_are_united_where_one_report_states_them_together() -> None:
    assert merge([police(nationalities=("MA", "NL"))]).characteristics.nationalities == ("MA", "NL")


def test_two_reports_that_differ_in_nationality_are_a_conflict_and_not_united() -> None:
    merged = merge([police("2019-02-01", nationalities=("NG",)), police("2019-01-01", nationalities=("GH",))])
    assert merged.characteristics.nationalities == ("NG",)
    assert merged.conflicts == ("nationalities",)


def test_part_of_the_stated_nationalities_differs_from_all_of_them() -> None:
    merged = merge([police("2019-02-01", nationalities=("NL",)), shelter("2019-03-01", nationalities=("MA", "NL"))])
    assert merged.characteristics.nationalities == ("NL",)
    assert merged.conflicts == ("nationalities",)


def test_further_answers_are_single_values_each() -> None:
    merged = merge(
        [
            police("2019-02-01", further=(("b8-state", "granted"),)),
            police("2019-01-01", further=(("b8-state", "requested"), ("technology-role", "none"))),
        ]
    )
    assert dict(merged.characteristics.further) == {"b8-state": "granted", "technology-role": "none"}
    assert merged.conflicts == ("further.b8-state",)


@pytest.mark.parametrize("feed", [emm, letter])
def test_feed_fills_what_nobody_reported(feed: type) -> None:
    merged = merge([police(), feed(sex="male", exploitation_types=("labour",))])
    assert (merged.characteristics.sex, merged.characteristics.exploitation_types) == ("male", ("labour",))


@pytest.mark.parametrize("feed", [emm, letter])
def test_feed_replaces_nothing(feed: type) -> None:
    merged = merge([shelter("2019-01-01", sex="female"), feed("2019-12-01", sex="male")])
    assert merged.characteristics.sex == "female"
    assert merged.conflicts == ()


@pytest.mark.parametrize("feed", [emm, letter])
def test_feed_adds_nothing_to_a_set_that_a_reporter_filled(feed: type) -> None:
    merged = merge([shelter(exploitation_types=("labour",)), feed(exploitation_types=("sexual",))])
    assert merged.characteristics.exploitation_types == ("labour",)


def test_feeds_alone_are_united_among_themselves() -> None:
    merged = merge([emm(exploitation_types=("labour",)), letter(exploitation_types=("sexual",))])
    assert merged.characteristics.exploitation_types == ("labour", "sexual")


def test_every_value_remembers_the_contributions_that_gave_it() -> None:
    first = police("2019-01-01", sex="female", exploitation_types=("sexual",), nationalities=("MA", "NL"), age=20)
    second = shelter("2019-02-01", sex="female", exploitation_types=("labour", "sexual"))
    third = emm("2019-03-01", sex="female", criminal_kinds=("theft",))
    merged = merge([first, second, third])
    assert merged.given_by == {
        "nationalities": {"MA": (0,), "NL": (0,)},
        "sex": {"female": (0, 1)},
        "exploitation_types": {"sexual": (0, 1), "labour": (1,)},
        "criminal_kinds": {"theft": (2,)},
        "age": {"18-22": (0,)},
    }


def test_value_that_lost_is_not_remembered_as_giver() -> None:
    merged = merge([police("2019-01-01", sex="female"), shelter("2019-02-01", sex="male")])
    assert merged.given_by["sex"] == {"female": (0,)}


def age_of(merged: Merged) -> Any:
    return merged.values["age"]


def test_age_is_that_of_the_earliest_contribution_with_a_known_age() -> None:
    assert age_of(merge([police("2019-01-01"), police("2019-02-01", age=17), kmar("2019-03-01", age=18)])) == (17, "minor")


def test_legal_basis_does_not_decide_about_age() -> None:
    assert age_of(merge([shelter("2019-01-01", age=22), police("2019-02-01", age=23)])) == (22, "18-22")


def test_reports_come_before_feeds_for_age() -> None:
    assert age_of(merge([emm("2019-01-01", age=17), shelter("2019-12-01", age=18)])) == (18, "18-22")


def test_feed_gives_the_age_where_no_report_does() -> None:
    assert age_of(merge([emm("2019-01-01", age=17), shelter("2019-12-01")])) == (17, "minor")


def test_age_band_without_years_counts_where_no_report_has_years() -> None:
    assert age_of(merge([police(age_band="30-39"), emm(age=17)])) == (None, "30-39")
    assert age_of(merge([police("2019-01-01", age_band="30-39"), police("2019-02-01", age=34)])) == (34, "30-39")


def test_age_of_zero_is_known() -> None:
    assert age_of(merge([police(age=0)])) == (0, "minor")


def test_unknown_age_stays_unknown() -> None:
    assert age_of(merge([police(), emm()])) == (None, "")


def test_reporters_are_named_once_each_the_first_first_and_feeds_are_none() -> None:
    merged = merge([emm("2019-01-01"), shelter("2019-03-01"), police("2019-02-01"), police("2019-04-01"), letter("2019-05-01")])
    assert merged.values["reporters"] == (("police", "amsterdam"), ("other-reporters", ""))
    assert merged.values["sources"] == ("emm", "om", "report")
