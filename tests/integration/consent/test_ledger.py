"""A statement for each purpose, counts of refusals, and one answer for all: whose consent held on which day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.reporters import Purpose, ReporterGroup
from consent import gate, ledger, recording, services
from consent.errors import AlreadyDecidedError, RefusalNotKeptError, ReviewedWithRegistrationError
from consent.ledger import Step
from consent.models import AnswerCount, Outcome, Statement, StatementEvent
from consent.statements import Answer
from consent.workflow import LEADS_TO, STEPS, Kind, State
from safeguards.actors import system
from safeguards.models import AuditEntry
from tests import cast
from tests.statements import GIVEN, REPORTED, SIGNED, administrator, recorded_earlier

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
DAYS = [SIGNED + days * A_DAY for days in range(-2, 9)]


def said(notification: UUID, purpose: Purpose, answer: Answer = Answer.GIVEN) -> gate.NewStatement:
    organisation = cast.organisation(cast.SHELTER_TEAM)
    group = ReporterGroup.CARE_COORDINATORS
    return gate.NewStatement(notification, organisation, group, GIVEN, REPORTED, purpose, answer)


def opened(help_answer: Answer, research: Answer = Answer.NOT_ASKED) -> dict[Purpose, UUID]:
    notification = uuid4()
    answers = {Purpose.REGISTRATION: Answer.GIVEN, Purpose.HELP: help_answer, Purpose.RESEARCH_EXTRACT: research}
    new = [said(notification, purpose, answer) for purpose, answer in answers.items()]
    return dict(zip(answers, gate.open_statements(statements=new, by=cast.actor(cast.OWNER)), strict=True))


def states(statements: dict[Purpose, UUID]) -> list[str]:
    return [Statement.objects.get(pk=statement).state for statement in statements.values()]


def test_each_purpose_has_a_statement_with_its_own_answer() -> None:
    statements = opened(Answer.GIVEN, Answer.REFUSED)
    assert states(statements) == ["given", "given", "refused"]
    assert list(StatementEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["given", "given", "refused"]


def test_approval_of_the_registration_approves_what_was_signed_beside_it_and_releases_once() -> None:
    statements = opened(Answer.GIVEN, Answer.REFUSED)
    services.approve(statement=statements[Purpose.REGISTRATION], by=administrator())
    assert states(statements) == ["approved", "approved", "refused"]
    assert list(Outcome.objects.values_list("kind", flat=True)) == ["release"]


def test_refused_help_never_holds_up_the_registration() -> None:
    statements = opened(Answer.REFUSED, Answer.REFUSED)
    services.approve(statement=statements[Purpose.REGISTRATION], by=administrator())
    notification = Statement.objects.get(pk=statements[Purpose.HELP]).notification
    assert gate.consent_on(notification, Purpose.REGISTRATION, SIGNED)
    assert not gate.consent_on(notification, Purpose.HELP, SIGNED)


def test_other_purpose_is_not_reviewed_by_itself_where_it_stands_beside_a_registration() -> None:
    statements = opened(Answer.GIVEN)
    with pytest.raises(ReviewedWithRegistrationError):
        services.approve(statement=statements[Purpose.HELP], by=administrator())
    assert states(statements) == ["given", "given", "not-asked"]


def test_withdrawal_for_one_purpose_leaves_the_report_where_it_is() -> None:
    statements, by = opened(Answer.GIVEN), administrator()
    services.approve(statement=statements[Purpose.REGISTRATION], by=by)
    Outcome.objects.all().delete()
    services.withdraw(statement=statements[Purpose.HELP], on=timezone.localdate(), by=by)
    assert states(statements) == ["approved", "withdrawn", "not-asked"]
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_end_of_the_registration_ends_all_and_empties_all(end: str) -> None:
    statements, by = opened(Answer.GIVEN, Answer.REFUSED), administrator()
    registration = statements[Purpose.REGISTRATION]
    if end == "reject":
        services.reject(statement=registration, reason="unreadable", by=by)
    else:
        services.withdraw(statement=registration, on=SIGNED, by=by)
    gate.mark_all_carried_out([Outcome.objects.get().pk], by=system("intake.outcomes"))
    assert not Statement.objects.exclude(signed_on=None, signer="", capacity="").exists()


def test_of_a_refused_registration_no_statement_is_kept() -> None:
    with pytest.raises(RefusalNotKeptError):
        gate.open_statements(statements=[said(uuid4(), Purpose.REGISTRATION, Answer.REFUSED)], by=cast.actor(cast.OWNER))
    assert not Statement.objects.exists()


def test_refusals_are_counted_by_group_and_quarter_and_lead_nowhere() -> None:
    refused = gate.Unanswered(ReporterGroup.FAIRWORK, date(2019, 5, 1), Answer.REFUSED)
    unasked = gate.Unanswered(ReporterGroup.FAIRWORK, date(2019, 6, 30), Answer.NOT_ASKED, "unsafe-to-ask")
    named = gate.Unanswered(ReporterGroup.FAIRWORK, date(2019, 7, 1), Answer.IMPOSSIBLE, "Kanarie did not want to")
    gate.count_unanswered([refused, unasked, refused, named])
    gate.count_unanswered([refused])
    assert set(AnswerCount.objects.values_list("group", "year", "quarter", "answer", "reason", "number")) == {
        ("fairwork", 2019, 2, "refused", "", 3),
        ("fairwork", 2019, 2, "not-asked", "unsafe-to-ask", 1),
        ("fairwork", 2019, 3, "impossible", "", 1),
    }


def test_help_is_consented_to_for_a_year() -> None:
    statements, by = opened(Answer.GIVEN), administrator()
    services.approve(statement=statements[Purpose.REGISTRATION], by=by)
    notification = Statement.objects.get(pk=statements[Purpose.HELP]).notification
    year_later = SIGNED.replace(year=SIGNED.year + 1)
    asked = [gate.consent_on(notification, Purpose.HELP, day) for day in (SIGNED, year_later - A_DAY, year_later)]
    assert asked == [True, True, False]
    assert gate.consent_on(notification, Purpose.REGISTRATION, year_later)


def test_correction_says_anew_what_is_wanted_of_each_purpose() -> None:
    statements, by = opened(Answer.GIVEN, Answer.NOT_ASKED), cast.actor(cast.OWNER)
    notification = Statement.objects.get(pk=statements[Purpose.HELP]).notification
    answers = {Purpose.REGISTRATION: Answer.GIVEN, Purpose.HELP: Answer.REFUSED, Purpose.RESEARCH_EXTRACT: Answer.GIVEN}
    services.correct(statements=[said(notification, *pair) for pair in answers.items()], by=by)
    kept = gate.standing_statements([notification])[notification]
    assert kept.purposes == {"help": "refused", "research-extract": "given"}
    assert states(statements) == ["given", "superseded", "superseded"]


def test_refusal_of_help_after_its_review_withdraws_that_consent_alone() -> None:
    statements, by = opened(Answer.GIVEN), cast.actor(cast.OWNER)
    services.approve(statement=statements[Purpose.REGISTRATION], by=administrator())
    notification = Statement.objects.get(pk=statements[Purpose.HELP]).notification
    new = [said(notification, Purpose.REGISTRATION), said(notification, Purpose.HELP, Answer.REFUSED)]
    services.correct(statements=new, by=by)
    assert states(statements) == ["approved", "withdrawn", "not-asked"]
    assert gate.standing_statements([notification])[notification].closed == {"help"}


def test_answer_to_a_question_does_not_stop_the_clock_of_the_review() -> None:
    statements = opened(Answer.GIVEN)
    registration = statements[Purpose.REGISTRATION]
    recorded_earlier(registration, days=50)
    row = Statement.objects.get(pk=registration)
    ledger.decide([row], Step(Kind.ASKED_BACK, timezone.localdate(), "day-unclear"), administrator())
    with pytest.raises(AlreadyDecidedError):
        services.approve(statement=registration, by=administrator())
    answer = replace(said(row.notification, Purpose.REGISTRATION), answer=replace(GIVEN, signed_on=SIGNED - A_DAY))
    services.correct(statements=[answer], by=cast.actor(cast.OWNER))
    waiting = Statement.objects.get(notification=row.notification, purpose="registration", state="given")
    assert waiting.recorded == row.recorded
    assert list(waiting.events.order_by("pk").values_list("kind", flat=True)) == ["given", "answered"]


def test_day_on_which_consent_was_asked_is_an_event_of_its_own() -> None:
    asked = replace(said(uuid4(), Purpose.REGISTRATION), answer=replace(GIVEN, requested_on=SIGNED - A_DAY))
    gate.open_statements(statements=[asked], by=cast.actor(cast.OWNER))
    events = StatementEvent.objects.order_by("pk").values_list("kind", "legal_date")
    assert list(events) == [("requested", SIGNED - A_DAY), ("given", SIGNED)]
    assert AuditEntry.objects.filter(action="consent.statement-recorded").count() == 1


@some.composite
def walks(draw: some.DrawFn) -> list[tuple[Kind, int]]:
    """What befalls one statement after it was given: any steps that the table allows, on any days."""
    state, steps = State.GIVEN, []
    while STEPS[state] and draw(some.integers(0, 5)):
        kind = draw(some.sampled_from(sorted(STEPS[state] - {Kind.SUPERSEDED}) or [Kind.WITHDRAWN]))
        steps.append((kind, draw(some.integers(0, 6))))
        state = LEADS_TO[kind]
    return steps


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some.lists(some.tuples(some.integers(0, 6), walks(), some.none() | some.integers(0, 8)), min_size=1, max_size=4))
def test_one_query_and_one_question_give_the_same_answer_of_every_history(
    histories: list[tuple[int, list[tuple[Kind, int]], int | None]],
) -> None:
    by, notifications = administrator(), []
    for signed, steps, term in histories:
        new = replace(said(uuid4(), Purpose.REGISTRATION), answer=replace(GIVEN, signed_on=SIGNED + signed * A_DAY))
        (statement,) = recording.open_all([new], by)
        notifications.append(new.notification)
        if term is not None:
            Statement.objects.filter(pk=statement).update(valid_until=SIGNED + term * A_DAY)
        for kind, day in steps:
            ledger.decide(ledger.locked([statement]), Step(kind, SIGNED + day * A_DAY), by)
    for day in DAYS:
        one_by_one = {one for one in notifications if gate.consent_on(one, Purpose.REGISTRATION, day)}
        assert gate.valid_on(Purpose.REGISTRATION, day) & set(notifications) == one_by_one
