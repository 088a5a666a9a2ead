"""The level that holds between two descriptions, field by field; comparing the other way round gives the same."""

import pytest
from hypothesis import given

from intake.linkage.comparisons import Field, Level, compare
from intake.linkage.engine import make_record
from tests.described import digest, record
from tests.unit.intake.linkage.test_records import described


def levels(first: dict, second: dict) -> dict[Field, Level]:
    return dict(compare(record(**first), record(**second)))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Kabiru", "Kabiru", Level.SAME),
        ("Jansen", "Jansen", Level.SAME_VERY_COMMON),
        ("Hoekstra", "Hoekstra", Level.SAME_COMMON),
        ("Kabiru", "Kabriu", Level.ONE_LETTER),
        ("Diallo", "Jalloh", Level.SOUNDS_ALIKE),
        ("Garcia Lopez", "Lopez", Level.PART_OF_NAME),
        ("Garcia Lopez", "Garcia Ruiz", Level.SHARED_AND_DIFFERENT),
        ("Lopez Garcia", "Garcia Lopez", Level.SAME_COMMON),
        ("Osarugue", "Osaretin", Level.SAME_START),
        ("K.", "Kabiru", Level.INITIAL),
        ("Kabiru", "Okonkwo", Level.DIFFERENT),
        ("", "Kabiru", Level.MISSING),
        ("onbekend", "Kabiru", Level.MISSING),
        ("van der Kabiru", "Kabiru", Level.SAME),
    ],
)
def test_level_of_family_name(one, other, level):
    assert levels({"family_name": one}, {"family_name": other})[Field.FAMILY_NAME] is level


@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Anne"), ("Lisa", "Lies"), ("Emma", "Amy"), ("Tim", "Tom"), ("Marek", "Mirek")]
)
def test_short_given_names_that_resemble_each_other_are_not_alike(one, other):
    level = levels({"given_names": (one,)}, {"given_names": (other,)})[Field.GIVEN_NAME]
    assert level in (Level.DIFFERENT, Level.SAME_START)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ((1994, 5, 17), (1994, 5, 17), Level.SAME),
        ((1994, 5, 7), (1994, 7, 5), Level.DAY_AND_MONTH_SWAPPED),
        ((1994, 5, None), (1994, 5, 17), Level.MONTH_AND_YEAR),
        ((1994, None, None), (1994, 5, 17), Level.YEAR_ONLY),
        ((1994, 1, 1), (1994, 1, 1), Level.FIRST_OF_JANUARY),
        ((1994, 1, 1), (1994, 5, 17), Level.YEAR_AND_PLACEHOLDER),
        ((1994, 5, 17), (1994, 5, 18), Level.ONE_PART_DIFFERENT),
        ((1994, 5, 17), (1984, 5, 17), Level.ONE_PART_DIFFERENT),
        ((1994, 5, 17), (1994, 8, 3), Level.YEAR_BUT_OTHER_DAY),
        ((1994, 5, None), (1994, 8, None), Level.YEAR_BUT_OTHER_DAY),
        ((1994, None, None), (1995, 5, 17), Level.YEAR_BESIDE),
        ((1994, 5, 17), (1995, 8, 3), Level.DIFFERENT),
        ((1994, 1, 1), (1984, 1, 1), Level.DIFFERENT),
        ((None, None, None), (1994, 5, 17), Level.MISSING),
    ],
)
def test_level_of_birth_date(one, other, level):
    first = dict(zip(("year", "month", "day"), one, strict=True))
    second = dict(zip(("year", "month", "day"), other, strict=True))
    assert levels(first, second)[Field.BIRTH_DATE] is level


def test_estimated_date_says_no_more_than_its_year():
    assert levels({"estimated": True}, {})[Field.BIRTH_DATE] is Level.FIRST_OF_JANUARY
    assert levels({"estimated": True}, {"day": 3})[Field.BIRTH_DATE] is Level.YEAR_AND_PLACEHOLDER


def test_names_in_each_others_box_are_recognised():
    found = levels({}, {"given_names": ("Kabiru",), "family_name": "Mariama"})
    assert (found[Field.FAMILY_NAME], found[Field.GIVEN_NAME]) == (Level.OTHER_BOX, Level.OTHER_BOX)


def test_whole_name_in_the_family_box_is_recognised():
    found = levels({}, {"given_names": (), "family_name": "Mariama Kabiru"})
    assert (found[Field.FAMILY_NAME], found[Field.GIVEN_NAME]) == (Level.PART_OF_NAME, Level.OTHER_BOX)


def test_alias_counts_only_where_a_name_disagrees():
    work_name = {"given_names": ("Roxanne",)}
    assert levels({"aliases": ("Roxanne",)}, work_name)[Field.ALIAS] is Level.SAME
    assert levels({"aliases": ("Roxanne",)}, {"aliases": ("Roxanne",)})[Field.ALIAS] is Level.MISSING
    assert levels({"aliases": ("Roxanne",)}, {"given_names": ("Ebony",)})[Field.ALIAS] is Level.MISSING


def test_one_nationality_in_common_is_agreement():
    assert levels({"nationalities": ("SL", "NL")}, {"nationalities": ("NL",)})[Field.NATIONALITY] is Level.SAME
    assert levels({"nationalities": ("SL",)}, {"nationalities": ("NL",)})[Field.NATIONALITY] is Level.DIFFERENT


@given(described, described)
def test_comparison_is_symmetric(one, other):
    first, second = make_record(one, digest), make_record(other, digest)
    assert list(compare(first, second)) == list(compare(second, first))
