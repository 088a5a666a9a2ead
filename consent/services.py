"""Changes statements: record, approve, reject, withdraw, lapse. Every decision leaves an outcome that intake carries out.

It never calls intake, and never opens what is sealed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reporters import Purpose
from consent import events, ledger, policies, recording, workflow
from consent.bases import CAPACITIES
from consent.errors import (
    AlreadyDecidedError,
    ReviewedWithRegistrationError,
    SecondPersonError,
    UnknownReasonError,
    WithdrawalDateError,
)
from consent.ledger import OBJECT, Said, Step, locked, locked_standing
from consent.models import Outcome, Statement
from consent.recording import NewStatement
from consent.selectors import overdue_before
from consent.statements import Answer, Capacity, RejectionReason, WithdrawalReason
from consent.workflow import WAITING, Kind, State
from safeguards import audit
from safeguards.actors import Actor

LAPSE_CHUNK = 200
LEAVES_NOTHING = (workflow.OutcomeKind.MAKE_SIGNAL, workflow.OutcomeKind.WITHDRAW)


def record(*, statements: Sequence[NewStatement], by: Actor) -> tuple[UUID, ...]:
    """Keep what was given and let it wait for review. Who may report at all was checked by the caller, who holds the report."""
    recording.check(statements)
    with transaction.atomic():
        return recording.open_all(statements, by)


def correct(*, statements: Sequence[NewStatement], retracted: Collection[UUID] = (), by: Actor) -> None:
    """What a reporter says anew about consent for reports that were sent before; retracted are those without any.

    A statement that still waits is superseded by the new one, so that nobody approves what is no longer said. What was
    reviewed cannot be said anew. Without consent an unreviewed report is left as a signal, and a reviewed one is withdrawn.
    """
    recording.check(statements)
    with transaction.atomic():
        found = locked_standing({new.notification for new in statements} | set(retracted))
        _say_anew(statements, found, by)
        _retract([found[notification, Purpose.REGISTRATION] for notification in retracted], by)


def approve(*, statement: UUID, remark: str = "", by: Actor) -> State:
    """The statement is good: the report may be linked and counted. Still given where a second person has to look."""
    return approve_many(statements=[statement], remark=remark, by=by)[statement]


def approve_many(*, statements: Sequence[UUID], remark: str = "", by: Actor) -> Mapping[UUID, State]:
    """As approve, for statements that one reviewer read one after the other; all or none."""
    with transaction.atomic():
        rows = locked(statements)
        _check_reviewer(rows, by)
        first = [row for row in rows if _wants_another(row, by)]
        last = [row for row in rows if row not in first]
        for kind, chosen in ((Kind.FIRST_APPROVED, first), (Kind.APPROVED, last)):
            if chosen:
                ledger.decide(chosen, Step(kind, timezone.localdate(), remark), by)
        return {row.pk: State(row.state) for row in rows}


def reject(*, statement: UUID, reason: str, by: Actor) -> None:
    """The statement is not good: the identity is destroyed and an anonymous signal remains."""
    if reason not in tuple(RejectionReason):
        raise UnknownReasonError
    with transaction.atomic():
        rows = locked([statement])
        _check_reviewer(rows, by)
        ledger.decide(rows, Step(Kind.REJECTED, timezone.localdate(), reason), by)


def withdraw(*, statement: UUID, on: date, reason: WithdrawalReason = WithdrawalReason.AT_DESK, by: Actor) -> None:
    """The person takes consent back, as of a day: everything goes, as if it had never been there."""
    policies.check_may_withdraw(by)
    with transaction.atomic():
        rows = locked([statement])
        if any(row.signed_on is not None and row.signed_on > on for row in rows) or on > timezone.localdate():
            raise WithdrawalDateError
        ledger.decide(rows, Step(Kind.WITHDRAWN, on, reason), by)


def take_back(*, notifications: Collection[UUID], reason: WithdrawalReason = WithdrawalReason.BY_REPORTER, by: Actor) -> None:
    """Reports that rest on consent go, by their reporter or by a right of the person: for the ledger a withdrawal, as of today.

    Who may take back what was checked by the caller, who holds the reports.
    """
    with transaction.atomic():
        found = locked_standing(notifications)
        rows = [row for (_, purpose), row in found.items() if purpose is Purpose.REGISTRATION]
        if rows:
            ledger.decide(rows, Step(Kind.WITHDRAWN, timezone.localdate(), reason), by)


def lapse_overdue(*, by: Actor, limit: int | None = None) -> int:
    """What nobody reviewed in time lapses, counted from the moment of recording. Returns how many did."""
    policies.check_may_run(by)
    now = timezone.now()
    with transaction.atomic():
        overdue = Statement.objects.filter(state__in=WAITING, recorded__lt=overdue_before(now)).order_by("recorded", "id")
        found = list(overdue.values_list("id", flat=True)[: limit or LAPSE_CHUNK])
        rows = [row for row in locked(found) if row.state in WAITING]
        if rows:
            ledger.decide(rows, Step(Kind.LAPSED, timezone.localdate(now)), by)
    return len(found)


def mark_carried_out(*, outcomes: Sequence[int], by: Actor) -> None:
    """Intake did it, in this same transaction. Where the report is gone, what the statement says of the person goes too."""
    policies.check_may_run(by)
    with transaction.atomic():
        rows = list(Outcome.objects.select_for_update().filter(pk__in=outcomes, carried_out=None).order_by("pk"))
        if len(rows) != len(set(outcomes)):
            raise AlreadyDecidedError
        Outcome.objects.filter(pk__in=outcomes).update(carried_out=timezone.now())
        gone = [row.notification for row in rows if row.kind in LEAVES_NOTHING]
        ledger.empty(Statement.objects.filter(notification__in=gone).exclude(state=State.SUPERSEDED))
        audit.record_many(
            [audit.Event(events.OUTCOME_CARRIED_OUT, OBJECT, row.statement_id, {"outcome": row.kind}) for row in rows], by=by
        )


def _say_anew(statements: Sequence[NewStatement], found: Mapping[Said, Statement], by: Actor) -> None:
    """Of another purpose it may be the first word; consent for it that was reviewed is withdrawn by a refusal."""
    changed = [(found.get((new.notification, new.purpose)), new) for new in statements]
    changed = [(row, new) for row, new in changed if row is None or recording.differs(row, new)]
    ends = [row for row, new in changed if row is not None and _ends(row, new)]
    answered = _answered_along([row for row, _ in changed if row is not None], found)
    recording.supersede([(row, new) for row, new in changed if row is not None and row not in ends], by)
    if answered:
        ledger.decide(answered, Step(Kind.ANSWERED, timezone.localdate()), by)
    recording.open_all([new for row, new in changed if row is None], by)
    if ends:
        ledger.decide(ends, Step(Kind.WITHDRAWN, timezone.localdate(), WithdrawalReason.BY_REPORTER), by)


def _answered_along(said_anew: Sequence[Statement], found: Mapping[Said, Statement]) -> list[Statement]:
    """What was asked of the registration was asked of all that was said on its sheet: what is not said anew waits again too."""
    asked = {row.notification for row in said_anew if row.purpose == Purpose.REGISTRATION and row.state == State.ASKED_BACK}
    beside = [row for (notification, purpose), row in found.items() if notification in asked and row not in said_anew]
    return [row for row in beside if row.state == State.ASKED_BACK]


def _ends(row: Statement, new: NewStatement) -> bool:
    return row.state == State.APPROVED and new.purpose is not Purpose.REGISTRATION and new.said is not Answer.GIVEN


def _retract(rows: Sequence[Statement], by: Actor) -> None:
    today = timezone.localdate()
    reviewed = [row for row in rows if row.state == State.APPROVED]
    others = [row for row in rows if row.state != State.APPROVED]
    for to, chosen in ((Kind.RETRACTED, others), (Kind.WITHDRAWN, reviewed)):
        if chosen:
            ledger.decide(chosen, Step(to, today), by)


def _wants_another(row: Statement, by: Actor) -> bool:
    """How many have to approve says the table, by the capacity on the day of signing; each is somebody else."""
    if not workflow.allowed(State(row.state), Kind.APPROVED) or row.signed_on is None:
        raise AlreadyDecidedError
    wanted = CAPACITIES.find(Capacity(row.capacity), row.signed_on).reviewers
    if wanted == 1:
        return False
    approved = ledger.approvers(row)
    if by.id in approved:
        raise SecondPersonError
    return len(approved) + 1 < wanted


def _check_reviewer(rows: Sequence[Statement], by: Actor) -> None:
    beside = [row.notification for row in rows if row.purpose != Purpose.REGISTRATION]
    registrations = Statement.objects.filter(notification__in=beside, purpose=Purpose.REGISTRATION.value)
    if beside and registrations.filter(state__in=WAITING).exists():
        raise ReviewedWithRegistrationError
    for organisation in {row.organisation for row in rows}:
        policies.check_may_review(by, organisation=organisation)
