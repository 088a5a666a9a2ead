"""Index tokens: combinations only, shared by the variations that one person is reported with."""

import pytest
from hypothesis import given

from intake.linkage.engine import Record, make_record, tokens
from tests.described import digest, record
from tests.unit.intake.linkage.test_records import described


def shared(first: Record, second: Record) -> set[bytes]:
    return set(tokens(first, digest)) & set(tokens(second, digest))


@pytest.mark.parametrize(
    "change",
    [
        {"family_name": "Kabirou"},
        {"family_name": "Kabriu"},
        {"family_name": "Otherwise"},
        {"given_names": ("M.",)},
        {"given_names": ()},
        {"given_names": ("Kabiru",), "family_name": "Mariama"},
        {"day": None},
        {"day": None, "month": None},
        {"year": None, "month": None, "day": None},
        {"day": 5, "month": 17 % 12},
        {"nationalities": ()},
        {"sex": ""},
    ],
)
def test_variation_shares_a_token_with_the_whole(change):
    assert shared(record(), record(**change))


def test_swapped_day_and_month_share_the_token_of_the_date():
    first = record(day=5, month=6, given_names=("One",), family_name="Thing")
    second = record(day=6, month=5, given_names=("Quite",), family_name="Other")
    assert shared(first, second)


def test_number_alone_is_a_token():
    first, second = Record(v_number=record(v_number="2876543210").v_number), record(v_number="2876543210", given_names=("X",))
    assert len(shared(first, second)) == 1


@pytest.mark.parametrize("only", ["given_names", "family_name", "birth", "nationalities", "sex"])
def test_single_fact_makes_no_token(only):
    kept = {"given_names": (), "family_name": "", "year": None, "nationalities": (), "sex": ""}
    kept.pop("year" if only == "birth" else only)
    assert tokens(record(**kept), digest) == ()


def test_name_and_nationality_of_a_person_with_one_name_make_a_token():
    alone = record(given_names=(), year=None, sex="")
    assert shared(alone, record(family_name="", given_names=("Kabiru",)))


def test_first_of_january_makes_no_token_with_nationality_alone():
    first = record(day=1, month=1, given_names=("One",), family_name="Thing")
    second = record(day=1, month=1, given_names=("Quite",), family_name="Other")
    assert not shared(first, second)


@given(described)
def test_tokens_are_distinct_and_of_one_size(description):
    found = tokens(make_record(description, digest), digest)
    assert len(set(found)) == len(found)
    assert all(len(token) == 16 for token in found)
