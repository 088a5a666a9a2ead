"""The second person of a removal: what a granted erasure or objection destroys is gone for good, so two people agree to it.

Asked for the reports of the case as they are then; with other reports it is asked anew. Nobody grants what they asked.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from intake.errors import CaseStepError, UnknownRemovalError
from intake.models.rights import RightsCase
from intake.rights import log, policies
from intake.rights.grounds import REMOVES
from intake.rights.workflow import State, Step
from safeguards.actors import Actor

SHOWN = 200


@dataclass(frozen=True)
class RemovalView:
    """As a second person sees it: which request and how many reports, never about whom."""

    case: UUID
    reference: str
    right: str
    asked_by: str
    asked: datetime
    reports: int


def ask(*, case: UUID, by: Actor) -> None:
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        policies.check_identified(row)
        policies.check_right(row, *REMOVES)
        reports = row.reports.count()
        if not reports:
            raise CaseStepError("no-reports")
        if row.removal_asked:
            raise CaseStepError("removal-asked")
        row.removal_asked, row.removal_asked_by = timezone.now(), by.id
        row.save(update_fields=["removal_asked", "removal_asked_by"])
        log.note(row, Step.REMOVAL_ASKED, by=by, count=reports)


def grant(*, case: UUID, by: Actor) -> None:
    """The second person: from here on somebody else may decide that the reports go."""
    with transaction.atomic():
        row = _waiting(case, by)
        row.removal_granted, row.removal_granted_by = timezone.now(), by.id
        row.save(update_fields=["removal_granted", "removal_granted_by"])
        log.note(row, Step.REMOVAL_GRANTED, by=by, count=row.reports.count())


def refuse(*, case: UUID, by: Actor) -> None:
    """The case stays open: it can be asked anew, or decided otherwise."""
    with transaction.atomic():
        row = _waiting(case, by)
        forget(row)
        log.note(row, Step.REMOVAL_REFUSED, by=by)


def waiting(*, by: Actor) -> tuple[RemovalView, ...]:
    """What this person may grant: asked by others. The oldest first."""
    policies.check_may_see_waiting(by)
    rows = RightsCase.objects.filter(state=State.OPEN, removal_asked__isnull=False, removal_granted=None)
    rows = rows.exclude(removal_asked_by=by.id).annotate(number=Count("reports")).order_by("removal_asked", "id")
    columns = ("id", "reference", "right", "removal_asked_by", "removal_asked", "number")
    return tuple(RemovalView(*row) for row in rows.values_list(*columns)[:SHOWN])


def forget(case: RightsCase) -> None:
    """Of a locked case: what was agreed to is not what it is about any more."""
    case.removal_asked = case.removal_granted = None
    case.removal_asked_by = case.removal_granted_by = ""
    case.save(update_fields=["removal_asked", "removal_asked_by", "removal_granted", "removal_granted_by"])


def _waiting(case: UUID, by: Actor) -> RightsCase:
    """Locked, and one that this person may answer."""
    policies.check_may_see_waiting(by)
    row = log.locked(case)
    if row.state != State.OPEN or row.removal_asked is None or row.removal_granted is not None:
        raise UnknownRemovalError
    policies.check_may_grant_removal(row, by)
    return row
