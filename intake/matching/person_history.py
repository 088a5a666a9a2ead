"""What became of a person, for the review desk: each merge and split with its reports, why, on whose word, and how alike.

A reader who has yet to read a pair about it as the second is told nothing, as that would tell the first answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from intake.matching.history import would_tell
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from intake.models.person_event import PersonEvent, PersonMove
from intake.models.restriction import Restriction

SHOWN = 30

Kind = PersonEvent.Kind


@dataclass(frozen=True)
class Happened:
    """came: whether reports came to this person, else they left it. other: the person on the other side, if there was one.

    ended: of the two persons the one that reports came from is no more. by is empty where linkage did it by itself.
    """

    at: datetime
    came: bool
    ended: bool
    other: UUID | None
    reports: tuple[str, ...]
    more: int
    reason: str
    reading: str
    weight: int | None
    by: str
    parameters: str
    undid: bool


@dataclass(frozen=True)
class PersonHistory:
    """The newest first. reports: references of those that stand under it now, years: of which those are; cut: whether
    earlier events are left out.
    """

    person: UUID
    years: tuple[int, ...]
    reports: tuple[str, ...]
    more: int
    happened: tuple[Happened, ...]
    cut: bool


def of(person: UUID, *, reader: str) -> PersonHistory | None:
    """None where that may not be told to this reader. Errors: PersonEvent.DoesNotExist for a person that never was."""
    rows = list(PersonEvent.objects.filter(Q(person=person) | Q(other=person)).order_by("-id")[: SHOWN + 1])
    linked = PersonContribution.objects.filter(person=person)
    now = _visible(linked.values("contribution"))
    if not rows and not now.exists():
        raise PersonEvent.DoesNotExist
    if would_tell({person} | {end for row in rows for end in (row.person, row.other) if end}, reader):
        return None
    shown = rows[:SHOWN]
    moved = _moved(shown)
    happened = tuple(_happened(row, person, moved[row.id]) for row in shown if moved.get(row.id))
    references = _references(now)
    years = tuple(linked.filter(contribution__in=now).order_by("year").values_list("year", flat=True).distinct())
    return PersonHistory(person, years, references, now.count() - len(references), happened, len(rows) > SHOWN)


def _visible(contributions: QuerySet[Any, Any]) -> QuerySet[Contribution]:
    """But for what is restricted or leaves."""
    restricted = Restriction.objects.values("contribution")
    return Contribution.objects.filter(id__in=contributions, leaving=False).exclude(id__in=restricted)


def _references(rows: QuerySet[Contribution]) -> tuple[str, ...]:
    return tuple(rows.order_by("date", "id").values_list("reference", flat=True)[:SHOWN])


def _moved(rows: Iterable[PersonEvent]) -> dict[int, tuple[tuple[str, ...], int]]:
    """Of each event that moved what may be seen: some references, and how many more there are."""
    found: dict[int, tuple[tuple[str, ...], int]] = {}
    for row in rows:
        visible = _visible(PersonMove.objects.filter(event=row).values("contribution"))
        if references := _references(visible):
            found[row.id] = references, visible.count() - len(references)
    return found


def _happened(row: PersonEvent, person: UUID, moved: tuple[tuple[str, ...], int]) -> Happened:
    here = row.person == person
    references, more = moved
    return Happened(
        at=row.at,
        came=here == (row.kind == Kind.MERGE),
        ended=row.kind == Kind.MERGE,
        other=row.other if here else row.person,
        reports=references,
        more=more,
        reason=row.reason,
        reading=row.reading,
        weight=row.weight,
        by="" if row.actor_kind == "system" else row.actor_id,
        parameters=row.parameters,
        undid=row.undoes_id is not None,
    )
