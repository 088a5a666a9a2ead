"""The one way in which anything happens to a statement: event, state, period, outcome and audit entry, in one transaction.

Who may do it and whether it makes sense was checked by the service that calls. It opens no transaction of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from accounts.reporters import Purpose
from consent import scans, workflow
from consent.errors import AlreadyDecidedError, UnknownStatementError
from consent.models import Confirmation, Outcome, Statement, StatementEvent
from consent.workflow import Event, Kind, State
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

CARRY_OUT = "intake.outcomes"
OBJECT = "consent.statement"

Said = tuple[UUID, Purpose]


@dataclass(frozen=True)
class Step:
    """One thing that happens: its kind, the legal date, and why."""

    kind: Kind
    legal_date: date
    reason: str = ""


def lock(notifications: Collection[UUID]) -> list[UUID]:
    """All that stands of these reports, before the first audit entry: the registrations first, then what is beside them.

    Whoever says more of a report holds its registration too, so that nothing comes beside it once that is locked.
    """
    own = Statement.objects.filter(notification__in=notifications).exclude(state=State.SUPERSEDED)
    rows = own.select_for_update().order_by("pk").values_list("pk", flat=True)
    registrations = list(rows.filter(purpose=Purpose.REGISTRATION.value))
    return [*registrations, *rows.exclude(purpose=Purpose.REGISTRATION.value)]


def locked(statements: Collection[UUID]) -> list[Statement]:
    """These, and with them all that stands of the same reports. One of them may have been superseded."""
    asked = Statement.objects.filter(pk__in=statements)
    lock(list(asked.values_list("notification", flat=True)))
    rows = list(asked.select_for_update().order_by("pk"))
    if len(rows) != len(set(statements)):
        raise UnknownStatementError
    return rows


def locked_standing(notifications: Collection[UUID]) -> dict[Said, Statement]:
    rows = Statement.objects.filter(pk__in=lock(notifications)).select_related("notice").order_by("pk")
    found = {(row.notification, Purpose(row.purpose)): row for row in rows}
    if any((notification, Purpose.REGISTRATION) not in found for notification in notifications):
        raise UnknownStatementError
    return found


def decide(rows: Sequence[Statement], step: Step, by: Actor) -> Sequence[Statement]:
    """One step for locked rows. What was said of other purposes on the same sheet shares what befalls the registration.

    Returns all to which it happened.
    """
    if not all(workflow.allowed(State(row.state), step.kind) for row in rows):
        raise AlreadyDecidedError
    rows = [*rows, *_companions(rows, step.kind)]
    StatementEvent.objects.bulk_create([event(row, step, by) for row in rows])
    whole = {row.notification for row in rows if row.purpose == Purpose.REGISTRATION}
    left = [(row, kind) for row in rows if (kind := _outcome_of(row, step.kind, whole)) is not None]
    for row in rows:
        row.state = workflow.LEADS_TO[step.kind]
    save_state(rows)
    Outcome.objects.bulk_create([Outcome(statement=row, notification=row.notification, kind=kind) for row, kind in left])
    audit.record_many([audit_event(row, step.kind, step.reason) for row in rows], by=by)
    if left:
        jobs.record(CARRY_OUT)  # Last: the lock of the audit trail comes before those of jobs, in every transaction.
    return rows


def save_state(rows: Sequence[Statement]) -> None:
    """The state and the days on which consent stands, as the events say, in two queries however many rows."""
    histories: dict[UUID, list[Event]] = {row.pk: [] for row in rows}
    for found in StatementEvent.objects.filter(statement__in=histories):
        histories[found.statement_id].append(as_event(found))
    for row in rows:
        stands = workflow.period(histories[row.pk], valid_until=row.valid_until)
        row.stands_from = stands.first if stands else None
        row.stands_until = stands.until if stands else None
    Statement.objects.bulk_update(rows, ["state", "stands_from", "stands_until"])


def approvers(row: Statement) -> frozenset[str]:
    """Who approved it since it was last said or asked about, where more than one has to."""
    since: set[str] = set()
    for found in sorted(row.events.all(), key=lambda event: event.pk):
        since = since | {found.actor_id} if found.kind == Kind.FIRST_APPROVED else set()
    return frozenset(since)


def doubt(row: Statement) -> StatementEvent | None:
    """What the first of two found, where somebody else has yet to look."""
    found = [event for event in row.events.all() if event.kind in (Kind.DOUBTED, Kind.CLEARED)]
    last = max(found, key=lambda event: event.pk, default=None)
    return last if last is not None and last.kind == Kind.DOUBTED else None


def confirmed(rows: Collection[Statement]) -> Mapping[UUID, Confirmation]:
    """What the person said personally, once it was accepted, by statement.

    It was said of the registration and holds for what was said of other purposes then.
    """
    accepted = Confirmation.objects.filter(statement__notification__in={row.notification for row in rows}, waits=False)
    of_report = {found.statement.notification: found for found in accepted.select_related("statement", "notice")}
    events = StatementEvent.objects.filter(statement__in=[row.pk for row in rows], kind=Kind.RECONFIRMED)
    told = set(events.values_list("statement", flat=True))
    standing = [row for row in rows if row.pk in told and row.state != State.SUPERSEDED]
    return {row.pk: of_report[row.notification] for row in standing if row.notification in of_report}


def as_event(row: StatementEvent) -> Event:
    return Event(Kind(row.kind), row.legal_date, row.recorded, row.pk)


def event(row: Statement, step: Step, by: Actor) -> StatementEvent:
    return StatementEvent(
        statement=row,
        kind=step.kind,
        legal_date=step.legal_date,
        actor_kind=by.kind,
        actor_id=by.id,
        reason=step.reason,
    )


def audit_event(row: Statement, kind: Kind, reason: str = "") -> audit.Event:
    details: dict[str, audit.Detail] = {"purpose": row.purpose}
    if reason:
        details["reason"] = reason
    return audit.Event(workflow.AUDIT_EVENTS[kind], OBJECT, row.pk, details)


def empty(statements: QuerySet[Statement]) -> None:
    """What a statement says about the person goes, the signed sheet too; its events remain as the minimal proof."""
    emptied = list(statements.values_list("pk", flat=True))
    scans.destroy(emptied)
    Confirmation.objects.filter(statement__in=emptied).delete()
    Statement.objects.filter(pk__in=emptied).update(
        capacity="",
        judged_how="",
        signer="",
        proof="",
        method="",
        interpreter="",
        view_of_person="",
        representative_independent="",
        witness="",
        requested_on=None,
        signed_on=None,
        reported_on=None,
        reconfirm_from=None,
        reconfirm_year_only=False,
    )


def empty_of(notifications: Collection[UUID]) -> None:
    """Whether consent held on a past day is still known."""
    empty(Statement.objects.filter(notification__in=notifications))


def destroy_sheets(notifications: Collection[UUID]) -> None:
    """And nobody brings another: a confirmation that waits goes too, and none is asked for any more."""
    statements = Statement.objects.filter(notification__in=notifications)
    known = list(statements.values_list("pk", flat=True))
    scans.destroy(known)
    Confirmation.objects.filter(statement__in=known, waits=True).delete()
    statements.update(reconfirm_from=None, reconfirm_year_only=False)


def _companions(rows: Sequence[Statement], kind: Kind) -> list[Statement]:
    reports = [row.notification for row in rows if row.purpose == Purpose.REGISTRATION]
    if not reports or kind is Kind.SUPERSEDED:
        return []
    others = Statement.objects.filter(notification__in=reports).exclude(state=State.SUPERSEDED)
    others = others.exclude(purpose=Purpose.REGISTRATION.value).exclude(pk__in=[row.pk for row in rows])
    return [row for row in others.order_by("pk") if workflow.allowed(State(row.state), kind)]


def _outcome_of(row: Statement, kind: Kind, whole: Collection[UUID]) -> workflow.OutcomeKind | None:
    """A report stands and falls with consent for its registration alone; whole are those to which it happens as such."""
    if row.purpose == Purpose.REGISTRATION:
        return workflow.outcome_of(State(row.state), kind)
    if row.purpose == Purpose.RESEARCH_EXTRACT and row.notification not in whole:
        return workflow.outcome_of_research(State(row.state), kind)
    return None
