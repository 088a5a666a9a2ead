"""Spellings and short forms of one name share a family; names of two persons do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage.reference import families


def akin(one, other):
    return not set(families(one)).isdisjoint(families(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kowalska", "kowalski"),
        ("wisniewska", "wisniewski"),
        ("ivanoff", "ivanova"),
        ("georgiev", "georgieva"),
        ("kazlauskas", "kazlauskiene"),
        ("papadopoulos", "papadopoulou"),
        ("abdulrahman", "abderrahmane"),
        ("abdirahman", "cabdiraxmaan"),
        ("abdelkader", "abdulqadir"),
        ("gebremariam", "ghebremaryam"),
    ],
)
def test_forms_that_follow_a_rule_are_one_name(one, other):
    assert akin(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("abdulrahman", "abdulkarim"), ("gebremariam", "gebremedhin"), ("ivanov", "petrov"), ("martin", "martina")],
)
def test_rules_do_not_bring_two_names_together(one, other):
    assert not akin(one, other)


@given(st.text(max_size=40))
def test_every_text_has_families_without_failing(word):
    assert families(word) == tuple(sorted(set(families(word))))
