"""What happens to a statement after its approval, other than its withdrawal: confirmed at sixteen, found invalid, over.

It never calls intake: where a report has to go, an outcome says so.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reporters import Purpose
from consent import ledger, policies
from consent.errors import ConfirmationError, UnknownReasonError
from consent.ledger import Step
from consent.models import Statement
from consent.statements import InvalidationReason, Method, Signer
from consent.workflow import Kind, State
from safeguards.actors import Actor

CHUNK = 200


@dataclass(frozen=True)
class ToConfirm:
    """A person who has turned sixteen and for whom somebody else signed. No name: who it is stays sealed."""

    statement: UUID
    organisation: UUID
    signer: str
    since: date


def to_confirm(*, by: Actor, limit: int) -> tuple[ToConfirm, ...]:
    """Whom to ask, longest ago first. That nobody asked ends nothing: the consent that was given stands."""
    policies.check_may_read_queue(by)
    due = Statement.objects.filter(state=State.APPROVED, reconfirm_from__lte=timezone.localdate())
    due = due.filter(purpose=Purpose.REGISTRATION.value)
    rows = due.order_by("reconfirm_from", "id")[:limit]
    return tuple(
        ToConfirm(row.pk, row.organisation, row.signer, row.reconfirm_from) for row in rows if row.reconfirm_from is not None
    )


def reconfirm(*, statement: UUID, signed_on: date, method: str, by: Actor) -> None:
    """The person confirms personally what a representative signed for; from then on the consent is the person's own.

    Of the registration; what was said of other purposes is confirmed with it.
    """
    policies.check_may_withdraw(by)
    with transaction.atomic():
        rows = ledger.locked([statement])
        if any(not _confirmable(row, signed_on) for row in rows) or method not in tuple(Method):
            raise ConfirmationError
        confirmed = ledger.decide(rows, Step(Kind.RECONFIRMED, signed_on), by)
        Statement.objects.filter(pk__in=[row.pk for row in confirmed]).update(
            signer=Signer.PERSON.value, method=method, reconfirm_from=None
        )


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


def _confirmable(row: Statement, signed_on: date) -> bool:
    """Not before sixteen and not in the future; what the person signed at first needs no confirmation."""
    known = row.purpose == Purpose.REGISTRATION and row.reconfirm_from is not None and row.signer != Signer.PERSON
    return known and row.signed_on is not None and row.signed_on <= signed_on <= timezone.localdate()
