"""Region of origin follows the visible table of decisions."""

import csv

import pytest
from babel import Locale

from intake.codes import generate, regions
from intake.codes.lists import COUNTRIES, DATA, REGIONS


def test_every_country_of_iso_3166_and_kosovo_has_a_region() -> None:
    not_countries = {"XA", "XB", "EU", "EZ", "UN", "QO", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    iso = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - not_countries
    assert set(COUNTRIES.codes) == iso
    assert len(COUNTRIES.codes) == 250
    assert {code.region for code in COUNTRIES.rows.values()} == set(REGIONS.codes)


def test_no_country_stands_in_two_regions_of_m49() -> None:
    listed = [code for codes in generate.M49.values() for code in codes.split()]
    assert len(listed) == len(set(listed)) == 250


def test_countries_file_is_what_the_generator_writes() -> None:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == list(generate.countries())


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("NL", "netherlands"), ("TR", "asia"), ("GE", "asia"), ("CY", "europe"), ("RU", "europe"), ("CW", "netherlands"),
        ("XK", "europe"), ("TW", "asia"), ("GF", "europe"), ("US", "other"), ("AU", "other"),
        ("MA", "africa"), ("SR", "latin-america"),
    ],
)  # fmt: skip
def test_policy_decides_the_region(country: str, region: str) -> None:
    assert regions.region_of([country]) == region


def test_every_decision_has_its_reason_in_both_languages() -> None:
    for row in generate.policy().values():
        assert row["reason_nl"]
        assert row["reason_en"]
        assert row["region"] in REGIONS


def test_territory_has_the_region_of_the_state_whose_nationality_its_people_hold() -> None:
    for row in regions.region_table():
        if row.nationality_of:
            assert row.region == COUNTRIES.get(row.nationality_of).region, row.country


@pytest.mark.parametrize(
    ("stated", "counted"),
    [((), ""), (("NG",), "NG"), (("MA", "NL"), "NL"), (("NG", "PL"), "NG"), (("CW",), "NL"), (("MA", "CW"), "NL")],
)
def test_one_nationality_counts_dutch_first(stated: tuple[str, ...], counted: str) -> None:
    assert regions.counted_nationality(stated) == counted


def test_unknown_nationality_has_no_region() -> None:
    assert regions.region_of(()) == ""


def test_table_shows_every_country_and_decisions_first() -> None:
    rows = regions.region_table()
    assert {row.country for row in rows} == set(COUNTRIES.codes)
    decided = [bool(row.reason_en) for row in rows]
    assert decided == sorted(decided, reverse=True)
