"""From what a person is called to keyed digests: one key, one record; what says nothing makes no feature."""

import pytest

from intake.linkage.engine import Details, Record, make_record
from intake.linkage.features import Maker
from intake.linkage.normalise import MOST_WORDS
from tests.described import details, digest, record


def test_equal_descriptions_make_equal_records_under_one_key_only():
    assert record() == record()
    assert make_record(details(), lambda kind, text: digest(kind, text + "other key")) != record()


def test_maker_of_many_makes_what_a_maker_of_one_makes():
    maker = Maker(digest)
    described = [details(), details(family_name="Kabriu"), details(nationalities=("NL",)), details(year=1995), details()]
    assert [maker.make(one) for one in described] == [make_record(one, digest) for one in described]


@pytest.mark.parametrize("nothing", ["", "onbekend", "NN", "-", "123", "  "])
def test_name_that_says_nothing_is_empty(nothing):
    made = record(given_names=(nothing,), family_name=nothing, aliases=(nothing,))
    assert not any((made.given, made.family, made.aliases))


def test_details_without_anything_make_the_empty_record():
    assert make_record(Details(), digest) == Record()


@pytest.mark.parametrize("prefix", ["van der", "Van Der", "v.d.", ""])
def test_prefix_in_its_own_box_makes_no_difference(prefix):
    assert record(prefix=prefix) == record(family_name="van der Kabiru") == record()


def test_prefix_without_a_name_stays_a_name():
    assert record(prefix="Le", family_name="").family


@pytest.mark.parametrize("number", ["123456789", "000000000", "12345678", "onbekend"])
def test_bsn_that_fails_its_test_is_no_number(number):
    assert not record(bsn=number).bsn


def test_bsn_that_passes_its_test_is_a_number():
    assert record(bsn="1234.56.782").bsn == record(bsn="123456782").bsn
    assert record(bsn="123456782").bsn


@pytest.mark.parametrize("number", ["", "V", "V-000", "nvt", "onbekend", "0"])
def test_v_number_without_a_figure_is_no_number(number):
    assert not record(v_number=number).v_number


def test_v_number_is_its_digits():
    assert record(v_number="V 287.654-3210").v_number == record(v_number="2876543210").v_number


def test_equal_digits_of_two_kinds_of_number_have_nothing_in_common():
    made = record(v_number="123456782", bsn="123456782", document_number="123456782")
    assert len({made.v_number.exact, made.bsn.exact, made.document.exact}) == 3
    assert made.v_number.near.isdisjoint(made.bsn.near)


def test_day_without_month_and_date_without_year_are_unknown():
    assert record(month=None).birth.day == b""
    assert record(year=None).birth == record(year=None, month=None, day=None).birth


def test_first_of_january_is_marked():
    assert record(month=1, day=1).birth.first_of_january
    assert not record(month=1, day=2).birth.first_of_january


def test_years_around_and_mistyped_hold_the_years_they_should():
    year = {number: record(year=number).birth.year for number in range(1980, 2000)}
    birth = record(year=1989).birth
    assert birth.around == tuple(year[number] for number in (1986, 1987, 1988, 1990, 1991, 1992))
    assert set(birth.mistyped) == {year[1998], year[1999], record(year=1979).birth.year}


@pytest.mark.parametrize("sex", ["other", "X", "o", ""])
def test_sex_other_is_no_evidence(sex):
    assert record(sex=sex).sex == b""


def test_order_and_repetition_of_nationalities_make_no_difference():
    assert record(nationalities=("SL", "NL", "SL")).nationalities == record(nationalities=("NL", "SL")).nationalities


def test_rare_name_is_rarer_than_a_common_one():
    common = record(family_name="Jansen", nationalities=("NL",)).family.words[0]
    rare = record(family_name="Qwortelboer", nationalities=("NL",)).family.words[0]
    assert rare.rarity > common.rarity + 4


def test_name_without_end_is_bounded():
    made = record(given_names=("Anna " * 500,), family_name=" ".join("x" * 300 + chr(97 + place) for place in range(26)))
    assert len(made.given.words) == 1
    assert len(made.family.words) <= MOST_WORDS
    assert Record.from_bytes(made.to_bytes()) == made
