"""The confirmation at sixteen of what a representative signed for: whom to ask, what was said, and what its reviewer found.

Until somebody asked, and while a confirmation waits for its review, the consent that was given stands: nothing ends by itself.
What the representative signed stays as it was; the confirmation stands beside it. It never calls intake.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.reporters import Purpose
from accounts.selectors import organisations
from consent import ledger, policies, recording, rules, scans
from consent.checklist import points
from consent.errors import ConfirmationError, NoSheetError, StatementRefusedError, UncheckedError, UnknownReasonError
from consent.ledger import Step
from consent.models import Confirmation, Statement, StatementEvent
from consent.resting import resting
from consent.scans import Scan
from consent.statements import ConfirmationInput, Interpreter, Method, RejectionReason, WithoutSheet, Witness
from consent.texts import text
from consent.workflow import Kind, State
from safeguards.actors import Actor


@dataclass(frozen=True)
class Turning:
    """When somebody for whom another person signed turns sixteen, as roughly as it is kept: since until before until.

    sent is the moment of a confirmation that waits for its review, refused why the last one was not accepted.
    """

    since: date
    until: date
    year_only: bool
    signed_on: date
    sent: datetime | None = None
    refused: str = ""

    @property
    def year(self) -> str:
        """As text: a number of four digits would be shown with a point in it."""
        return str(self.since.year)

    @property
    def reached(self) -> bool:
        return self.until <= timezone.localdate()


@dataclass(frozen=True)
class WaitingConfirmation:
    """For its review. No name: who the person is stays sealed. Sixteen since until before until, as in Turning."""

    id: UUID
    statement: UUID
    notification: UUID
    organisation_name: str
    representative: str
    first_signed_on: date
    since: date
    until: date
    said: ConfirmationInput
    notice_text: str
    recorded: datetime
    signed_on: date


def turning(notifications: Collection[UUID]) -> Mapping[UUID, Turning]:
    """Of these reports, those whose person is sixteen or may be by now."""
    return {row.notification: found for row in _due(notification__in=notifications) if (found := _turning(row))}


def turning_of(organisation: UUID) -> Mapping[UUID, Turning]:
    """As turning, of all reports of one organisation; longest ago first."""
    due = _due(organisation=organisation).order_by("reconfirm_from", "id")
    return {row.notification: found for row in due if (found := _turning(row))}


def problems(notification: UUID, said: ConfirmationInput) -> tuple[str, ...] | None:
    """Codes of what a confirmation breaks; None where none is to be had, or one waits already."""
    due = turning([notification]).get(notification)
    return tuple(_problems(said, due)) if due is not None and due.sent is None else None


def send(*, notification: UUID, said: ConfirmationInput, sheets: Sequence[Scan], by: Actor) -> None:
    """The person confirmed; a reviewer has yet to look. Who may say so was checked by the caller, who holds the report."""
    with transaction.atomic():
        ledger.lock([notification])
        broken = problems(notification, said)
        if broken is None:
            raise ConfirmationError
        if broken or said.signed_on is None:
            raise StatementRefusedError(broken)
        row = _due(notification=notification).get()
        kept = Confirmation.objects.create(
            statement=row,
            notice=recording.notice(said.notice_version, said.language),
            signed_on=said.signed_on,
            method=said.method,
            interpreter=said.interpreter,
            witness=said.witness,
        )
        scans.keep(statement=row.pk, organisation=row.organisation, scans=sheets, confirmation=kept.pk)
        ledger.decide([row], Step(Kind.CONFIRM_SENT, said.signed_on, said.method), by)


def accept(*, statement: UUID, checked: Collection[str], without_sheet: str = "", by: Actor) -> None:
    """After every point was looked at: from the day of signing on the consent is the person's own as well.

    Of the registration; what was said of other purposes is confirmed with it.
    """
    with transaction.atomic():
        row, found = _locked(statement, by)
        if set(points(proof=False, method=found.method)) - set(checked):
            raise UncheckedError
        lacks = found.method != Method.ORAL and not found.documents.exists()
        if lacks and without_sheet not in tuple(WithoutSheet):
            raise NoSheetError
        said = without_sheet if lacks else found.method
        confirmed = ledger.decide([row], Step(Kind.RECONFIRMED, found.signed_on, said), by)
        Statement.objects.filter(pk__in=[one.pk for one in confirmed]).update(reconfirm_from=None, reconfirm_year_only=False)
        Confirmation.objects.filter(pk=found.pk).update(waits=False)


def refuse(*, statement: UUID, reason: str, by: Actor) -> None:
    """It is not good and goes, with its sheets. The consent that was given stands, and the person can be asked again."""
    if reason not in tuple(RejectionReason):
        raise UnknownReasonError
    with transaction.atomic():
        row, found = _locked(statement, by)
        scans.destroy_of_confirmation(found.pk)
        found.delete()
        ledger.decide([row], Step(Kind.CONFIRM_REFUSED, timezone.localdate(), reason), by)


def waiting(*, by: Actor) -> tuple[WaitingConfirmation, ...]:
    """Oldest first; never one of the reviewer's own organisation, or of what rests."""
    policies.check_may_read_queue(by)
    names = {organisation.id: organisation.name for organisation in organisations()}
    rows = _reviewable(by).order_by("recorded", "id")
    rests = resting([row.statement.notification for row in rows])
    return tuple(_view(row, names) for row in rows if row.statement.notification not in rests)


def waiting_one(statement: UUID, *, by: Actor) -> WaitingConfirmation:
    """Raises ConfirmationError."""
    policies.check_may_read_queue(by)
    row = _reviewable(by).filter(statement=statement).first()
    if row is None or resting([row.statement.notification]):
        raise ConfirmationError
    return _view(row, {organisation.id: organisation.name for organisation in organisations()})


def waits(notification: UUID) -> bool:
    """Whether a reviewer has yet to look at a confirmation of this report."""
    own = Confirmation.objects.filter(statement__notification=notification, waits=True)
    return own.filter(statement__state=State.APPROVED).exists()


def _due(**of: object) -> QuerySet[Statement]:
    """Those that turn sixteen within the year too: which of them may be so by now only their since says."""
    known = Statement.objects.filter(state=State.APPROVED, purpose=Purpose.REGISTRATION.value, signed_on__isnull=False)
    return known.filter(reconfirm_from__isnull=False, **of).select_related("confirmation").prefetch_related("events")


def _turning(row: Statement) -> Turning | None:
    if row.reconfirm_from is None or row.signed_on is None:
        return None
    since = rules.sixteen_from(row.reconfirm_from, year_only=row.reconfirm_year_only)
    if since > timezone.localdate():
        return None
    found: Confirmation | None = getattr(row, "confirmation", None)
    return Turning(
        since=since,
        until=row.reconfirm_from,
        year_only=row.reconfirm_year_only,
        signed_on=row.signed_on,
        sent=found.recorded if found else None,
        refused="" if found else _refused(row.events.all()),
    )


def _refused(events: Collection[StatementEvent]) -> str:
    last = max(events, key=lambda event: event.pk)
    return last.reason if last.kind == Kind.CONFIRM_REFUSED else ""


def _problems(said: ConfirmationInput, due: Turning) -> Iterator[str]:
    if said.method not in tuple(Method):
        yield "method-unknown"
    if said.interpreter and said.interpreter not in tuple(Interpreter):
        yield "interpreter-unknown"
    if said.witness and said.witness not in tuple(Witness):
        yield "witness-unknown"
    elif said.method == Method.ORAL and not said.witness:
        yield "witness-missing"
    elif said.witness and said.method != Method.ORAL:
        yield "witness-not-oral"
    if text(said.notice_version, said.language) is None:
        yield "notice-unknown"
    yield from _day_problems(said.signed_on, due)


def _day_problems(signed_on: date | None, due: Turning) -> Iterator[str]:
    if signed_on is None:
        yield "signed-on-missing"
    elif signed_on > timezone.localdate():
        yield "signed-in-future"
    elif signed_on < due.since:
        yield "signed-before-sixteen"
    elif signed_on < due.signed_on:
        yield "confirmed-before-signing"


def _locked(statement: UUID, by: Actor) -> tuple[Statement, Confirmation]:
    row = ledger.locked([statement])[0]
    policies.check_may_review(by, organisation=row.organisation)
    found = Confirmation.objects.select_for_update().filter(statement=row, waits=True).first()
    if found is None or resting([row.notification]):
        raise ConfirmationError
    return row, found


def _reviewable(by: Actor) -> QuerySet[Confirmation]:
    if by.organisation is None:
        return Confirmation.objects.none()
    rows = Confirmation.objects.filter(waits=True, statement__state=State.APPROVED, statement__signed_on__isnull=False)
    rows = rows.filter(statement__reconfirm_from__isnull=False)
    return rows.exclude(statement__organisation=by.organisation).select_related("statement", "notice")


def _view(row: Confirmation, names: Mapping[UUID, str]) -> WaitingConfirmation:
    first = row.statement
    if first.signed_on is None or first.reconfirm_from is None:
        raise ConfirmationError
    return WaitingConfirmation(
        id=row.pk,
        statement=first.pk,
        notification=first.notification,
        organisation_name=names.get(first.organisation, ""),
        representative=first.signer,
        first_signed_on=first.signed_on,
        since=rules.sixteen_from(first.reconfirm_from, year_only=first.reconfirm_year_only),
        until=first.reconfirm_from,
        said=ConfirmationInput(
            row.method, row.notice.version, row.notice.language, row.signed_on, row.interpreter, row.witness
        ),
        notice_text=row.notice.text,
        recorded=row.recorded,
        signed_on=row.signed_on,
    )
