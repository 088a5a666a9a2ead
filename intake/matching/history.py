"""What happened to the two reports of a pair before: when they came, how they were changed, what was answered about them.

Whoever reads a pair as the second person is told nothing from which the first answer about it could be read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from intake.matching.pairs import LEAVING
from intake.matching.selectors import Question, Side
from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision
from intake.models.history import EarlierVersion
from intake.models.matching import Pair, PersonContribution
from intake.models.restriction import Restriction

SHOWN = 30


@dataclass(frozen=True)
class Answered:
    """An answer about this report and another one, or that it was taken back."""

    at: datetime
    by: str
    answer: str
    reason: str
    reading: str
    other: str
    about_this_pair: bool


@dataclass(frozen=True)
class Changed:
    at: datetime
    change: str
    person_replaced: bool


@dataclass(frozen=True)
class History:
    """Of one of the two. together: references of what is one person with it; None where that may not be told."""

    person: UUID
    recorded: datetime
    changed: tuple[Changed, ...]
    answered: tuple[Answered, ...]
    together: tuple[str, ...] | None


def of_both(question: Question, *, reader: str, unaware: bool = False) -> tuple[History, History]:
    """Nothing of the answers about a pair that this reader may have to read as the second, nor of what they joined.

    unaware: nor with whom either is one person now, which would tell the first reader of a check what linkage made of it.
    """
    sides = question.first, question.second
    ends = [side.contribution for side in sides]
    answers = _answers(ends, reader)
    names = _references({end for row in answers for end in (row.first_id, row.second_id)})
    changed = _changes(ends)
    made = []
    for side in sides:
        own = [row for row in answers if side.contribution in (row.first_id, row.second_id)]
        told = tuple(_answered(row, side.contribution, names, question) for row in own)
        together = None if unaware or _would_tell(side, reader) else _together(side.contribution, side.person)
        made.append(History(side.person, side.recorded, changed.get(side.contribution, ()), told, together))
    return made[0], made[1]


def _unread_by(reader: str) -> QuerySet[Pair]:
    return Pair.objects.filter(waits=Pair.Waits.SECOND).exclude(read_by=reader)


def would_tell(persons: Iterable[UUID], reader: str) -> bool:
    """Whether who is one person with whom, of these, would tell what the first reader answered about a pair."""
    members = PersonContribution.objects.filter(person__in=list(persons)).values("contribution")
    return _unread_by(reader).filter(Q(first__in=members) | Q(second__in=members)).exists()


def _would_tell(side: Side, reader: str) -> bool:
    own = Q(first=side.contribution) | Q(second=side.contribution)
    return would_tell([side.person], reader) or _unread_by(reader).filter(own).exists()


def _answers(ends: list[UUID], reader: str) -> list[LinkDecision]:
    """But for those about another report that is restricted or leaves."""
    restricted = Restriction.objects.values("contribution")
    rows = LinkDecision.objects.filter(Q(first__in=ends) | Q(second__in=ends))
    rows = rows.exclude(first__in=LEAVING).exclude(second__in=LEAVING)
    secret = _unread_by(reader).filter(first=OuterRef("first"), second=OuterRef("second"))
    rows = rows.exclude(Exists(secret))
    return list(rows.exclude(first__in=restricted).exclude(second__in=restricted).order_by("-id")[:SHOWN])


def _of(row: LinkDecision, question: Question) -> bool:
    return {row.first_id, row.second_id} == {question.first.contribution, question.second.contribution}


def _answered(row: LinkDecision, end: UUID, names: dict[UUID, str], question: Question) -> Answered:
    other = names[row.second_id if row.first_id == end else row.first_id]
    return Answered(row.at, row.by, row.answer, row.reason, row.reading, other, _of(row, question))


def _references(contributions: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Contribution.objects.filter(id__in=list(contributions)).values_list("id", "reference"))


def _changes(ends: list[UUID]) -> dict[UUID, tuple[Changed, ...]]:
    found: dict[UUID, tuple[Changed, ...]] = {}
    for row in EarlierVersion.objects.filter(contribution__in=ends).order_by("id"):
        found[row.contribution_id] = (
            *found.get(row.contribution_id, ()),
            Changed(row.replaced, row.change, row.person_replaced),
        )
    return found


def _together(contribution: UUID, person: UUID) -> tuple[str, ...]:
    rows = PersonContribution.objects.filter(person=person, contribution__leaving=False).exclude(contribution=contribution)
    return tuple(rows.order_by("contribution__date", "contribution").values_list("contribution__reference", flat=True)[:SHOWN])
