"""What figures count of a merged person-year (domain, section 5)."""

import json
from itertools import pairwise

import pytest

from reports.personyears.derive import REPORTERS_IN_ORDER, Counted
from tests.unit.reports.contributions import counted, emm, kmar, letter, police, report, shelter


def test_exploitation_types_stand_in_the_order_of_the_publication() -> None:
    assert counted(police(exploitation_types=("criminal", "labour", "sexual"))).combination == "sexual+labour+criminal"
    assert counted(police()).combination == ""


def test_sexual_exploitation_of_a_dutch_person_is_domestic() -> None:
    found = counted(police(exploitation_types=("labour", "sexual"), nationalities=("NL",)))
    assert (found.form, found.region, found.nationality) == ("BL-SU", "netherlands", "NL")


def test_dutch_and_another_nationality_count_as_dutch() -> None:
    assert counted(police(exploitation_types=("sexual",), nationalities=("MA", "NL"))).form == "BL-SU"


def test_sexual_exploitation_of_unknown_nationality_has_no_form() -> None:
    assert counted(police(exploitation_types=("sexual", "labour"))).form == ""


def test_prostitution_sector_is_chosen_by_hierarchy() -> None:
    assert (
        counted(police(prostitution_sectors=("home",)), shelter(prostitution_sectors=("window",))).prostitution_sector
        == "window"
    )


@pytest.mark.parametrize(
    ("sectors", "row"),
    [
        (("agriculture-forestry-fishing", "cleaning"), "cleaning"),
        (("construction", "other-labour"), "construction"),
        (("health-and-welfare",), "other-labour"),
        ((), ""),
    ],
)
def test_labour_sector_is_chosen_by_hierarchy_and_has_a_row(sectors: tuple[str, ...], row: str) -> None:
    assert counted(police(labour_sectors=sectors)).labour_sector == row


def test_criminal_kind_is_chosen_by_hierarchy() -> None:
    assert counted(police(criminal_kinds=("begging", "theft"))).criminal_kind == "theft"


def test_code_that_no_list_has_counts_as_unknown() -> None:
    found = counted(
        police(
            prostitution_sectors=("gone",),
            labour_sectors=("gone",),
            criminal_kinds=("gone",),
            exploitation_types=("gone",),
            nationalities=("ZZ",),
            sex="gone",
            age_band="gone",
        )
    )
    reporter = {"groups": ("police",), "units": ("amsterdam",), "lead_reporter": "police:amsterdam", "bases": ("with-basis",)}
    gaps = ("police:municipality_of_exploitation", "police:exploitation_places")
    assert found == Counted(population="base", gaps=gaps, wait_to_count="week", **reporter)


def test_person_is_known_through_emm_alone_or_with_others_or_not() -> None:
    assert counted(emm()).emm == "emm-only"
    assert counted(emm(), police()).emm == "emm-and-others"
    assert counted(emm(), letter()).emm == "emm-and-others"
    assert counted(police(), letter()).emm == ""


def test_group_and_unit_count_once_and_feeds_never() -> None:
    found = counted(police(), police("2019-07-01"), police("2019-08-01", unit="rotterdam"), kmar(), emm(), letter())
    assert sorted(found.groups) == ["kmar", "police"]
    assert sorted(found.units) == ["amsterdam", "rotterdam"]


def test_letter_alone_is_in_no_row_of_reporters() -> None:
    assert counted(letter()).groups == ()
    assert counted(letter()).units == ()


def test_police_reported_form_splits_cross_border_by_african_origin() -> None:
    sexual = {"exploitation_types": ("sexual",)}
    assert counted(police(**sexual, nationalities=("NG",))).form_reported_by_police == ("GO-SU:african",)
    assert counted(police(**sexual, nationalities=("PL",))).form_reported_by_police == ("GO-SU:not-african",)
    assert counted(police(**sexual, nationalities=("NL",))).form_reported_by_police == ("BL-SU",)
    assert counted(police()).form_reported_by_police == ("",)
    assert counted(shelter(**sexual, nationalities=("NG",))).form_reported_by_police == ()


def test_visibility_follows_the_sector_and_majority_the_age() -> None:
    found = counted(police(prostitution_sectors=("window",), age=17))
    assert (found.visibility, found.majority) == ("more-visible", "minor")
    found = counted(police(prostitution_sectors=("home",), age=18))
    assert (found.visibility, found.majority) == ("less-visible", "adult")
    assert (counted(police()).visibility, counted(police()).majority) == ("", "")


def test_lead_reporter_is_the_first_unit_of_its_group_and_a_letter_is_none() -> None:
    found = counted(shelter("2019-01-01"), police("2019-03-01", unit="limburg"), police("2019-02-01", unit="rotterdam"))
    assert found.lead_reporter == "police:rotterdam"
    assert counted(letter()).lead_reporter == ""


def test_group_that_no_list_has_any_more_reported_among_the_others_and_its_unit_is_unknown() -> None:
    found = counted(report("2019-01-01", group="gone", legal_basis=True), police("2019-02-01", unit="gone"))
    assert (found.groups, found.units, found.lead_reporter) == (("other-reporters", "police"), ("",), "police")


def test_lead_reporter_is_of_the_highest_group() -> None:
    for higher, lower in pairwise(REPORTERS_IN_ORDER):
        first = report("2019-01-01", group=lower, legal_basis=False)
        second = report("2019-02-01", group=higher, legal_basis=False)
        assert counted(first, second).lead_reporter == higher


def test_stored_form_gives_the_same_back() -> None:
    found = counted(police(sex="male", exploitation_types=("labour",), nationalities=("PL",), age=0))
    assert Counted.from_text(found.to_text()) == found
    assert json.loads(found.to_text())["age"] == 0
