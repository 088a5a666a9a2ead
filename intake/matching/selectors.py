"""What a reviewer may see: open questions with their evidence by field and where the reports came from. No identity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from intake.models.matching import Pair, PersonContribution

PORTION = 200

# Any as the model: the persons are annotated, which the type checker does not follow through values().
Rows = QuerySet[Any, dict[str, Any]]


@dataclass(frozen=True)
class Side:
    """One of the two reports, as far as it may be seen without a look at the identity."""

    contribution: UUID
    person: UUID
    reference: str
    source: str
    group: str
    day: date


@dataclass(frozen=True)
class Evidence:
    """A field, its level of agreement and the weight in bits; codes of the linkage engine."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True)
class Question:
    """A pair with its explanation; decision is empty while it is open."""

    id: UUID
    weight: float
    evidence: tuple[Evidence, ...]
    cautions: tuple[str, ...]
    parameters: str
    held_back: bool
    first: Side
    second: Side
    decision: str
    decided_by: str
    decided: datetime | None

    @property
    def persons(self) -> frozenset[UUID]:
        return frozenset((self.first.person, self.second.person))


def open_questions(limit: int) -> tuple[Question, ...]:
    """The likeliest first, one for each two persons; none where the two were found different already."""
    rows = _open().order_by("-weight", "id")
    asked: dict[frozenset[UUID], Question] = {}
    start = 0
    while len(asked) < limit and (read := [_question(row) for row in rows[start : start + PORTION]]):
        answered = _found_different(read)
        for question in read:
            if question.persons not in answered:
                asked.setdefault(question.persons, question)
        start += PORTION
    return tuple(asked.values())[:limit]


def count_open() -> int:
    """Pairs that wait for a decision and are not one person already; more than questions where persons have several reports."""
    return _open().count()


def question(pair: UUID) -> Question | None:
    row = _pairs().filter(id=pair).first()
    return _question(row) if row else None


def _open() -> Rows:
    return _pairs().filter(band=Pair.Band.QUESTION, decision="").exclude(first_person=F("second_person"))


def _pairs() -> Rows:
    person = PersonContribution.objects.values("person")
    rows = Pair.objects.annotate(
        first_person=Subquery(person.filter(contribution=OuterRef("first"))),
        second_person=Subquery(person.filter(contribution=OuterRef("second"))),
    )
    sides = (f"{side}__{column}" for side in ("first", "second") for column in ("id", "reference", "source", "group", "date"))
    own = ("id", "weight", "explanation", "parameters", "held_back", "decision", "decided_by", "decided")
    found: Rows = rows.values(*own, "first_person", "second_person", *sides)
    return found


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        id=row["id"],
        weight=row["weight"],
        evidence=tuple(Evidence(*part) for part in row["explanation"]["evidence"]),
        cautions=tuple(row["explanation"]["cautions"]),
        parameters=row["parameters"],
        held_back=row["held_back"],
        first=_side(row, "first"),
        second=_side(row, "second"),
        decision=row["decision"],
        decided_by=row["decided_by"],
        decided=row["decided"],
    )


def _side(row: Mapping[str, Any], side: str) -> Side:
    return Side(
        contribution=row[f"{side}__id"],
        person=row[f"{side}_person"],
        reference=row[f"{side}__reference"],
        source=row[f"{side}__source"],
        group=row[f"{side}__group"],
        day=row[f"{side}__date"],
    )


def _found_different(questions: Iterable[Question]) -> set[frozenset[UUID]]:
    """Pairs of persons of whom some reports were decided to be different persons."""
    persons = {person for question in questions for person in question.persons}
    members = PersonContribution.objects.filter(person__in=persons).values("contribution")
    decided = _pairs().filter(decision=Pair.Decision.DIFFERENT, first__in=members, second__in=members)
    return {frozenset((row["first_person"], row["second_person"])) for row in decided}
