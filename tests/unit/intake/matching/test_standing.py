"""What answers come to, and that it depends on those that stand alone."""

from datetime import UTC, datetime

import pytest

from intake.matching.standing import position, standing
from intake.models.decision import LinkDecision
from intake.models.matching import Pair

Waits = Pair.Waits
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def row(number: int, reading: str, answer: str, about: int | None = None) -> LinkDecision:
    return LinkDecision(id=number, reading=reading, answer=answer, about_id=about, by=f"reader-{number}", at=NOON)


def test_nothing_answered_waits_for_a_first_reading() -> None:
    found = position([], twice=True)
    assert (found.decision, found.decided_by, found.waits, found.read_by) == ("", "", Waits.FIRST, "")


@pytest.mark.parametrize(
    ("first", "twice", "decision", "waits"),
    [
        ("same", False, "same", Waits.DONE),
        ("different", True, "different", Waits.SECOND),
        ("cannot-tell", False, "", Waits.SECOND),
    ],
)
def test_first_answer(first: str, twice: bool, decision: str, waits: str) -> None:
    found = position([row(1, "first", first)], twice=twice)
    assert (found.decision, found.waits, found.read_by) == (decision, waits, "reader-1")


@pytest.mark.parametrize(
    ("first", "second", "decision", "waits"),
    [
        ("same", "same", "same", Waits.DONE),
        ("same", "different", "same", Waits.DISPUTED),
        ("different", "same", "different", Waits.DISPUTED),
        ("same", "cannot-tell", "same", Waits.DONE),
        ("cannot-tell", "different", "different", Waits.DONE),
        ("cannot-tell", "cannot-tell", "", Waits.DONE),
    ],
)
def test_second_answer(first: str, second: str, decision: str, waits: str) -> None:
    found = position([row(1, "first", first), row(2, "second", second)], twice=True)
    assert (found.decision, found.waits) == (decision, waits)


@pytest.mark.parametrize(("settled", "decision"), [("different", "different"), ("same", "same"), ("cannot-tell", "")])
def test_whoever_settles_has_the_last_word(settled: str, decision: str) -> None:
    rows = [row(1, "first", "same"), row(2, "second", "different"), row(3, "settling", settled)]
    found = position(rows, twice=True)
    assert (found.decision, found.waits) == (decision, Waits.DONE)


def test_what_was_taken_back_does_not_stand() -> None:
    rows = [row(3, "first", "taken-back", 1), row(1, "first", "same"), row(4, "first", "different"), row(2, "first", "same")]
    assert [one.pk for one in standing(rows)] == [2, 4]
