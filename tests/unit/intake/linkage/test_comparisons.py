"""The level that holds between two values of one field; the other way round gives the same."""

import pytest
from hypothesis import given

from intake.linkage import comparisons
from intake.linkage.comparisons import MISSING, Field, Level
from intake.linkage.engine import make_record
from intake.linkage.records import BirthDate, Name
from tests.described import digest, record
from tests.unit.intake.linkage.test_records import described


def family(text: str) -> Name:
    return record(family_name=text).family


def born(year: int | None, month: int | None, day: int | None, *, estimated: bool = False) -> BirthDate:
    return record(year=year, month=month, day=day, estimated=estimated).birth


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Kabiru", "Kabiru", Level.SAME),
        ("van der Kabiru", "Kabiru", Level.SAME),
        ("Lopez Garcia", "Garcia Lopez", Level.SAME),
        ("Diallo", "Jalloh", Level.OTHER_SPELLING),
        ("Kowalski", "Kowalska", Level.OTHER_SPELLING),
        ("Kabiru", "Kabriu", Level.ONE_LETTER),
        ("Marek", "Mirek", Level.ANOTHER_NAME),
        ("Szymbor", "Shimber", Level.SOUNDS_ALIKE),
        ("Garcia Lopez", "Lopez", Level.PART_OF_NAME),
        ("Garcia Lopez", "Garcia Ruiz", Level.SHARED_AND_DIFFERENT),
        ("Xiao Ming", "Xiaoming", Level.SAME),
        ("Osarugue", "Osaretin", Level.SAME_START),
        ("K.", "Kabiru", Level.INITIAL),
        ("K", "K", Level.INITIAL),
        ("K.", "Okonkwo", Level.DIFFERENT),
        ("Kabiru", "Okonkwo", Level.DIFFERENT),
        ("", "Kabiru", Level.MISSING),
        ("onbekend", "Kabiru", Level.MISSING),
    ],
)
def test_level_of_two_names(one, other, level):
    assert comparisons.names(family(one), family(other))[0] is level
    assert comparisons.names(family(other), family(one))[0] is level


def test_beginning_or_end_of_a_name_is_a_shortened_name():
    assert comparisons.names(family("Qwertinov"), family("Qwer"))[0] is Level.SHORTENED
    assert comparisons.names(family("Qwertinov"), family("tinov"))[0] is Level.SHORTENED


@pytest.mark.parametrize(("one", "other"), [("Mary Jane", "Mary Ann"), ("Hawa Mary", "Hawa Susan")])
def test_of_as_many_words_a_part_that_differs_is_seen(one, other):
    assert comparisons.names(family(one), family(other))[0] is Level.SHARED_AND_DIFFERENT


def test_rarity_is_the_lesser_and_counts_what_is_shared_alone():
    one, other = family("Qwortel Zandbergh"), family("Qwortel")
    rarity = other.words[0].rarity
    assert comparisons.names(one, other) == (Level.PART_OF_NAME, rarity)
    assert comparisons.names(one, family("Kabiru"))[1] == 0


def test_name_that_resembles_two_words_counts_once():
    one, other = family("Diallo Jalloh"), family("Diallo Kabiru")
    assert comparisons.names(one, other) == comparisons.names(other, one)
    assert comparisons.names(one, other)[1] == family("Diallo").words[0].rarity


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ((1994, 5, 17), (1994, 5, 17), Level.SAME),
        ((1994, 5, 7), (1994, 7, 5), Level.DAY_AND_MONTH_SWAPPED),
        ((1994, 5, None), (1994, 5, 17), Level.MONTH_AND_YEAR),
        ((1994, None, None), (1994, 5, 17), Level.YEAR_ONLY),
        ((1994, None, None), (1994, 1, 1), Level.YEAR_ONLY),
        ((1994, 1, 1), (1994, 1, 1), Level.FIRST_OF_JANUARY),
        ((1994, 1, 1), (1994, 5, 17), Level.YEAR_AND_PLACEHOLDER),
        ((1994, 5, 17), (1994, 5, 18), Level.ONE_PART_DIFFERENT),
        ((1994, 5, 17), (1994, 8, 3), Level.YEAR_BUT_OTHER_DAY),
        ((1994, 5, None), (1994, 8, None), Level.YEAR_BUT_OTHER_DAY),
        ((1994, 5, 17), (1984, 5, 17), Level.YEAR_MISTYPED),
        ((1989, 5, 17), (1998, 5, 17), Level.YEAR_MISTYPED),
        ((1994, 5, 17), (1995, 5, 17), Level.YEAR_MISTYPED),
        ((1994, 5, 17), (1971, 5, 17), Level.OTHER_YEAR),
        ((1994, None, None), (1995, 5, 17), Level.YEAR_BESIDE),
        ((1994, 1, 1), (1991, 5, 17), Level.YEARS_NEAR),
        ((1994, None, None), (1990, 5, 17), Level.DIFFERENT),
        ((1994, 5, 17), (1995, 8, 3), Level.DIFFERENT),
        ((1994, 1, 1), (1984, 1, 1), Level.DIFFERENT),
        ((None, None, None), (1994, 5, 17), Level.MISSING),
    ],
)
def test_level_of_birth_date(one, other, level):
    assert comparisons.birth_dates(born(*one), born(*other)) == (level, 0)
    assert comparisons.birth_dates(born(*other), born(*one)) == (level, 0)


def test_estimated_date_says_no_more_than_its_year():
    guess = born(1994, 5, 17, estimated=True)
    assert comparisons.birth_dates(guess, born(1994, 5, 17))[0] is Level.FIRST_OF_JANUARY
    assert comparisons.birth_dates(guess, born(1994, 5, 3))[0] is Level.YEAR_AND_PLACEHOLDER
    assert comparisons.birth_dates(guess, born(1995, 8, 3))[0] is Level.YEAR_BESIDE


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("2876543210", "2876543210", Level.SAME),
        ("2876543210", "2876543201", Level.ONE_LETTER),
        ("2876543210", "2876543310", Level.ONE_LETTER),
        ("2876543210", "287654321", Level.ONE_LETTER),
        ("2876543210", "2811111111", Level.DIFFERENT),
        ("2876543210", "", Level.MISSING),
    ],
)
def test_level_of_numbers(one, other, level):
    assert comparisons.numbers(record(v_number=one).v_number, record(v_number=other).v_number) == (level, 0)


def test_code_is_the_same_different_or_missing():
    female, male = record().sex, record(sex="male").sex
    assert [comparisons.codes(female, other)[0] for other in (female, male, b"")] == [
        Level.SAME,
        Level.DIFFERENT,
        Level.MISSING,
    ]


def test_one_nationality_in_common_is_agreement():
    both, dutch, none = (record(nationalities=codes).nationalities for codes in (("SL", "NL"), ("NL",), ()))
    assert comparisons.nationalities(both, dutch)[0] is Level.SAME
    assert comparisons.nationalities(record().nationalities, dutch) == comparisons.DIFFERENT
    assert comparisons.nationalities(none, dutch) == MISSING


def test_alias_that_is_not_found_says_nothing():
    roxanne, ebony = record(aliases=("Roxanne",)).aliases, record(aliases=("Ebony", "Roxane")).aliases
    assert comparisons.aliases(roxanne, ebony)[0] is Level.SAME
    assert comparisons.aliases(roxanne, record().given) == MISSING


def test_every_field_has_a_name_of_its_own():
    assert len({field.value for field in Field}) == len(Field)


@given(described, described)
def test_comparison_is_symmetric(one, other):
    first, second = make_record(one, digest), make_record(other, digest)
    for box in ("given", "family", "aliases", "place"):
        names = getattr(first, box), getattr(second, box)
        assert comparisons.names(*names) == comparisons.names(*reversed(names))
        assert comparisons.aliases(*names) == comparisons.aliases(*reversed(names))
    assert comparisons.birth_dates(first.birth, second.birth) == comparisons.birth_dates(second.birth, first.birth)
    assert comparisons.nationalities(first.nationalities, second.nationalities) == comparisons.nationalities(
        second.nationalities, first.nationalities
    )


@given(described)
def test_description_agrees_with_itself(one):
    made = make_record(one, digest)
    assert comparisons.names(made.family, made.family)[0] in (Level.SAME, Level.INITIAL, Level.MISSING)
    assert comparisons.birth_dates(made.birth, made.birth)[0] in {
        Level.SAME, Level.FIRST_OF_JANUARY, Level.MONTH_AND_YEAR, Level.YEAR_ONLY, Level.MISSING,
    }  # fmt: skip
