"""What the answers about a pair come to: which decision holds and which reading it waits for. A pure function of the rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from intake.models.decision import ABOUT_AN_ANSWER, Answer, LinkDecision, Reading
from intake.models.matching import Pair

Waits = Pair.Waits
CLEAR = (Answer.SAME, Answer.DIFFERENT)


@dataclass(frozen=True)
class Position:
    """decision is empty where nobody could tell, or nobody looked: the pair is what its weight makes it."""

    decision: str = ""
    decided_by: str = ""
    decided: datetime | None = None
    waits: Waits = Waits.FIRST
    read_by: str = ""


@dataclass(frozen=True)
class Told:
    """What was answered about a pair, and about the same two before a correction asked anew; in order."""

    answers: list[LinkDecision] = field(default_factory=list)
    earlier: list[LinkDecision] = field(default_factory=list)

    @property
    def standing(self) -> list[LinkDecision]:
        return standing(self.answers)

    def and_then(self, answer: LinkDecision) -> "Told":
        return Told([*self.answers, answer], self.earlier)


def standing(rows: Iterable[LinkDecision]) -> list[LinkDecision]:
    """The answers that nobody took back, in order."""
    found = sorted(rows, key=lambda row: row.pk)
    gone = {row.about_id for row in found if row.answer == Answer.TAKEN_BACK}
    return [row for row in found if row.answer not in ABOUT_AN_ANSWER and row.pk not in gone]


def contested(rows: Iterable[LinkDecision]) -> bool:
    """Whether somebody doubted, or took back, what another one had answered: what holds then is not one person's word alone."""
    found = {row.pk: row for row in rows}
    about = (row for row in found.values() if row.answer in ABOUT_AN_ANSWER and row.about_id in found)
    return any(row.by != found[row.about_id].by for row in about if row.about_id)


def left_waiting(rows: Iterable[LinkDecision]) -> bool:
    """Whether a second person had to read what was asked under an earlier row, before a correction asked anew, and did not."""
    by_pair: defaultdict[object, list[LinkDecision]] = defaultdict(list)
    for row in rows:
        by_pair[row.pair].append(row)
    return any(contested(told) or position(standing(told), twice=False).waits == Waits.SECOND for told in by_pair.values())


def position(rows: Sequence[LinkDecision], *, twice: bool) -> Position:
    """Of the standing answers, of which the last of each reading counts.

    A first answer holds until somebody settles otherwise. Where the first could not tell, the second answer holds. Two clear
    answers that differ wait for somebody who settles it; that a second reader cannot tell is no contradiction.
    """
    last = {row.reading: row for row in rows}
    first, second, settled = (last.get(reading) for reading in (Reading.FIRST, Reading.SECOND, Reading.SETTLING))
    if first is None:
        return Position()
    if settled is not None:
        return _held(settled, Waits.DONE, first.by)
    if second is None:
        return _held(first, Waits.SECOND if twice or first.answer == Answer.CANNOT_TELL else Waits.DONE, first.by)
    if first.answer == Answer.CANNOT_TELL:
        return _held(second, Waits.DONE, first.by)
    disputed = second.answer in CLEAR and second.answer != first.answer
    return _held(first, Waits.DISPUTED if disputed else Waits.DONE, first.by)


def _held(row: LinkDecision, waits: Waits, read_by: str) -> Position:
    if row.answer not in CLEAR:
        return Position(waits=waits, read_by=read_by)
    return Position(row.answer, row.by, row.at, waits, read_by)
