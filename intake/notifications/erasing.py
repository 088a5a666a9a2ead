"""Removes reports because the person may have them removed: as if they had never been there, but for a stub for the
reporter, and an ending, by which the same report does not come in again.

It does not decide whether that is so. What rests on consent is withdrawn in the ledger too.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.reporters import Source
from accounts.roles import Permission
from consent import gate
from intake import events
from intake.models.contribution import Contribution
from intake.notifications import endings, storing, stubs
from intake.notifications.later import REMOVE_JOB
from intake.notifications.workflow import State
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor


def lock(contributions: Collection[UUID]) -> None:
    """Before the first audit entry of whoever will erase them: rows first, then the trail, in every transaction."""
    storing.lock(contributions)
    gate.lock_statements(contributions)


def erase(*, contributions: Collection[UUID], rule: endings.Rule, by: Actor) -> int:
    """What is on its way out already is not touched again. Returns how many went."""
    permissions.require(by, Permission.HANDLE_RIGHTS)
    with transaction.atomic():
        rows = list(Contribution.objects.select_for_update().filter(id__in=contributions, leaving=False).order_by("id"))
        resting = [row.id for row in rows if not row.legal_basis]
        standing = [one for one, kept in gate.lock_statements(resting).items() if not kept.ended]
        stubs.leave([row for row in rows if row.source == Source.REPORT], State.WITHDRAWN)
        endings.leave(rows, rule)
        storing.leave([row.id for row in rows])
        gate.take_back(notifications=standing, reason=gate.WithdrawalReason.BY_RIGHT, by=by)
        audit.record_many([audit.Event(events.NOTIFICATION_ERASED, "contribution", row.id) for row in rows], by=by)
        jobs.record(REMOVE_JOB)
    return len(rows)
