"""A rare name says more than a common one, and how common a name is depends on where its bearer comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage.name_frequencies import RAREST
from intake.linkage.reference import rarity
from intake.linkage.scripts import folded
from intake.linkage.table_files import entries


def test_a_name_that_every_third_person_bears_says_little():
    assert rarity("nguyen", "VN") == 6


@pytest.mark.parametrize(
    ("common", "rare", "nationality"),
    [
        ("maria", "ioana", "RO"),
        ("diallo", "haba", "GN"),
        ("jansen", "jagroep", "NL"),
        ("li", "jia", "CN"),
        ("mohamed", "guled", "SO"),
        ("kowalska", "zzyzx", "PL"),
    ],
)
def test_rarer_name_says_more(common, rare, nationality):
    assert rarity(common, nationality) < rarity(rare, nationality)


@pytest.mark.parametrize(("word", "home", "abroad"), [("jansen", "NL", "NG"), ("blessing", "NG", "PL"), ("singh", "IN", "VN")])
def test_name_is_rarer_abroad_than_at_home(word, home, abroad):
    assert rarity(word, home) < rarity(word, abroad)


def test_other_spelling_of_a_listed_name_is_two_bits_rarer():
    assert rarity("nguyn", "VN") == rarity("nguyen", "VN") + 8


@pytest.mark.parametrize("nationality", ["", "NL", "ZZ"])
def test_unknown_word_has_the_rare_default(nationality):
    assert rarity("qzxyw", nationality) == RAREST


def test_unknown_nationality_is_the_mixture_of_all():
    assert rarity("anna", "ZZ") == rarity("anna", "")


@given(st.text(max_size=20), st.text(max_size=3))
def test_every_word_has_a_rarity_in_range(word, nationality):
    assert 0 <= rarity(word, nationality) <= RAREST


def test_table_is_normalised_and_no_nationality_has_more_names_than_persons_bear():
    for line in entries("name_frequencies"):
        shares = [pair.split("=") for pair in line.partition(":")[2].split()]
        assert all(folded(word) == word for word, _ in shares)
        assert sum(float(per_mille) for _, per_mille in shares) < 2000
