"""Three bands, and the look-alikes that are never linked without a person's decision."""

import pytest

from intake.linkage.decisions import Band, Caution, band
from intake.linkage.engine import score
from intake.linkage.fellegi_sunter import FROZEN
from tests.described import record

NO_DATE = {"year": None, "month": None, "day": None}
JANUARY = {"month": 1, "day": 1}
NUMBER = {"v_number": "2876543210"}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"family_name": "Kabriu"},
        {"family_name": "van der Kabiru"},
        {"given_names": ("Mariam",)},
        {"given_names": ("Mariama", "Aminata")},
        {"given_names": ("Kabiru",), "family_name": "Mariama"},
        {"sex": "", "nationalities": ()},
        {"nationalities": ("GN",)},
    ],
)
def test_small_difference_is_linked_automatically(change):
    assert score(record(), record(**change)).band is Band.AUTOMATIC


def test_swapped_day_and_month_are_linked_automatically():
    assert score(record(day=5, month=7), record(day=7, month=5)).band is Band.AUTOMATIC


@pytest.mark.parametrize(
    ("first", "second", "caution"),
    [
        (NO_DATE, {}, Caution.DATE_INCOMPLETE),
        (NO_DATE, NO_DATE, Caution.DATE_INCOMPLETE),
        ({"day": None}, {}, Caution.DATE_INCOMPLETE),
        ({"day": None, "month": None}, {}, Caution.DATE_INCOMPLETE),
        (JANUARY, JANUARY, Caution.DATE_INCOMPLETE),
        (JANUARY, {}, Caution.DATE_INCOMPLETE),
        ({"estimated": True}, {}, Caution.DATE_INCOMPLETE),
        ({"day": 18}, {}, Caution.DATE_DIFFERS),
        ({"given_names": ("M.",)}, {}, Caution.NAME_INCOMPLETE),
        ({"given_names": ()}, {}, Caution.NAME_INCOMPLETE),
        ({"given_names": ("Isatu",)}, {}, Caution.OTHER_GIVEN_NAME),
        ({"family_name": "Okonkwo"}, {}, Caution.OTHER_FAMILY_NAME),
        ({"sex": "male"}, {}, Caution.SEX_DIFFERS),
        (NUMBER, {"v_number": "2876543211"}, Caution.NUMBERS_DIFFER),
    ],
)
def test_doubt_is_a_question_with_its_reason(first, second, caution):
    found = score(record(**first), record(**second))
    assert caution in found.cautions
    assert found.band is Band.QUESTION


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"given_names": ("Anna",)}, {"given_names": ("Anne",)}),
        ({"given_names": ("Hawa", "Mary")}, {"given_names": ("Hawa", "Susan")}),
        ({"given_names": ("Tim",)}, {"given_names": ("Tom",)}),
        ({**JANUARY, "given_names": ("Hawa",)}, {**JANUARY, "given_names": ("Isatu",)}),
        ({"bsn": "123456782"}, {"bsn": "111222333"}),
    ],
)
def test_twins_siblings_and_two_numbers_are_never_linked_automatically(first, second):
    found = score(record(**first), record(**second))
    assert found.band is not Band.AUTOMATIC
    assert found.sets_apart


def test_namesakes_of_one_year_with_another_day_are_not_linked():
    assert score(record(), record(month=9, day=2)).band is not Band.AUTOMATIC


def test_namesake_of_another_year_is_not_even_asked_about():
    assert score(record(family_name="Jansen"), record(family_name="Jansen", year=1971, month=9, day=2)).band is Band.NONE


@pytest.mark.parametrize("change", [NO_DATE, {"given_names": ("M.",)}, {"day": None, "month": None}, {"family_name": "Kabriu"}])
def test_same_number_links_what_is_incomplete(change):
    assert score(record(**NUMBER), record(**NUMBER, **change)).band is Band.AUTOMATIC


def test_same_number_with_nothing_else_in_common_is_a_question():
    other = record(**NUMBER, given_names=("Elena",), family_name="Popescu", year=1970, month=2, day=3, sex="male")
    found = score(record(**NUMBER), other)
    assert found.weight < FROZEN.lower
    assert (found.band, Caution.ONLY_THE_NUMBER in found.cautions) == (Band.QUESTION, True)


def test_same_document_with_another_date_is_a_question():
    mother_and_child = {"document_number": "NX1234567"}
    found = score(record(**mother_and_child), record(**mother_and_child, given_names=("Isatu",), year=2012))
    assert found.band is not Band.AUTOMATIC


def test_weight_alone_never_overrules_a_caution():
    assert band(99.0, (Caution.NUMBERS_DIFFER,), FROZEN) is Band.QUESTION
    assert band(FROZEN.upper, (), FROZEN) is Band.AUTOMATIC
    assert band(FROZEN.upper - 0.1, (), FROZEN) is Band.QUESTION
    assert band(FROZEN.lower - 0.1, (), FROZEN) is Band.NONE
