"""Withdrawals by the person, with the code of the receipt, or at the desk: asked, found, carried into the ledger, proved.

Who asks with a code is not told whether it is one: the asking is kept as it is, and a job looks it up. So neither the answer
nor its time depends on the code, and there is nothing to count wrong tries by.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reporters import Purpose
from accounts.selectors import organisations
from consent import events, ledger, policies, receipts, services, workflow
from consent.errors import AlreadyDecidedError, UnknownStatementError
from consent.models import Outcome, Statement, StatementEvent, WithdrawalRequest
from consent.statements import WithdrawalReason
from consent.workflow import Kind, State
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

JOB = "consent.withdraw-asked"


@dataclass(frozen=True)
class Withdrawable:
    """A statement as the desk needs it to withdraw it. Of the person it says nothing."""

    id: UUID
    organisation: UUID
    organisation_name: str
    recorded: datetime
    state: str
    signed_on: date | None
    registration: bool
    research: bool
    open: bool

    @property
    def withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN


@dataclass(frozen=True)
class Certificate:
    """What proves a withdrawal, in the language that was signed in. done is empty until everything is destroyed."""

    language: str

    code: str
    as_of: date
    recorded: datetime
    registration: bool
    done: datetime | None


def ask(*, code: str, by: Actor) -> None:
    """The person wants to stop. Called in the transaction that counts the asking; every code is written down alike."""
    with transaction.atomic():
        request = WithdrawalRequest.objects.create(code=receipts.normalised(code))
        audit.record(events.WITHDRAWAL_ASKED, by=by)
        jobs.record(JOB, request.id)


def carry_out_asked(*, request: UUID, by: Actor) -> None:
    """Looks the code up and withdraws what it stands for, as of the day of asking. Afterwards the asking is gone."""
    policies.check_may_run(by)
    with transaction.atomic():
        row = WithdrawalRequest.objects.select_for_update().filter(pk=request).first()
        if row is None:
            return
        withdrawn = _withdrawn(row.code, timezone.localdate(row.asked), by)
        row.delete()
        if not withdrawn:
            audit.record(events.WITHDRAWAL_WITHOUT_EFFECT, by=by)


def find(*, code: str, by: Actor) -> UUID:
    """The statement of a receipt, for the desk. Raises UnknownStatementError."""
    policies.check_may_withdraw(by)
    with transaction.atomic():
        found = Statement.objects.filter(receipt=receipts.normalised(code)).values_list("id", flat=True).first()
        if found is None:
            raise UnknownStatementError
        audit.record(events.RECEIPT_LOOKED_UP, by=by, object_type=ledger.OBJECT, object_id=found)
    return found


def statement(statement_id: UUID, *, by: Actor) -> Withdrawable:
    policies.check_may_withdraw(by)
    row = Statement.objects.filter(pk=statement_id).first()
    if row is None:
        raise UnknownStatementError
    names = {organisation.id: organisation.name for organisation in organisations()}
    return Withdrawable(
        id=row.id,
        organisation=row.organisation,
        organisation_name=names.get(row.organisation, ""),
        recorded=row.recorded,
        state=row.state,
        signed_on=row.signed_on,
        registration=row.purpose == Purpose.REGISTRATION,
        research=row.purpose == Purpose.RESEARCH_EXTRACT,
        open=workflow.allowed(State(row.state), Kind.WITHDRAWN),
    )


def certificate(statement_id: UUID, *, by: Actor) -> Certificate:
    """Of a withdrawn statement alone; done is empty until the report is destroyed.

    Of another purpose nothing is destroyed, so it was done at once. Of research the recipients are told (tell-recipients):
    that is the registry's duty, and the proof does not wait for it.
    """
    policies.check_may_withdraw(by)
    row = Statement.objects.select_related("notice").filter(pk=statement_id, state=State.WITHDRAWN).first()
    if row is None:
        raise UnknownStatementError
    event = StatementEvent.objects.filter(statement=row, kind=Kind.WITHDRAWN).latest("id")
    outcome = Outcome.objects.filter(statement=row, kind=workflow.OutcomeKind.WITHDRAW).order_by("-id").first()
    return Certificate(
        language=row.notice.language,
        code=receipts.shown(row.receipt),
        as_of=event.legal_date,
        recorded=event.recorded,
        registration=row.purpose == Purpose.REGISTRATION,
        done=outcome.carried_out if outcome else event.recorded,
    )


def _withdrawn(code: str, asked: date, by: Actor) -> bool:
    """What was withdrawn or ended before needs nothing more. A statement signed after the asking is withdrawn all the same.

    A correction that came in between takes the code along to another statement, which is withdrawn then.
    """
    before = None
    while (found := Statement.objects.filter(receipt=code).values_list("id", "signed_on").first()) not in (None, before):
        before, (statement_id, signed) = found, found
        try:
            services.withdraw(statement=statement_id, on=max(asked, signed or asked), reason=WithdrawalReason.BY_PERSON, by=by)
        except AlreadyDecidedError:
            continue
        return True
    return False
