"""Three bands, and the look-alikes that are never linked without a person's decision."""

import numpy as np
import pytest

from intake.linkage.decisions import BANDS, CAUTIONS, Band, Caution, band, bands
from intake.linkage.engine import score
from intake.linkage.fellegi_sunter import shipped
from tests.described import record

NO_DATE = {"year": None, "month": None, "day": None}
JANUARY = {"month": 1, "day": 1}
NUMBER = {"v_number": "2876543210"}
SMALL, LARGE = shipped().of_size(2), shipped().of_size(1_000_000)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"family_name": "Kabriu"},
        {"family_name": "van der Kabiru"},
        {"given_names": ("Mariam",)},
        {"given_names": ("Mariama", "Aminata")},
        {"given_names": ("Kabiru",), "family_name": "Mariama"},
        {"given_names": ("M.",)},
        {"sex": "", "nationalities": ()},
        {"nationalities": ("GN",)},
        {"day": None},
        {"day": 18},
    ],
)
def test_small_difference_is_linked_automatically(change):
    assert score(record(), record(**change)).band is Band.AUTOMATIC


def test_swapped_day_and_month_are_linked_automatically():
    assert score(record(day=5, month=7), record(day=7, month=5)).band is Band.AUTOMATIC


@pytest.mark.parametrize(
    ("first", "second", "caution"),
    [
        ({"month": 9, "day": 2}, {}, Caution.OTHER_DATE),
        ({"given_names": ("Isatu",)}, {}, Caution.OTHER_GIVEN_NAME),
        ({"sex": "male"}, {}, Caution.SEX_DIFFERS),
        (NUMBER, {"v_number": "2811111111"}, Caution.NUMBERS_DIFFER),
        ({"bsn": "123456782"}, {"bsn": "111222333"}, Caution.NUMBERS_DIFFER),
        ({**NO_DATE, "given_names": ()}, {"family_name": ""}, Caution.LITTLE_TO_GO_BY),
        ({**NO_DATE, "given_names": ()}, {}, Caution.LITTLE_TO_GO_BY),
        ({**NO_DATE, "given_names": ("M.",)}, {"family_name": ""}, Caution.LITTLE_TO_GO_BY),
        ({"given_names": (), "family_name": ""}, {}, Caution.LITTLE_TO_GO_BY),
        ({"given_names": ("Elena",), "family_name": "Popescu"}, {}, Caution.LITTLE_TO_GO_BY),
    ],
)
@pytest.mark.parametrize("parameters", [shipped(), SMALL, LARGE])
def test_doubt_is_never_linked_and_says_why(first, second, caution, parameters):
    found = score(record(**first), record(**second), parameters)
    assert caution in found.cautions
    assert found.band is not Band.AUTOMATIC


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"given_names": ("Hawa", "Mary")}, {"given_names": ("Hawa", "Susan")}),
        ({"given_names": ("Mary", "Jane")}, {"given_names": ("Mary", "Ann")}),
        ({"given_names": ("Hawa",)}, {"given_names": ("Isatu",)}),
        ({**JANUARY, "given_names": ("Hawa",)}, {**JANUARY, "given_names": ("Isatu",)}),
        ({"bsn": "123456782"}, {"bsn": "111222333"}),
        ({**NUMBER, "bsn": "123456782"}, {**NUMBER, "bsn": "111222333"}),
        ({**NUMBER, "given_names": ("Hawa",)}, {**NUMBER, "given_names": ("Isatu",)}),
        ({**NUMBER, "given_names": ("Hawa",)}, {**NUMBER, "given_names": ("Isatu",), "year": 1999, "month": 2, "day": 3}),
    ],
)
@pytest.mark.parametrize("parameters", [shipped(), SMALL])
def test_twins_siblings_and_two_numbers_stay_apart(first, second, parameters):
    found = score(record(**first), record(**second), parameters)
    assert found.band is not Band.AUTOMATIC
    assert found.sets_apart


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"given_names": ("M.",)}, {}),
        ({"family_name": "K."}, {}),
        ({"given_names": ("Aleksandra",), "family_name": "Nowak"}, {"given_names": ("Ola",), "family_name": "Nowak"}),
    ],
)
def test_an_initial_or_a_short_form_is_a_second_name_to_go_by_without_a_date(first, second):
    assert Caution.LITTLE_TO_GO_BY not in score(record(**NO_DATE, **first), record(**second)).cautions


def test_namesake_of_another_year_is_not_even_asked_about():
    born = {"year": 1971, "month": 9, "day": 2}
    assert score(record(family_name="Jansen"), record(family_name="Jansen", **born)).band is Band.NONE


@pytest.mark.parametrize("change", [NO_DATE, {"given_names": ("M.",)}, {"day": None, "month": None}, {"family_name": "Kabriu"}])
def test_same_number_links_what_is_incomplete(change):
    assert score(record(**NUMBER), record(**NUMBER, **change)).band is Band.AUTOMATIC


def test_same_number_and_whole_date_link_where_the_family_name_differs():
    assert score(record(**NUMBER), record(**NUMBER, given_names=(), family_name="Popescu")).band is Band.AUTOMATIC


def test_same_number_and_whole_date_of_another_given_name_is_a_question():
    found = score(record(**NUMBER), record(**NUMBER, given_names=("Elena",), family_name="Popescu"))
    assert (found.band, found.cautions) == (Band.QUESTION, (Caution.ONLY_THE_NUMBER,))


def test_same_number_and_first_of_january_is_a_question():
    other = record(**NUMBER, **JANUARY, given_names=(), family_name="Popescu")
    found = score(record(**NUMBER, **JANUARY), other)
    assert (found.band, found.cautions) == (Band.QUESTION, (Caution.ONLY_THE_NUMBER,))


def test_same_number_with_nothing_else_in_common_is_a_question():
    other = record(**NUMBER, given_names=("Elena",), family_name="Popescu", year=1970, month=2, day=3, sex="male")
    found = score(record(**NUMBER), other, LARGE)
    assert (found.band, Caution.ONLY_THE_NUMBER in found.cautions) == (Band.QUESTION, True)


def test_bands_begin_at_their_bounds():
    used = LARGE
    weights = np.array([99.0, used.upper, used.upper - 0.1, used.lower, used.lower - 0.1])
    nobody = {caution: np.zeros(len(weights), dtype=np.bool_) for caution in CAUTIONS}
    found = [BANDS[place] for place in bands(weights, nobody, used)]
    assert found == [Band.AUTOMATIC, Band.AUTOMATIC, Band.QUESTION, Band.QUESTION, Band.NONE]


@pytest.mark.parametrize("caution", CAUTIONS)
def test_weight_alone_never_overrules_a_caution(caution):
    cautious = {one: np.array([one is caution]) for one in CAUTIONS}
    assert [BANDS[place] for place in bands(np.array([99.0]), cautious, LARGE)] == [Band.QUESTION]


@pytest.mark.parametrize("change", [{}, {"given_names": ("Isatu",)}, {"given_names": ("M.",), **NO_DATE}, {"sex": "male"}])
def test_band_of_a_stored_pair_is_that_of_its_score(change):
    found = score(record(), record(**change))
    assert band(found.weight, [str(caution) for caution in found.cautions], shipped()) is found.band
