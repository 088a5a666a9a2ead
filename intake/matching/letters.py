"""OM letters about persons whom no police unit had reported by then: a work list, since nearly all should have been.

A letter is kept with its person and never counted as a report; what is found out here changes no figure.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.permissions import require
from accounts.reporters import ReporterGroup, Source
from accounts.roles import Permission
from intake import events
from intake.errors import UnknownLetterError
from intake.models.contribution import Contribution
from intake.models.letter import LetterFinding
from intake.models.matching import PersonContribution
from safeguards import audit
from safeguards.actors import Actor

Finding = LetterFinding.Finding
SEES = Permission.REVIEW_LINKAGE


@dataclass(frozen=True)
class Letter:
    """reports: how many reports, by whomever, are linked with the letter's person."""

    contribution: UUID
    reference: str
    day: date
    dismissal: str
    reports: int


def waiting() -> int:
    return _open().count()


def letters(*, limit: int, by: Actor) -> tuple[Letter, ...]:
    """The oldest first."""
    require(by, SEES)
    rows = list(_open().order_by("date", "id").values_list("id", "reference", "date", "characteristics")[:limit])
    reports = _reports([row[0] for row in rows])
    return tuple(
        Letter(identifier, reference, day, dict(known.get("further", ())).get("dismissal-reason", ""), reports[identifier])
        for identifier, reference, day, known in rows
    )


def settle(*, contribution: UUID, finding: Finding, by: Actor) -> None:
    """The letter goes off the list; settled again, the newer finding stands."""
    with transaction.atomic():
        require(by, SEES)
        if not Contribution.objects.select_for_update().filter(id=contribution, source=Source.OM).exists():
            raise UnknownLetterError
        LetterFinding.objects.update_or_create(contribution_id=contribution, defaults={"finding": finding, "found_by": by.id})
        details = {"finding": str(finding)}
        audit.record(events.LETTER_SETTLED, by=by, object_type="contribution", object_id=contribution, details=details)


def _open() -> QuerySet[Any]:
    """Linked letters without a finding, whose person has no police report of that day or an earlier one."""
    police = PersonContribution.objects.filter(
        person=OuterRef("person"),
        contribution__source=Source.REPORT,
        contribution__group=ReporterGroup.POLICE,
        contribution__date__lte=OuterRef("date"),
    )
    linked = PersonContribution.objects.filter(contribution=OuterRef("id")).values("person")
    letters = Contribution.objects.filter(source=Source.OM, leaving=False).annotate(person=linked[:1])
    settled = LetterFinding.objects.filter(contribution=OuterRef("id"))
    return letters.filter(person__isnull=False).exclude(Exists(settled)).exclude(Exists(police))


def _reports(letters: Sequence[UUID]) -> dict[UUID, int]:
    """Of the person of each letter."""
    person_of = dict(PersonContribution.objects.filter(contribution__in=letters).values_list("contribution", "person"))
    rows = PersonContribution.objects.filter(person__in=set(person_of.values()), contribution__source=Source.REPORT)
    number = Counter(rows.values_list("person", flat=True))
    return {letter: number[person] for letter, person in person_of.items()}
