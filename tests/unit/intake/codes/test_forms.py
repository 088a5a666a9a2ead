"""Form of trafficking by the hierarchy of note 54."""

import csv
from itertools import chain, combinations
from pathlib import Path

import pytest

from intake.codes import forms
from intake.codes.lists import COUNTRIES, EXPLOITATION_TYPES, FORMS

PERSONS = Path(__file__).resolve().parents[4] / "config/demonstration/data/persons.csv"


@pytest.mark.parametrize(
    ("types", "nationalities", "form"),
    [
        ({"sexual"}, ["NL"], "BL-SU"),
        ({"sexual"}, ["MA", "NL"], "BL-SU"),
        ({"sexual"}, ["CW"], "BL-SU"),
        ({"sexual", "labour"}, ["NG"], "GO-SU"),
        ({"sexual", "labour"}, [], ""),
        ({"labour", "criminal"}, ["NL"], "AU"),
        ({"criminal", "organ"}, ["PL"], "CU"),
        ({"organ"}, ["NL"], ""),
        (set(), ["NL"], ""),
    ],
)
def test_hierarchy_decides_the_form(types: set[str], nationalities: list[str], form: str) -> None:
    assert forms.form_of(types, nationalities) == form


def test_every_combination_gives_a_listed_form_or_unknown() -> None:
    codes = EXPLOITATION_TYPES.codes
    for types in chain.from_iterable(combinations(codes, size) for size in range(len(codes) + 1)):
        for nationalities in ((), ("NL",), ("NG",)):
            assert forms.form_of(types, nationalities) in {*FORMS.codes, ""}


def test_form_of_every_person_of_the_reference_register_is_the_published_one() -> None:
    with PERSONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            nationality = row["nationality"]
            known = [] if nationality == "other unknown" else ["BR"] if nationality.startswith("other ") else [nationality]
            codes = [code if code == "BR" else COUNTRIES.by_label(code) for code in known]
            assert (forms.form_of(row["types"].split("+"), codes) or "unknown") == row["form"], row["person_id"]
