"""Cases of the rights of a person, from the request to the answer. Every step stands in the case's log and in the audit trail.

Who asks is not written down: the desk keeps letters elsewhere, and the case holds codes and the reports it is about.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import unlock
from intake.errors import CaseStepError
from intake.matching import changes
from intake.models.contribution import Contribution
from intake.models.rights import CaseReport, RightsCase
from intake.notifications import erasing
from intake.notifications.storing import new_reference
from intake.rights import carrying_out, forgetting, log, policies, removals, terms
from intake.rights.grounds import Extension, Identified, Outcome, Right, Told
from intake.rights.workflow import State, Step
from safeguards.actors import Actor

EARLIEST = timedelta(days=366)


@dataclass(frozen=True)
class Request:
    """What somebody asks. received is the day on which the request came in, in whatever way."""

    right: Right
    requester: str
    received: date


def receive(*, request: Request, by: Actor) -> UUID:
    policies.check_may_handle(by)
    today = timezone.localdate()
    if not today - EARLIEST <= request.received <= today:
        raise CaseStepError("received-when")
    with transaction.atomic():
        case = RightsCase.objects.create(
            reference=new_reference(),
            right=request.right,
            requester=request.requester,
            received=request.received,
            due=terms.due(request.received),
        )
        log.note(case, Step.RECEIVED, by=by, reason=request.requester)
    return case.id


def identify(*, case: UUID, how: Identified, by: Actor) -> None:
    """It is established that this is the person, or who may speak for the person."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        row.identified = how
        row.save(update_fields=["identified"])
        log.note(row, Step.IDENTIFIED, by=by, reason=how)


def extend(*, case: UUID, reason: Extension, by: Actor) -> None:
    """Once, and told to the person within the first month: so not after it."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        if row.extended:
            raise CaseStepError("extended-before")
        if timezone.localdate() > row.due:
            raise CaseStepError("too-late-to-extend")
        row.extended, row.due = reason, terms.due(row.received, extended=True)
        row.save(update_fields=["extended", "due"])
        log.note(row, Step.EXTENDED, by=by, reason=reason)


def add_report(*, case: UUID, reference: str, by: Actor) -> None:
    """A report that the person can name by the reference on its receipt."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        policies.check_identified(row)
        found = Contribution.objects.filter(reference=reference, leaving=False).values_list("id", flat=True).first()
        if found is None:
            raise CaseStepError("unknown-reference")
        keep_reports(row, [found], by)


def keep_reports(row: RightsCase, contributions: Collection[UUID], by: Actor) -> None:
    """Of a locked case; what is there already is not doubled."""
    known = set(CaseReport.objects.filter(case=row, contribution__in=contributions).values_list("contribution", flat=True))
    new = set(contributions) - known
    CaseReport.objects.bulk_create(CaseReport(case=row, contribution_id=one) for one in sorted(new))
    if new:
        removals.forget(row)
    log.note(row, Step.REPORTS_ADDED, by=by, count=len(new))


def ask_to_look(*, case: UUID, report: UUID, by: Actor) -> UUID:
    """At a report of the case, while it is open; a second person grants it."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        if not row.reports.filter(contribution=report).exists():
            raise CaseStepError("unknown-report")
        return unlock.ask(contribution=report, motive=unlock.Motive.RIGHTS_OF_PERSON, by=by)


def leave_out(*, case: UUID, report: UUID, by: Actor) -> None:
    """It turned out to be about somebody else."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        if not CaseReport.objects.filter(case=row, contribution=report).delete()[0]:
            raise CaseStepError("unknown-report")
        removals.forget(row)
        log.note(row, Step.REPORT_LEFT_OUT, by=by)


def decide(*, case: UUID, outcome: Outcome, ground: str = "", by: Actor) -> None:
    """The decision, and what follows from it, in one transaction: restriction, removal, or nothing but the answer."""
    policies.check_may_handle(by)
    with transaction.atomic():
        changes.lock_register()  # Before any row and the audit trail: what is carried out may undo links.
        row = log.locked(case)
        reports = sorted(row.reports.values_list("contribution", flat=True))
        erasing.lock(reports)
        policies.check_may_decide(row, outcome, ground, len(reports))
        policies.check_may_remove(row, outcome, by)
        row.state, row.outcome, row.ground = State.DECIDED, outcome, ground
        row.save(update_fields=["state", "outcome", "ground"])
        log.note(row, Step.DECIDED, by=by, reason=ground or outcome, count=len(reports))
        forgetting.end_with(row, by)
        if outcome == Outcome.GRANTED:
            carrying_out.carry_out(row, reports, by)


def close(*, case: UUID, told: Told, by: Actor) -> None:
    """The person knows the decision."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_may_close(row)
        row.state = State.CLOSED
        row.save(update_fields=["state"])
        log.note(row, Step.CLOSED, by=by, reason=told)


def lift(*, case: UUID, by: Actor) -> None:
    """The restriction ends: the reports are linked and counted again. Who was restricted is told before (article 18(3))."""
    policies.check_may_handle(by)
    with transaction.atomic():
        changes.lock_register()
        row = log.locked(case)
        policies.check_right(row, Right.RESTRICTION)
        lifted = carrying_out.lift(row)
        if not lifted:
            raise CaseStepError("nothing-restricted")
        log.note(row, Step.LIFTED, by=by, count=len(lifted))
        carrying_out.ask_to_bring_back(lifted)
