"""What happens to a statement after its approval, other than its withdrawal or confirmation: found invalid, over.

It never calls intake: where a report has to go, an outcome says so.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reporters import Purpose
from consent import ledger, policies
from consent.errors import UnknownReasonError
from consent.ledger import Step
from consent.models import Statement
from consent.statements import InvalidationReason
from consent.workflow import Kind, State
from safeguards.actors import Actor

CHUNK = 200


def invalidate(*, statement: UUID, reason: str, by: Actor) -> None:
    """It was approved and turns out never to have been good: it counts on no day, and the report goes as if never there."""
    if reason not in tuple(InvalidationReason):
        raise UnknownReasonError
    with transaction.atomic():
        rows = ledger.locked([statement])
        for row in rows:
            policies.check_may_review(by, organisation=row.organisation)
        ledger.decide(rows, Step(Kind.INVALIDATED, timezone.localdate(), reason), by)


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
