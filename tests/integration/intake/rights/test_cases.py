"""A case goes from request to answer within its term, each step by who may and in its log; none of it names the person."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.permissions import NotAllowedError
from consent import gate
from consent.models import StatementEvent
from intake import outcomes
from intake.errors import CaseStepError, UnknownCaseError
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.rights import CaseReport, CaseStep, RightsCase
from intake.models.stub import Stub
from intake.rights import grounds, services
from intake.rights.grounds import Extension, Ground, Identified, Outcome, Right, Told
from safeguards.errors import AppendOnlyError
from safeguards.models import AuditEntry, DataKey
from tests import cast, handled, linked, reported, unlocked
from tests.handled import about, granted, identified, officer, received, searched

pytestmark = pytest.mark.django_db


def case_of(identifier: Any) -> RightsCase:
    return RightsCase.objects.get(id=identifier)


def decide(case: Any, outcome: str, ground: str = "") -> None:
    services.decide(case=case, outcome=Outcome(outcome), ground=ground, by=officer())


def refused(act: Any) -> str:
    with pytest.raises(CaseStepError) as error:
        act()
    return str(error.value.code)


def log(case: Any) -> list[str]:
    return list(CaseStep.objects.filter(case=case).order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize("right", list(Right))
def test_request_is_answered_within_a_month(right: Right) -> None:
    case = received(right, day=timezone.localdate())
    row = case_of(case)
    assert row.state == "open"
    assert timedelta(28) <= row.due - row.received <= timedelta(31)
    assert log(case) == ["received"]
    assert AuditEntry.objects.filter(action="rights.received", object_id=str(case)).count() == 1


@pytest.mark.parametrize("days", [-1, 400])
def test_day_of_receipt_is_not_in_the_future_or_long_ago(days: int) -> None:
    day = timezone.localdate() - timedelta(days=days)
    assert refused(lambda: received(day=day)) == "received-when"
    assert not RightsCase.objects.exists()


def test_term_is_extended_once_and_in_time() -> None:
    case = received(day=timezone.localdate() - timedelta(days=7))
    before = case_of(case).due
    services.extend(case=case, reason=Extension.COMPLEX, by=officer())
    assert case_of(case).due > before + timedelta(days=55)
    assert refused(lambda: services.extend(case=case, reason=Extension.MANY, by=officer())) == "extended-before"


def test_term_that_is_over_is_not_extended() -> None:
    case = received(day=timezone.localdate() - timedelta(days=40))
    assert refused(lambda: services.extend(case=case, reason=Extension.COMPLEX, by=officer())) == "too-late-to-extend"


def test_nothing_is_decided_before_it_is_known_who_asks() -> None:
    case = received(Right.ERASURE)
    assert refused(lambda: decide(case, "granted")) == "not-identified"
    assert refused(lambda: decide(case, "refused", Ground.PUBLIC_TASK)) == "not-identified"
    decide(case, "refused", Ground.NOT_IDENTIFIED)
    assert case_of(case).state == "decided"


def test_request_that_was_taken_back_needs_no_more() -> None:
    case = received()
    decide(case, "taken-back")
    assert case_of(case).outcome == "taken-back"


def test_nothing_found_is_said_only_after_a_search() -> None:
    case = identified()
    assert refused(lambda: decide(case, "nothing-found")) == "not-looked-for"
    searched(case)
    decide(case, "nothing-found")
    assert case_of(case).outcome == "nothing-found"


def test_nothing_is_granted_without_reports() -> None:
    case = identified(Right.ERASURE)
    assert refused(lambda: decide(case, "granted")) == "no-reports"
    assert case_of(case).state == "open"


@pytest.mark.parametrize("right", list(Right))
def test_refusal_names_a_ground_that_the_law_knows_for_the_right(right: Right) -> None:
    case = about(linked.linked(), right=right)
    assert refused(lambda: decide(case, "refused")) == "no-ground"
    for ground in set(Ground) - {row.ground for row in grounds.of(right, "refused")}:
        assert refused(lambda ground=ground: decide(case, "refused", ground)) in {"no-ground", "ground-does-not-fit"}
    decide(case, "refused", Ground.INVESTIGATION)
    assert case_of(case).ground == "investigation-or-safety"


def test_every_ground_and_right_has_its_place_in_the_law() -> None:
    assert {row.ground for row in grounds.TABLE} == set(Ground)
    assert all(row.citation.startswith("AVG art. ") for row in grounds.TABLE)
    assert set(grounds.ARTICLES) == set(Right)


def test_decided_case_is_decided() -> None:
    case = about(linked.linked(), right=Right.ERASURE)
    decide(case, "refused", Ground.PUBLIC_TASK)
    assert refused(lambda: decide(case, "granted")) == "not-open"
    assert refused(lambda: services.identify(case=case, how=Identified.AUTHORISED, by=officer())) == "not-open"
    assert not Contribution.objects.get().leaving


def test_case_is_closed_when_the_person_was_told() -> None:
    case = about(linked.linked())
    assert refused(lambda: services.close(case=case, told=Told.IN_PERSON, by=officer())) == "not-decided"
    decide(case, "granted")
    services.close(case=case, told=Told.BY_CARE, by=officer())
    assert case_of(case).state == "closed"
    assert log(case) == ["received", "identified", "reports-added", "decided", "closed"]


def test_log_cannot_be_changed() -> None:
    received()
    with pytest.raises(AppendOnlyError):
        CaseStep.objects.all().delete()


@pytest.mark.parametrize("right", [Right.ERASURE, Right.OBJECTION])
def test_report_that_is_to_go_is_as_if_it_had_never_been_there(right: Right) -> None:
    doomed, other = linked.linked(), linked.linked()
    case = granted(doomed, right=right)
    assert outcomes.remove_leaving() == 1
    assert linked.persons() == {frozenset({other})}
    assert not SealedIdentity.objects.filter(contribution=doomed).exists()
    assert not DataKey.objects.filter(owner=doomed).exists()
    assert not CaseReport.objects.filter(case=case).exists()
    assert Stub.objects.get().state == "withdrawn"
    assert log(case)[-2:] == ["decided", "erased"]


def test_report_with_consent_that_is_erased_is_withdrawn_in_the_ledger() -> None:
    held = unlocked.held()
    granted(held, right=Right.ERASURE)
    assert gate.standing_statements([held])[held].withdrawn
    assert StatementEvent.objects.get(kind="withdrawn").reason == "by-right"
    outcomes.carry_out()
    outcomes.remove_leaving()
    assert not Contribution.objects.exists()


def test_access_changes_nothing_of_the_report() -> None:
    contribution = linked.linked()
    granted(contribution, right=Right.ACCESS)
    assert Contribution.objects.filter(id=contribution, leaving=False).exists()
    assert linked.persons() == {frozenset({contribution})}


def test_report_is_added_by_its_reference_and_left_out_again() -> None:
    reference = reported.sent()
    case = identified()
    services.add_report(case=case, reference=reference, by=officer())
    services.add_report(case=case, reference=reference, by=officer())
    row = CaseReport.objects.get()
    services.leave_out(case=case, report=row.contribution_id, by=officer())
    assert not CaseReport.objects.exists()
    assert refused(lambda: services.leave_out(case=case, report=row.contribution_id, by=officer())) == "unknown-report"
    assert refused(lambda: services.add_report(case=case, reference="ZZZZZZZZZZZZ", by=officer())) == "unknown-reference"


def test_unknown_case_is_no_case() -> None:
    with pytest.raises(UnknownCaseError):
        services.close(case=handled.UUID(int=7), told=Told.IN_PERSON, by=officer())


@pytest.mark.parametrize("person", [cast.APPROVER, cast.CONSENT_ADMINISTRATOR, cast.REVIEWER, cast.ADMINISTRATOR, cast.OWNER])
def test_nobody_but_the_privacy_officer_handles_a_case(person: cast.Person) -> None:
    case, by = about(linked.linked(), right=Right.ERASURE), cast.actor(person)
    request = services.Request(Right.ACCESS, "person", date(2026, 11, 1))
    for act in (
        lambda: services.receive(request=request, by=by),
        lambda: services.decide(case=case, outcome=Outcome.GRANTED, by=by),
        lambda: services.close(case=case, told=Told.IN_PERSON, by=by),
        lambda: services.lift(case=case, by=by),
    ):
        with pytest.raises(NotAllowedError):
            act()
