"""The simple ways to link find what they should, and clusters do not grow along a chain."""

import pytest

from benchmarks.baselines import Scored, clusters, exact_pairs, letters, match_key_pairs, sound
from benchmarks.registers import Row

ROW = Row("R1", "2019-01-01", "police", "Ewa", "Kowalska", "", "1994-03-12", "0", "V", "Polen", "", "", "")


def other(**changes: str) -> Row:
    return ROW._replace(report_id="R2", **changes)


def found(pairs: list[Scored]) -> bool:
    return [(pair.report_id_a, pair.report_id_b) for pair in pairs] == [("R1", "R2")]


def test_same_name_without_diacritics_and_same_date_are_exact() -> None:
    assert found(exact_pairs([ROW, other(given_name="EWÄ")]))


@pytest.mark.parametrize("changes", [{"date_of_birth": "1994"}, {"given_name": "Eva"}, {"family_name": ""}])
def test_exact_needs_both_names_and_the_whole_date(changes: dict[str, str]) -> None:
    assert not exact_pairs([ROW, other(**changes)])


def test_same_number_is_enough() -> None:
    assert found(exact_pairs([ROW._replace(v_number="2612345678"), other(given_name="", v_number="2612345678")]))


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "Kowalska", "family_name": "Ewa"},
        {"given_name": "Eva"},
        {"date_of_birth": "1994"},
        {"date_of_birth": "1994-12-03"},
    ],
)
def test_match_keys_find_swapped_and_misheard_names_and_parts_of_a_date(changes: dict[str, str]) -> None:
    assert found(match_key_pairs([ROW, other(**changes)]))


def test_match_keys_do_not_find_another_name_on_another_date() -> None:
    assert not match_key_pairs([ROW, other(given_name="Anna", date_of_birth="1990-01-05")])


def test_key_that_everybody_shares_is_no_key() -> None:
    assert not exact_pairs([ROW._replace(report_id=f"R{number}") for number in range(201)])


def test_chain_of_likely_pairs_is_not_one_cluster() -> None:
    rows = [ROW._replace(report_id=f"R{number}") for number in range(6)]
    chain = [Scored(f"R{number}", f"R{number + 1}", 0.95) for number in range(5)]
    assert len(set(clusters(rows, chain, 0.9).values())) > 1


def test_unlikely_pair_is_not_joined() -> None:
    assert len(set(clusters([ROW, other()], [Scored("R1", "R2", 0.8)], 0.9).values())) == 2


@pytest.mark.parametrize(
    ("word", "code"), [("robert", "r163"), ("rupert", "r163"), ("tymczak", "t522"), ("lee", "l000"), ("", "000")]
)
def test_sound(word: str, code: str) -> None:
    assert sound(word) == code


@pytest.mark.parametrize(
    ("name", "words"), [("Łucja van 't Hof", ["lucja", "van", "t", "hof"]), ("N.N.", []), ("onbekend", [])]
)
def test_letters_of_a_name(name: str, words: list[str]) -> None:
    assert letters(name) == words
