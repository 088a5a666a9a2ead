"""Index tokens: combinations only, shared by the variations that one person is reported with, and never more than the cap."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage.blocking import token_keys
from intake.linkage.candidates import Blocks, block
from intake.linkage.columns import Columns
from intake.linkage.engine import Record, make_record, tokens
from intake.linkage.ragged import Ragged
from intake.linkage.sharing import KINDS, MARKS, Token
from intake.linkage.tokens import TOKEN_SIZE, keys_of
from tests.described import digest, record
from tests.unit.intake.linkage.test_records import described

Pairs = tuple[set[tuple[int, int]], int]


def of(one: Record) -> tuple[bytes, ...]:
    """But for the token of the whole, which equal records alone share."""
    (found,) = tokens([one], digest)
    return tuple(token for token in found if token[0] != MARKS[Token.WHOLE])


def shared(first: Record, second: Record) -> set[bytes]:
    return set(of(first)) & set(of(second))


@pytest.mark.parametrize(
    "change",
    [
        {"family_name": "Kabirou"},
        {"family_name": "Kabriu"},
        {"family_name": "Otherwise"},
        {"given_names": ("M.",)},
        {"given_names": ()},
        {"given_names": ("Kabiru",), "family_name": "Mariama"},
        {"given_names": (), "family_name": "Mariama Kabiru"},
        {"day": None},
        {"day": None, "month": None},
        {"year": None, "month": None, "day": None},
        {"day": 5, "month": 17 % 12},
        {"year": 1995},
        {"nationalities": ()},
        {"sex": ""},
    ],
)
def test_variation_shares_a_token_with_the_whole(change):
    assert shared(record(), record(**change))


def test_spellings_of_one_family_share_tokens():
    assert shared(record(family_name="Diallo", year=None), record(family_name="Jalloh", year=None))


def test_swapped_day_and_month_share_the_token_of_the_date():
    first = record(day=5, month=6, given_names=("One",), family_name="Thing")
    second = record(day=6, month=5, given_names=("Quite",), family_name="Other")
    assert shared(first, second)


@pytest.mark.parametrize("number", [{"v_number": "2876543210"}, {"bsn": "123456782"}, {"document_number": "NX1234567"}])
def test_number_alone_is_a_token(number):
    alone = record(given_names=(), family_name="", year=None, nationalities=(), sex="", **number)
    assert len(of(alone)) == len(shared(alone, record(given_names=("X",), **number))) == 1


@pytest.mark.parametrize("only", ["given_names", "family_name", "year", "nationalities", "sex", "place"])
def test_single_fact_makes_no_token(only):
    kept = {"given_names": (), "family_name": "", "year": None, "nationalities": (), "sex": "", "place": ""}
    kept.pop(only)
    assert of(record(**(kept | ({"place": "Freetown"} if only == "place" else {})))) == ()


def test_name_and_nationality_of_a_person_with_one_name_make_a_token():
    alone = record(given_names=(), year=None, sex="")
    assert shared(alone, record(family_name="", given_names=("Kabiru",)))


@pytest.mark.parametrize("vague", [{"day": 1, "month": 1}, {"estimated": True}])
def test_vague_date_makes_no_token_with_nationality_alone(vague):
    first = record(given_names=("One",), family_name="Thing", **vague)
    second = record(given_names=("Quite",), family_name="Other", **vague)
    assert not shared(first, second)


@given(st.lists(described, min_size=1, max_size=4))
def test_tokens_are_distinct_of_one_size_and_the_same_in_any_company(descriptions):
    records = [make_record(one, digest) for one in descriptions]
    together = tokens(records, digest)
    assert together == [found for one in records for found in tokens([one], digest)]
    for found in together:
        assert list(found) == sorted(set(found))
        assert all(len(token) == TOKEN_SIZE and token[0] in KINDS for token in found)


@given(st.lists(described, min_size=1, max_size=4))
def test_keys_of_one_record_are_those_that_the_arrays_make_of_many(descriptions):
    records = [make_record(one, digest) for one in descriptions]
    of_many = [
        {(kind, key) for kind, ragged in keys for key in ragged.keys[ragged.rows == row].tolist()}
        for keys in [list(token_keys(Columns(records).frozen()))]
        for row in range(len(records))
    ]
    assert [{(kind, key) for kind, keys in keys_of(one) for key in keys} for one in records] == of_many


def test_tokens_can_be_made_anew_from_the_record_under_another_key():
    kept = Record.from_bytes(record().to_bytes())
    (anew,) = tokens([kept], lambda kind, text: digest(kind, "new key" + text))
    assert len(anew) == len(of(record())) + 1
    assert not set(anew) & set(of(record()))


def test_every_kind_of_token_occurs():
    whole = record(place="Freetown", v_number="2876543210"), record(given_names=())
    kinds = {kind for kind, ragged in token_keys(Columns(whole).frozen()) if len(ragged.keys)}
    assert kinds == set(Token) - {Token.WHOLE}


def test_token_of_the_whole_is_of_equal_records_alone():
    first, again, other = (tokens([one], digest)[0] for one in (record(), record(), record(place="Freetown")))
    whole = {token for token in first if token[0] == MARKS[Token.WHOLE]}
    assert len(whole) == 1
    assert whole <= set(again)
    assert not whole & set(other)


def ragged(keys: list[set[int]]) -> Ragged:
    flat = [(row, key) for row, found in enumerate(keys) for key in sorted(found)]
    rows, values = ([one[end] for one in flat] for end in (0, 1))
    return Ragged(np.array(rows, dtype=np.int64), np.array(values, dtype=np.uint64))


def one_by_one(keys: list[set[int]], cap: int) -> Pairs:
    rows_of = {key: [row for row, found in enumerate(keys) if key in found] for key in set().union(*keys)}
    used = [rows for rows in rows_of.values() if len(rows) <= cap]
    return {two for rows in used for two in combinations(rows, 2)}, len(rows_of) - len(used)


def blocks(found: Ragged, cap: int, rows: int, kind: Token = Token.NUMBER) -> Blocks:
    """Of keys as those of a number, which are enough to share alone."""
    return Blocks(rows, [block(kind, found, cap, rows)])


def of_all(found: Blocks) -> list[tuple[int, int]]:
    left, right = found.pairs(range(found.size))
    return list(zip(left.tolist(), right.tolist(), strict=True))


@given(st.lists(st.sets(st.integers(0, 5), max_size=4), max_size=9), st.integers(1, 6))
def test_pairs_are_those_who_share_a_key_that_is_not_worn(keys, cap):
    found = blocks(ragged(keys), cap, len(keys))
    assert (set(of_all(found)), found.worn) == one_by_one(keys, cap)
    assert of_all(found) == sorted(set(of_all(found)))


@pytest.mark.parametrize("parts", [(range(2), range(2, 6)), (range(0, 6, 2), range(1, 6, 2)), (range(0), range(6))])
def test_pairs_of_some_rows_and_of_the_others_are_the_pairs_of_all(parts):
    found = blocks(ragged([{1, 2}, {2}, {1, 3}, {3}, {1, 2, 3}, {2, 3}]), 5, 6)
    pairs = [found.pairs(lesser) for lesser in parts]
    assert sorted(two for left, right in pairs for two in zip(left.tolist(), right.tolist(), strict=True)) == of_all(found)


def test_key_twice_in_a_row_counts_once():
    twice = blocks(Ragged(np.array([0, 0, 1]), np.array([7, 7, 7], dtype=np.uint64)), 2, 2, Token.STARTS)
    assert (of_all(twice), twice.worn, twice.of_kinds[0].points.tolist()) == ([(0, 1)], 0, [3, 3])


def test_keys_that_the_same_rows_share_list_their_pairs_once():
    found = blocks(ragged([{1, 2, 5}, {1, 2, 5}, {1, 2}, {5}]), 5, 4)
    assert found.listed.sum() == 3 + 3
    assert of_all(found) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]


def test_key_that_fifty_thousand_share_lists_no_pair_and_is_counted():
    worn = blocks(Ragged(np.arange(50_000), np.zeros(50_000, dtype=np.uint64)), 200, 50_000)
    assert (of_all(worn), worn.worn, worn.listed.sum()) == ([], 1, 0)
