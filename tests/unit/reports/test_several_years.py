"""Persons in two, three and five years who change population, form and reporter; the reference register has none."""

from typing import Any

import pytest

from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import tables
from tests.unit.reports.contributions import counted, emm, kmar, letter, police, shelter

NIGERIAN = {"exploitation_types": ("sexual",), "nationalities": ("NG",)}
PERSONS = (
    # Two years: EMM alone, then a report.
    {2018: [emm("2018-05-01", **NIGERIAN)], 2019: [police("2019-01-02", exploitation_types=("labour",))]},
    # Three years: KMar alone, EMM alone, a letter alone.
    {
        2017: [kmar("2017-03-01", **NIGERIAN)],
        2018: [emm("2018-12-31", **NIGERIAN)],
        2019: [letter("2019-01-01", **NIGERIAN)],
    },
    # Five years: base, base beside KMar, KMar with EMM, EMM alone, base.
    {
        2015: [shelter("2015-12-31", exploitation_types=("sexual",), nationalities=("NL",))],
        2016: [kmar("2016-01-01", **NIGERIAN), shelter("2016-02-01")],
        2017: [kmar("2017-01-01", **NIGERIAN), emm("2017-01-01")],
        2018: [emm("2018-01-01"), emm("2018-02-01")],
        2019: [emm("2019-01-01", **NIGERIAN), police("2019-06-01", exploitation_types=("criminal",))],
    },
)
YEARS = ("2015", "2016", "2017", "2018", "2019")


def by_year(*numbers: int) -> dict[str, int]:
    return dict(zip(YEARS, numbers, strict=True))


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    person_years = [(year, counted(*sent)) for person in PERSONS for year, sent in person.items()]
    return as_json(tables(FIGURES, counters_of(person_years)))


def test_each_year_is_in_the_population_of_its_own_contributions(figures: dict[str, Any]) -> None:
    rows = figures["2.1"]["rows"]
    assert rows["registered"] == by_year(1, 1, 2, 3, 3)
    assert rows["registered, excluding EMM-only"] == by_year(1, 1, 2, 0, 3)
    assert rows["registered, excluding EMM-only and KMar-only sexual exploitation"] == by_year(1, 1, 0, 0, 3)


def test_each_year_is_known_through_emm_by_its_own_records(figures: dict[str, Any]) -> None:
    assert figures["2.2"]["rows"]["EMM only"] == by_year(0, 0, 0, 3, 0)
    assert figures["2.2"]["rows"]["EMM and reported by others"] == by_year(0, 0, 1, 0, 1)


def test_each_year_has_the_form_of_its_own_reports(figures: dict[str, Any]) -> None:
    rows = figures["2.7"]["rows"]
    assert {name: numbers for name, numbers in rows.items() if any(numbers.values())} == {
        "BL-SU": by_year(1, 0, 0, 0, 0),
        "GO-SU": by_year(0, 1, 0, 0, 1),
        "AU": by_year(0, 0, 0, 0, 1),
        "CU": by_year(0, 0, 0, 0, 1),
    }
    assert figures["2.7"]["n"] == 5


def test_each_year_has_its_own_reporters_and_a_letter_is_none(figures: dict[str, Any]) -> None:
    rows = {name: numbers["year"] for name, numbers in figures["2.11"]["rows"].items() if numbers["all"]}
    assert rows == {
        "police": by_year(0, 0, 0, 0, 2),
        "KMar": by_year(0, 1, 0, 0, 0),
        "other reporters": by_year(1, 1, 0, 0, 0),
    }
