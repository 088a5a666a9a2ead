"""Recording and deciding: each step with its event, outcome, job and audit entry, and nothing of them when refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.permissions import NotAllowedError
from accounts.reporters import Purpose, ReporterGroup
from consent import gate, services, texts
from consent.errors import (
    AlreadyDecidedError,
    NoticeChangedError,
    OwnOrganisationError,
    StatementRefusedError,
    UnknownReasonError,
    UnknownStatementError,
    WithdrawalDateError,
)
from consent.models import Notice, Outcome, Statement, StatementEvent
from jobs.models import Job
from safeguards.actors import Actor, system
from safeguards.errors import AppendOnlyError
from safeguards.models import AuditEntry
from tests import cast
from tests.statements import GIVEN, REPORTED, SIGNED, UNKNOWN, administrator, given, recorded_earlier

pytestmark = pytest.mark.django_db

Decision = Callable[..., None]
DECISIONS: dict[str, Decision] = {
    "approve": services.approve,
    "reject": partial(services.reject, reason="wrong-signer"),
    "withdraw": partial(services.withdraw, on=SIGNED),
}
RESULTS = {
    "approve": ("approved", "release"),
    "reject": ("rejected", "make-signal"),
    "withdraw": ("withdrawn", "withdraw"),
}


def traces() -> tuple[int, int, int, int]:
    """What a refused step must not leave."""
    return StatementEvent.objects.count(), Outcome.objects.count(), Job.objects.count(), AuditEntry.objects.count()


def test_given_statement_keeps_legal_date_and_moment_of_recording_apart() -> None:
    before = timezone.now()
    event = StatementEvent.objects.get(statement=given())
    assert (event.kind, event.legal_date) == ("given", SIGNED)
    assert before <= event.recorded <= timezone.now()


def test_recording_leaves_an_audit_entry_without_values() -> None:
    statement = given()
    entry = AuditEntry.objects.get(action="consent.statement-recorded")
    assert (entry.object_type, entry.object_id) == ("consent.statement", str(statement))
    assert entry.details == {"purpose": "registration"}


def test_recorded_statement_waits_and_has_no_outcome() -> None:
    assert Statement.objects.get(pk=given()).state == "given"
    assert not Outcome.objects.exists()


def test_chunk_is_recorded_at_once_with_an_audit_entry_each() -> None:
    organisation, by = cast.organisation(cast.SHELTER_TEAM), cast.actor(cast.OWNER)
    new = [gate.NewStatement(uuid4(), organisation, ReporterGroup.CARE_COORDINATORS, GIVEN, REPORTED) for _ in range(5)]
    assert len(set(gate.open_statements(statements=new, by=by))) == 5
    assert AuditEntry.objects.filter(action="consent.statement-recorded").count() == 5
    assert Notice.objects.count() == 1


def test_statement_that_breaks_a_rule_is_not_recorded() -> None:
    cast.actor(cast.OWNER)
    before = traces()
    with pytest.raises(StatementRefusedError) as refused:
        given(answer=replace(GIVEN, signer="parent"))
    assert refused.value.problems == ("person-signs-alone",)
    assert traces() == before


def test_second_statement_for_the_same_notification_and_purpose_is_refused() -> None:
    notification = uuid4()
    given(notification=notification)
    with pytest.raises(IntegrityError), transaction.atomic():
        given(notification=notification)


def test_notice_is_stored_as_it_was_signed() -> None:
    given()
    notice = Notice.objects.get()
    found = texts.text(notice.version, notice.language)
    assert found is not None
    assert (notice.text, notice.digest) == (found.content, found.digest)


def test_notice_that_changed_after_use_is_refused() -> None:
    given()
    Notice.objects.update(digest="0" * 64)
    with pytest.raises(NoticeChangedError):
        given()


@pytest.mark.parametrize("name", DECISIONS)
def test_decision_leaves_event_outcome_job_and_audit_entry(name: str) -> None:
    notification = uuid4()
    statement, by = given(notification=notification), administrator()
    DECISIONS[name](statement=statement, by=by)
    state, kind = RESULTS[name]
    assert Statement.objects.get(pk=statement).state == state
    assert StatementEvent.objects.filter(statement=statement, kind=state, actor_id=by.id).count() == 1
    outcome = Outcome.objects.get()
    assert (outcome.notification, outcome.kind, outcome.carried_out) == (notification, kind, None)
    assert Job.objects.get().kind == "intake.outcomes"
    assert AuditEntry.objects.filter(action=f"consent.statement-{state}", object_id=str(statement), actor_id=by.id).exists()


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize("person", [cast.OWNER, cast.STRANGER, cast.OFFICER, cast.REVIEWER, cast.ANALYST, cast.PRIVACY_OFFICER])
def test_decision_needs_the_permission_and_leaves_nothing_without(name: str, person: cast.Person) -> None:
    statement, by = given(), cast.actor(person)
    before = traces()
    with pytest.raises(NotAllowedError):
        DECISIONS[name](statement=statement, by=by)
    assert traces() == before


@pytest.mark.parametrize("name", ["approve", "reject"])
def test_nobody_reviews_a_statement_of_the_own_organisation(name: str) -> None:
    statement = given()
    own = replace(administrator(), organisation=cast.organisation(cast.SHELTER_TEAM))
    before = traces()
    with pytest.raises(OwnOrganisationError):
        DECISIONS[name](statement=statement, by=own)
    assert traces() == before


def test_somebody_without_an_organisation_reviews_nothing() -> None:
    with pytest.raises(OwnOrganisationError):
        services.approve(statement=given(), by=replace(administrator(), organisation=None))


@pytest.mark.parametrize("name", DECISIONS)
def test_unknown_statement_is_refused(name: str) -> None:
    by = administrator()
    before = traces()
    with pytest.raises(UnknownStatementError):
        DECISIONS[name](statement=UNKNOWN, by=by)
    assert traces() == before


@pytest.mark.parametrize("first", ["approve", "reject", "withdraw"])
@pytest.mark.parametrize("second", ["approve", "reject"])
def test_what_was_decided_is_not_reviewed_again(first: str, second: str) -> None:
    statement, by = given(), administrator()
    DECISIONS[first](statement=statement, by=by)
    before = traces()
    with pytest.raises(AlreadyDecidedError):
        DECISIONS[second](statement=statement, by=by)
    assert traces() == before


def test_bulk_approval_is_all_or_none() -> None:
    good, rejected, by = given(), given(), administrator()
    services.reject(statement=rejected, reason="unreadable", by=by)
    with pytest.raises(AlreadyDecidedError):
        services.approve_many(statements=[good, rejected], by=by)
    assert Statement.objects.get(pk=good).state == "given"


def test_approval_costs_the_same_number_of_queries_for_many() -> None:
    by = administrator()
    services.approve(statement=given(), by=by)
    counts = []
    for statements in ([given()], [given() for _ in range(30)]):
        with CaptureQueriesContext(connection) as queries:
            services.approve_many(statements=statements, by=by)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("reason", ["", "because", "Fatima"])
def test_rejection_needs_a_reason_from_the_list(reason: str) -> None:
    statement, by = given(), administrator()
    with pytest.raises(UnknownReasonError):
        services.reject(statement=statement, reason=reason, by=by)
    assert Statement.objects.get(pk=statement).state == "given"


def test_rejection_keeps_its_reason_in_event_and_audit_entry() -> None:
    services.reject(statement=given(), reason="unreadable", by=administrator())
    assert StatementEvent.objects.get(kind="rejected").reason == "unreadable"
    assert AuditEntry.objects.get(action="consent.statement-rejected").details["reason"] == "unreadable"


def test_withdrawal_after_approval_leaves_an_outcome_of_its_own() -> None:
    statement, by = given(), administrator()
    services.approve(statement=statement, by=by)
    services.withdraw(statement=statement, on=timezone.localdate(), by=by)
    assert list(Outcome.objects.order_by("id").values_list("kind", flat=True)) == ["release", "withdraw"]


@pytest.mark.parametrize("day", [SIGNED - timedelta(days=1), timezone.localdate() + timedelta(days=2)])
def test_withdrawal_lies_between_signing_and_today(day: date) -> None:
    statement, by = given(), administrator()
    with pytest.raises(WithdrawalDateError):
        services.withdraw(statement=statement, on=day, by=by)
    assert Statement.objects.get(pk=statement).state == "given"


def test_lapse_counts_from_recording_not_from_signing() -> None:
    by = system("consent.lapse")
    fresh, old = given(), given()
    recorded_earlier(old, days=61)
    assert services.lapse_overdue(by=by) == 1
    assert Statement.objects.get(pk=old).state == "lapsed"
    assert Statement.objects.get(pk=fresh).state == "given"
    assert Outcome.objects.get().kind == "make-signal"
    assert AuditEntry.objects.filter(action="consent.statement-lapsed", actor_kind="system").count() == 1


def test_lapse_takes_a_bounded_chunk_oldest_first() -> None:
    statements = [given() for _ in range(3)]
    for days, statement in enumerate(statements, start=70):
        recorded_earlier(statement, days)
    assert services.lapse_overdue(by=system("consent.lapse"), limit=2) == 2
    assert Statement.objects.get(state="given").pk == statements[0]


def test_decided_statements_do_not_lapse() -> None:
    statement = given()
    services.approve(statement=statement, by=administrator())
    recorded_earlier(statement, days=100)
    assert services.lapse_overdue(by=system("consent.lapse")) == 0


def test_lapse_is_background_work_alone() -> None:
    by = administrator()
    with pytest.raises(NotAllowedError):
        services.lapse_overdue(by=by)


def waiting() -> list[gate.WaitingOutcome]:
    with transaction.atomic():
        return list(gate.outcomes_waiting(10))


def carried_out_by() -> Actor:
    return system("intake.outcomes")


def test_outcome_waits_until_it_is_carried_out_once() -> None:
    services.approve(statement=given(), by=administrator())
    (outcome,) = waiting()
    assert outcome.kind is gate.OutcomeKind.RELEASE
    gate.mark_carried_out(outcome.id, by=carried_out_by())
    assert waiting() == []
    with pytest.raises(AlreadyDecidedError):
        gate.mark_carried_out(outcome.id, by=carried_out_by())
    assert AuditEntry.objects.filter(action="consent.outcome-carried-out").count() == 1


@pytest.mark.parametrize("name", ["reject", "withdraw"])
def test_what_a_statement_says_of_the_person_goes_with_the_report(name: str) -> None:
    statement = given()
    DECISIONS[name](statement=statement, by=administrator())
    gate.mark_all_carried_out([outcome.id for outcome in waiting()], by=carried_out_by())
    row = Statement.objects.get(pk=statement)
    assert (row.capacity, row.signer, row.method, row.signed_on, row.reported_on) == ("", "", "", None, None)
    assert row.events.count() == 2


def test_release_keeps_the_statement() -> None:
    statement = given()
    services.approve(statement=statement, by=administrator())
    gate.mark_all_carried_out([outcome.id for outcome in waiting()], by=carried_out_by())
    assert Statement.objects.get(pk=statement).signed_on == SIGNED


def test_outcomes_are_carried_out_in_the_order_of_decision() -> None:
    by, statements = administrator(), [given() for _ in range(3)]
    for statement in statements:
        services.approve(statement=statement, by=by)
    with transaction.atomic():
        first_two = gate.outcomes_waiting(2)
    assert [outcome.id for outcome in first_two] == sorted(outcome.id for outcome in waiting())[:2]


def consent(notification: UUID, day: date, purpose: Purpose = Purpose.REGISTRATION) -> bool:
    return gate.consent_on(notification, purpose, day)


def test_consent_stands_from_signing_until_its_withdrawal() -> None:
    notification, by = uuid4(), administrator()
    statement = given(notification=notification)
    assert not consent(notification, SIGNED)
    services.approve(statement=statement, by=by)
    assert [consent(notification, SIGNED + timedelta(days=days)) for days in (-1, 0, 1)] == [False, True, True]
    services.withdraw(statement=statement, on=SIGNED + timedelta(days=5), by=by)
    assert [consent(notification, SIGNED + timedelta(days=days)) for days in (0, 4, 5, 6)] == [True, True, False, False]


def test_consent_for_one_purpose_is_none_for_another_and_none_for_a_stranger() -> None:
    notification = uuid4()
    services.approve(statement=given(notification=notification), by=administrator())
    assert not consent(notification, SIGNED, Purpose.RESEARCH_EXTRACT)
    assert not consent(uuid4(), SIGNED)


def test_events_cannot_be_changed_or_removed() -> None:
    given()
    event = StatementEvent.objects.get()
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        StatementEvent.objects.update(reason="other")
