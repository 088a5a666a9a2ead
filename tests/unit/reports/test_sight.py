"""The figures that no registration has: technology, places, countries, leads, organ removal and the basis of reports."""

from typing import Any

import pytest

from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import tables
from tests.unit.reports.contributions import Made, counted, emm, letter, police, shelter

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
