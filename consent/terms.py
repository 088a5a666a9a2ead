"""What happens to a statement after its approval, other than its withdrawal or confirmation: found invalid, over.

It never calls intake: where a report has to go, an outcome says so.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reporters import Purpose
from consent import ledger, policies
from consent.bases import CAPACITIES
from consent.errors import AlreadyDecidedError, SecondPersonError, UnknownReasonError
from consent.ledger import Step
from consent.models import Statement
from consent.statements import Capacity, InvalidationReason
from consent.workflow import Kind, State
from safeguards.actors import Actor

CHUNK = 200


def invalidate(*, statement: UUID, reason: str, by: Actor) -> State:
    """It was approved and turns out never to have been good: it counts on no day, and the report goes as if never there.

    Where two had to approve, two have to find so: still approved after the first.
    """
    if reason not in tuple(InvalidationReason):
        raise UnknownReasonError
    with transaction.atomic():
        row = _locked(statement, by)
        first = ledger.doubt(row)
        if first is not None and first.actor_id == by.id:
            raise SecondPersonError
        kind = Kind.DOUBTED if first is None and _wants_two(row) else Kind.INVALIDATED
        ledger.decide([row], Step(kind, timezone.localdate(), reason), by)
        return State(row.state)


def clear(*, statement: UUID, by: Actor) -> None:
    """What the first of two found is not so, by somebody else or by the first again: the consent stands as it did."""
    with transaction.atomic():
        row = _locked(statement, by)
        if ledger.doubt(row) is None:
            raise AlreadyDecidedError
        ledger.decide([row], Step(Kind.CLEARED, timezone.localdate()), by)


def end_terms(*, by: Actor, limit: int = CHUNK) -> int:
    """What the table gives a term lapses at its end, also where this runs later. Returns how many did."""
    policies.check_may_run(by)
    with transaction.atomic():
        over = Statement.objects.filter(state=State.APPROVED, valid_until__lte=timezone.localdate())
        found = list(over.order_by("valid_until", "id").values_list("id", flat=True)[:limit])
        rows = [row for row in ledger.locked(found) if row.state == State.APPROVED]
        # What was said of other purposes shares the end of the registration, and does not end twice.
        registrations = {row.notification for row in rows if row.purpose == Purpose.REGISTRATION}
        for row in rows:
            first = row.purpose == Purpose.REGISTRATION or row.notification not in registrations
            if first and row.valid_until is not None:
                ledger.decide([row], Step(Kind.LAPSED, row.valid_until), by)
    return len(found)


def _locked(statement: UUID, by: Actor) -> Statement:
    row = ledger.locked([statement])[0]
    policies.check_may_review(by, organisation=row.organisation)
    return row


def _wants_two(row: Statement) -> bool:
    if row.signed_on is None or not row.capacity:
        raise AlreadyDecidedError
    return CAPACITIES.find(Capacity(row.capacity), row.signed_on).reviewers > 1
