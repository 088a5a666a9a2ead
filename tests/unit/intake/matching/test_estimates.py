"""Estimates recover what is known: worked examples from the sources, and intervals that hold the truth as often as they say."""

from random import Random

import pytest

from intake.matching.estimates import Cell, kappa, precision, recall, wilson


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_interval_is_wilsons(found: int, of: int, low: float, high: float) -> None:
    assert wilson(found / of, of) == pytest.approx((low, high), abs=5e-5)


def test_interval_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        wilson(0.5, 0)


def test_precision_of_one_stratum_is_the_plain_share() -> None:
    found = precision([Cell(linked=True, stands_for=40, answered=100, same=95)])
    assert found is not None
    assert found.value == pytest.approx(0.95)
    assert (found.low, found.high) == pytest.approx(wilson(0.95, 100), abs=0.01)
    assert found.answers == 100


def test_strata_count_for_as_many_as_they_stand_for() -> None:
    cells = [Cell(True, 90, 10, 10), Cell(True, 10, 10, 0), Cell(False, 5, 20, 4)]
    found, missed = precision(cells), recall(cells)
    assert found is not None
    assert missed is not None
    assert found.value == pytest.approx(0.9)
    assert missed.value == pytest.approx(900 / (900 + 20))


def test_nothing_answered_gives_no_estimate() -> None:
    assert precision([Cell(False, 5, 20, 4)]) is None
    assert recall([Cell(True, 5, 20, 0), Cell(False, 5, 20, 0)]) is None
    assert precision([]) is recall([]) is None


def test_nothing_found_below_the_bound_is_not_taken_for_nothing_there() -> None:
    sure = recall([Cell(True, 10, 100, 100)])
    searched = recall([Cell(True, 10, 100, 100), Cell(False, 100, 20, 0)])
    assert sure is not None
    assert searched is not None
    assert searched.value == 1.0
    assert searched.low < sure.low


REGISTER = (
    # linked, pairs, of which the same person, how many are read.
    (True, 1500, 1497, 100),
    (True, 500, 470, 100),
    (False, 300, 160, 100),
    (False, 400, 60, 100),
    (False, 3000, 30, 100),
)
LINKED = [(pairs, same) for linked, pairs, same, _ in REGISTER if linked]
PRECISION = sum(same for _, same in LINKED) / sum(pairs for pairs, _ in LINKED)
RECALL = sum(same for _, same in LINKED) / sum(same for _, _, same, _ in REGISTER)
TIMES = 600


def drawn(random: Random, share: float = 1.0) -> list[Cell]:
    """A sample of the register; share of it is of the group that is estimated."""
    cells = []
    for linked, pairs, same, read in REGISTER:
        taken = random.sample(range(pairs), read)
        own = [one for one in taken if random.random() < share]
        cells.append(Cell(linked, pairs / read, len(own), sum(one < same for one in own)))
    return cells


@pytest.mark.parametrize(("measure", "truth"), [(precision, PRECISION), (recall, RECALL)])
@pytest.mark.parametrize("share", [1.0, 0.25])
def test_interval_holds_the_truth_about_as_often_as_it_says(measure, truth: float, share: float) -> None:  # type: ignore[no-untyped-def]
    random = Random(5)
    found = [measure(drawn(random, share)) for _ in range(TIMES)]
    held = sum(one.low <= truth <= one.high for one in found) / TIMES
    assert 0.92 <= held <= 1.0
    assert sum(one.value for one in found) / TIMES == pytest.approx(truth, abs=0.012)


def test_kappa_is_that_of_the_worked_example() -> None:
    """Fleiss, Cohen and Everitt (1969), table 1: three diagnoses of two raters, kappa .429 with standard error .0537."""
    shares = {"aa": 53, "ab": 5, "ac": 2, "ba": 11, "bb": 14, "bc": 5, "ca": 1, "cb": 6, "cc": 3}
    found = kappa({(one[0], one[1]): number * 2 for one, number in shares.items()})
    assert found is not None
    assert found.value == pytest.approx(0.429, abs=0.001)
    assert (found.high - found.low) / (2 * 1.959964) == pytest.approx(0.0537, abs=0.002)
    assert found.answers == 200


def test_readers_who_always_agree_have_one_and_who_never_do_less_than_none() -> None:
    always, never = kappa({("same", "same"): 30, ("different", "different"): 20}), kappa({("a", "b"): 10, ("b", "a"): 10})
    assert always is not None
    assert never is not None
    assert (always.value, never.value) == (1.0, -1.0)


def test_kappa_of_one_answer_alone_or_of_nothing_does_not_exist() -> None:
    assert kappa({("same", "same"): 40}) is None
    assert kappa({}) is None
