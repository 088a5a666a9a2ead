"""The figures that no registration has: technology, places, countries, leads, organ removal and the basis of reports."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from intake.codes import lists
from intake.facts import SignalFact
from reports.figures.compute import counters_of, counters_of_signals
from reports.figures.definitions import BY_ID, FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import tables
from reports.personyears.merge import merge
from tests.unit.reports.contributions import Made, counted, emm, fairwork, letter, police, shelter

DUTCH = {"exploitation_types": ("sexual",), "nationalities": ("NL",)}


def rows(figure: str, *persons: list[Made]) -> dict[str, int]:
    found: dict[str, Any] = as_json(tables(FIGURES, counters_of([(2019, counted(*sent)) for sent in persons])))[figure]
    every = {name: numbers["all"] if "all" in numbers else numbers["2019"] for name, numbers in found["rows"].items()}
    return {name: number for name, number in every.items() if number}


@pytest.mark.parametrize(
    ("figure", "question", "answer", "row"),
    [
        ("S.1", "technology-role", "cyber-enabled", "cyber-enabled"),
        ("S.3", "demand-channel", "gone", "unknown"),
        ("S.8", "investigative-leads", "yes", "yes"),
    ],
)
def test_answer_counts_in_its_row_and_one_of_an_older_codebook_as_unknown(
    figure: str, question: str, answer: str, row: str
) -> None:
    assert rows(figure, [police(**DUTCH, further=((question, answer),))]) == {row: 1}
    assert rows(figure, [police(**DUTCH)]) == {"unknown": 1}


def test_role_of_technology_is_about_sexual_exploitation() -> None:
    assert rows("S.1", [police(exploitation_types=("labour",), further=(("technology-role", "none"),))]) == {}


def test_who_was_met_in_several_places_counts_in_each_and_who_was_not_asked_is_unknown() -> None:
    sent = [police(platforms=("dating-app",)), shelter(platforms=("gaming",))]
    assert rows("S.2", sent, [police()]) == {"dating app": 1, "gaming": 1, "unknown": 1}


def test_places_of_exploitation_are_a_set() -> None:
    assert rows("S.6", [police(exploitation_places=("on-the-way", "netherlands"))]) == {"Netherlands": 1, "on the way": 1}


def test_countries_of_exploitation_are_ranked_and_the_unknown_stay_in_sight() -> None:
    people = [[police(exploitation_countries=("IT", "LY"))], [police(exploitation_countries=("IT",))], [police()]]
    assert rows("S.7", *people) == {"Italy": 2, "Libya": 1, "unknown": 1}
    printed = as_json(tables(FIGURES, counters_of([(2019, counted(*sent)) for sent in people])))["S.7"]
    assert {name: ranks["all"] for name, ranks in printed["ranks"].items()} == {"Italy": 1, "Libya": 2, "unknown": None}


def test_unit_that_reports_is_never_the_place_of_exploitation() -> None:
    assert rows("S.9", [police(unit="amsterdam")]) == {"unknown": 1}
    assert rows("S.9", [police(unit="rotterdam", municipality_of_exploitation="GM0363")]) == {"Amsterdam": 1}


def test_organ_removal_is_a_figure_of_its_own() -> None:
    sent = [police(exploitation_types=("organ", "labour"), organ_removal="attempted")]
    assert rows("S.10", sent, [police(exploitation_types=("organ",))], [police()]) == {"attempted": 1, "unknown": 1}


def test_person_year_counts_once_with_and_once_without_legal_basis_and_feeds_not_at_all() -> None:
    assert rows("S.11", [police(), police("2019-07-01"), shelter(), emm(), letter()], [shelter()], [letter()]) == {
        "with a legal basis": 1,
        "without a legal basis, with consent": 2,
    }


def test_phases_of_all_reports_are_reached_dated_or_not_and_who_has_none_is_unknown() -> None:
    sent = [police(phases=(("signalled", "2019-01-01"), ("police-statement", ""))), shelter(phases=(("help-started", "2019"),))]
    assert rows("S.12", sent, [police()]) == {"signalled": 1, "police statement": 1, "help started": 1, "unknown": 1}


def test_step_that_a_report_dates_is_not_dated_otherwise_by_a_feed_and_one_that_none_names_is_filled() -> None:
    sent = [
        police("2019-01-01", phases=(("help-started", "2019-12-01"),)),
        letter(phases=(("help-started", "2019-01-02"), ("dismissal", "2019-09-01"))),
    ]
    assert rows("S.13", sent) == {"without help or shelter": 1}
    assert rows("S.12", sent) == {"help started": 1, "dismissal": 1}
    assert merge(sent).feed_differs == ("step.help-started",)


def test_half_a_year_counts_from_the_first_report_of_the_year_and_not_from_a_letter() -> None:
    steps = {"phases": (("help-started", "2019-02-01"), ("help-ended", "2019-08-15"))}
    assert rows("S.13", [police("2019-02-01", **steps)]) == {"with help or shelter": 1}
    assert rows("S.13", [shelter("2019-04-01"), police("2019-06-01", **steps)]) == {"without help or shelter": 1}
    assert rows("S.13", [letter("2019-02-01", **steps)]) == {"unknown": 1}


def test_b8_steps_and_the_wait_for_its_decision_are_counted() -> None:
    sent = [police(phases=(("requested", "2019-01-05"), ("granted", "2019-02-10")))]
    assert rows("S.14", sent) == {"B8 requested": 1, "B8 granted (the Dublin claim lapses)": 1}
    assert rows("S.15", sent, [police()]) == {"one to three months": 1}


def test_residence_route_first_asylum_country_and_reason_of_dismissal_are_counted() -> None:
    answers = (("dismissal-reason", "no-leads"), ("first-asylum-country", "IT"), ("residence-route", "dublin"))
    sent = [police(further=answers)]
    assert rows("S.16", sent, [police()]) == {"Dublin procedure": 1, "unknown": 1}
    assert rows("S.17", sent, [police()]) == {"Italy": 1, "unknown": 1}
    assert rows("S.18", sent, [police()]) == {"no leads": 1}


def test_municipality_of_residence_is_not_that_of_exploitation() -> None:
    sent = [police(municipality_of_residence="GM0363", municipality_of_exploitation="GM0599")]
    assert rows("S.19", sent) == {"Amsterdam": 1}
    assert rows("S.9", sent) == {"Rotterdam": 1}


def test_what_each_reporter_leaves_open_stands_below_its_reports() -> None:
    known = {
        "exploitation_types": ("labour",),
        "nationalities": ("PL",),
        "exploitation_places": ("netherlands",),
        "municipality_of_exploitation": "GM0363",
    }
    both = [police(**known, age=20), police(sex="female"), shelter(**known, sex="male")]
    assert rows("S.20", both, [police(**known, age=20)], [emm()]) == {
        "police": 2,
        "police: sex unknown": 1,
        "other reporters": 1,
        "other reporters: age unknown": 1,
    }


def test_police_region_is_that_of_the_municipality_and_never_of_the_unit() -> None:
    people = [[police(unit="amsterdam", municipality_of_exploitation=code)] for code in ("GM0599", "GM0014", "")]
    assert rows("S.22", *people) == {"Rotterdam": 1, "Noord-Nederland": 1, "unknown": 1}


def test_time_to_the_figure_is_that_of_the_first_report_of_the_year_and_unknown_where_nobody_reported() -> None:
    first, later = replace(shelter("2019-02-01"), waited="three-months"), replace(police("2019-03-01"), waited="week")
    assert rows("S.23", [later, first], [letter()], [replace(police(), waited="longer"), emm("2019-01-01")]) == {
        "one to three months": 1,
        "unknown": 1,
        "longer than half a year": 1,
    }
    assert rows("S.23", [replace(first, waited="month"), first]) == {"a week to a month (31 days)": 1}


def test_signals_stand_below_the_reports_of_their_group_and_in_no_other_figure() -> None:
    signals = [SignalFact(2019, "fairwork", "AU", "", 30), SignalFact(2019, "fairwork", "", "limburg", 10)]
    reports = counters_of([(2019, counted(fairwork())) for _ in range(40)])
    printed = as_json(tables(FIGURES, reports + counters_of_signals(signals)))
    found = printed["S.21"]
    assert found["rows"]["FairWork: reports"]["all"] == 40
    assert found["rows"]["FairWork: anonymous signals"]["form"] == {"BL-SU": 0, "GO-SU": 0, "AU": 30, "CU": 0, "unknown": 10}
    assert found["shares"]["FairWork: anonymous signals"]["year"] == {"2019": 50.0}
    assert found["shares"]["FairWork: anonymous signals"]["form"]["AU"] is None
    del printed["S.21"]
    assert printed == {name: one for name, one in as_json(tables(FIGURES, reports)).items() if name != "S.21"}


def test_share_of_what_is_left_open_is_given_of_fifty_reports_and_of_two_hundred_rounded_ones() -> None:
    table = tables(FIGURES, counters_of([(2019, counted(police(sex="male"))) for _ in range(60)]))["S.20"]
    exact, rounded = (as_json({"S.20": table}, exact=exact)["S.20"]["shares"] for exact in (True, False))
    assert exact["police: age unknown"] == {"2019": 100.0, "all": 100.0}
    assert exact["police: sex unknown"] == {"2019": 0.0, "all": 0.0}
    assert exact["KMar: age unknown"] == rounded["police: age unknown"] == {"2019": None, "all": None}


def test_share_without_help_half_a_year_later_is_that_of_whom_it_is_known() -> None:
    helped, left = (("help-started", "2019-06-02"),), (("out-of-sight", "2019-06-02"),)
    said: list[tuple[tuple[str, str], ...]] = [helped] * 30 + [left] * 20 + [()] * 50
    people = [(2019, counted(police(phases=steps))) for steps in said]
    printed = as_json(tables(FIGURES, counters_of(people)))["S.13"]
    assert printed["rows"]["unknown"]["year"]["2019"] == 50
    assert printed["shares"]["without help or shelter"]["year"] == {"2019": 40.0}


def test_steps_stand_in_the_order_in_which_they_are_taken() -> None:
    for figure, codes in (("S.12", lists.PHASES.codes), ("S.14", lists.B8_STATES.codes)):
        assert [row.code for row in BY_ID[figure].rows] == [*codes, ""]


def test_figures_of_sight_equal_an_independent_count_of_made_reports() -> None:
    """Counted again person by person from what was said, in plain loops that know nothing of the engine."""
    draw = Random(20191129)
    people = [[_made(draw, month) for month in range(1, draw.choice((2, 2, 3, 4)))] for _ in range(120)]
    expected: dict[str, Counter[str]] = {figure: Counter() for figure in ("S.12", "S.16", "S.20")}
    for sent in people:
        said = [one.characteristics for one in sent]
        steps = {lists.PHASES.get(step).label_en for one in said for step, _ in one.phases}
        expected["S.12"].update(steps or {"unknown"})
        routes = [dict(one.further)["residence-route"] for one in said if one.further]
        expected["S.16"][lists.RESIDENCE_ROUTES.label(routes[-1] if routes else "", "en")] += 1
        expected["S.20"]["police"] += 1
        expected["S.20"]["police: age unknown"] += all(one.age is None for one in sent)
        expected["S.20"]["police: sex unknown"] += not any(one.sex for one in said)
    for figure in ("S.12", "S.16"):
        assert rows(figure, *people) == expected[figure]
    found = rows("S.20", *people)
    assert {name: found[name] for name in expected["S.20"]} == expected["S.20"]


def _made(draw: Random, month: int) -> Made:
    """A report by the police; of a person's, the last is the latest."""
    steps = draw.sample(lists.PHASES.codes, draw.choice((0, 1, 2)))
    return police(
        f"2019-{month:02}-01",
        age=draw.choice((None, 20)),
        sex=draw.choice(("", "male")),
        phases=tuple((step, draw.choice(("", "2019-02-01"))) for step in steps),
        further=draw.choice(((), (("residence-route", "b8"),), (("residence-route", "asylum"),))),
    )
