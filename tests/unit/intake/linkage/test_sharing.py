"""Which two reports are compared: one rare token, two kinds of which one is rare, or three; one by one and in bulk."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage import sharing
from intake.linkage.sharing import MARKS, Token

CAP = 100
ORDINARY = [kind for kind in Token if kind not in (Token.NUMBER, Token.WHOLE)]


def of(kind: Token, holders: int, rest: int = 0) -> tuple[bytes, int]:
    return sharing.mark(kind, bytes((rest,)) * 16), holders


@pytest.mark.parametrize("kind", ORDINARY)
@pytest.mark.parametrize(("holders", "compared"), [(2, True), (5, True), (6, False), (100, False), (101, False)])
def test_one_kind_is_enough_only_where_hardly_anybody_holds_it(kind, holders, compared):
    assert sharing.enough([of(kind, holders)], CAP) == compared


@pytest.mark.parametrize(("rarer", "other", "compared"), [(10, 100, True), (11, 11, False), (10, 101, False)])
def test_two_kinds_are_enough_where_one_is_rare(rarer, other, compared):
    assert sharing.enough([of(Token.STARTS, rarer), of(Token.NAME_DAY, other)], CAP) == compared


@pytest.mark.parametrize(("most", "compared"), [(100, True), (101, False)])
def test_three_kinds_are_enough_up_to_the_cap(most, compared):
    assert sharing.enough([of(Token.STARTS, 90), of(Token.NAME_DAY, 80), of(Token.NAME_PLACE, most)], CAP) == compared


def test_spellings_of_one_name_are_one_kind():
    assert not sharing.enough([of(Token.STARTS, 20, rest) for rest in range(8)], CAP)
    assert sharing.enough([of(Token.STARTS, 20, 1), of(Token.STARTS, 4, 2)], CAP)


def test_number_is_enough_up_to_the_cap():
    assert sharing.enough([of(Token.NUMBER, 100)], CAP)
    assert not sharing.enough([of(Token.NUMBER, 101)], CAP)


def test_token_of_before_kinds_were_stored_is_worth_nothing():
    assert sharing.points(b"\xff" * 16, 2, CAP) == sharing.points(b"\x00" * 16, 2, CAP) == 0


def test_kinds_keep_their_marks():
    """They are stored: another order would take every token for one of another kind."""
    assert list(MARKS.values()) == list(range(1, len(Token) + 1))
    assert [MARKS[kind] for kind in (Token.NUMBER, Token.STARTS, Token.ONE_BOX, Token.WHOLE)] == [1, 8, 12, 13]


held = st.dictionaries(st.sampled_from(list(Token)), st.lists(st.sets(st.integers(0, 9), min_size=1), max_size=4))


@given(held, st.integers(1, 12))
def test_one_by_one_and_in_bulk_the_same_pairs(holders, cap):
    """holders: of every token of a kind the reports that hold it."""
    one_by_one = {
        two
        for two in combinations(range(10), 2)
        if sharing.enough(
            [
                (sharing.mark(kind, bytes((place,)) * 16), len(reports))
                for kind, tokens in holders.items()
                for place, reports in enumerate(tokens)
                if reports.issuperset(two)
            ],
            cap,
        )
    }
    listed = sharing.perhaps_enough([_in_bulk(kind, tokens, cap) for kind, tokens in holders.items()])
    found = [sharing.best_of_kind(*of_kind) for of_kind in listed]
    kept = sharing.with_enough(found or [np.zeros(0, dtype=np.int64)])
    assert {divmod(pair, 10) for pair in kept.tolist()} == one_by_one
    assert kept.tolist() == sorted(set(kept.tolist()))


def _in_bulk(kind, tokens, cap):
    twos = [(one * 10 + other, len(reports)) for reports in tokens for one, other in combinations(sorted(reports), 2)]
    keys, sizes = (np.array([two[end] for two in twos], dtype=np.int64) for end in (0, 1))
    points = sharing.points_of(kind, sizes, cap)
    return keys[points > 0], points[points > 0]
