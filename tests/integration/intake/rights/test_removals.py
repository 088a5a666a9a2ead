"""What is removed for good needs two people: who asks is not who agrees, and who agreed does not decide."""

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.permissions import NotAllowedError
from accounts.roles import Role
from intake.errors import CaseStepError, OwnGrantError, UnknownRemovalError
from intake.models.contribution import Contribution
from intake.models.rights import CaseStep, RightsCase
from intake.rights import removals, services
from intake.rights.grounds import REMOVES, Outcome, Right
from safeguards.models import AuditEntry
from tests import cast, handled, linked
from tests.handled import about, officer

pytestmark = pytest.mark.django_db
REMOVING = pytest.mark.parametrize("right", REMOVES)


def case_of(right: Right = Right.ERASURE) -> UUID:
    return about(linked.linked(), right=right)


def grant(case: UUID, by: Any = None) -> None:
    services.decide(case=case, outcome=Outcome.GRANTED, by=by or officer())


def refused(act: Any) -> str:
    with pytest.raises(CaseStepError) as error:
        act()
    return str(error.value.code)


def second() -> Any:
    return cast.actor(cast.APPROVER)


@REMOVING
def test_nothing_is_removed_without_a_second_person(right: Right) -> None:
    case = case_of(right)
    assert refused(lambda: grant(case)) == "second-person"
    removals.ask(case=case, by=officer())
    assert refused(lambda: grant(case)) == "second-person"
    assert not Contribution.objects.get().leaving
    removals.grant(case=case, by=second())
    grant(case)
    assert Contribution.objects.get().leaving
    kinds = list(CaseStep.objects.filter(case=case).order_by("id").values_list("kind", "actor_id"))
    assert ("removal-asked", officer().id) in kinds
    assert ("removal-granted", second().id) in kinds
    actions = AuditEntry.objects.filter(action__startswith="removal.").order_by("sequence")
    assert list(actions.values_list("action", "object_id")) == [("removal.asked", str(case)), ("removal.granted", str(case))]


def test_nobody_agrees_with_what_they_asked() -> None:
    case = case_of()
    removals.ask(case=case, by=officer())
    assert removals.waiting(by=officer()) == ()
    with pytest.raises(OwnGrantError):
        removals.grant(case=case, by=officer())
    with pytest.raises(OwnGrantError):
        removals.refuse(case=case, by=officer())
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsCase.objects.filter(id=case).update(removal_granted_by=officer().id)


def test_who_agreed_does_not_decide() -> None:
    case, other = case_of(), cast.actor(cast.SECOND_PRIVACY_OFFICER)
    removals.ask(case=case, by=officer())
    removals.grant(case=case, by=other)
    assert refused(lambda: grant(case, other)) == "own-removal"
    grant(case)
    assert Contribution.objects.get().leaving


def test_second_person_sees_which_request_and_how_many_reports_and_nobody() -> None:
    case = case_of()
    removals.ask(case=case, by=officer())
    (view,) = removals.waiting(by=second())
    assert (view.case, view.right, view.asked_by, view.reports) == (case, "erasure", officer().id, 1)
    removals.grant(case=case, by=second())
    assert removals.waiting(by=second()) == ()


def test_refusal_leaves_the_case_open_to_be_asked_anew() -> None:
    case = case_of()
    removals.ask(case=case, by=officer())
    removals.refuse(case=case, by=second())
    assert refused(lambda: grant(case)) == "second-person"
    with pytest.raises(UnknownRemovalError):
        removals.grant(case=case, by=second())
    removals.ask(case=case, by=officer())
    assert len(removals.waiting(by=second())) == 1


@pytest.mark.parametrize("change", ["added", "left out"])
def test_agreement_is_for_the_reports_of_that_moment(change: str) -> None:
    first, other = linked.linked(), linked.linked()
    case = handled.agreed(about(first, right=Right.ERASURE))
    if change == "added":
        services.add_report(case=case, reference=Contribution.objects.get(id=other).reference, by=officer())
    else:
        services.leave_out(case=case, report=first, by=officer())
        services.add_report(case=case, reference=Contribution.objects.get(id=first).reference, by=officer())
    assert refused(lambda: grant(case)) == "second-person"


def test_report_that_is_there_already_takes_no_agreement_away() -> None:
    contribution = linked.linked()
    case = handled.agreed(about(contribution, right=Right.ERASURE))
    services.add_report(case=case, reference=Contribution.objects.get().reference, by=officer())
    grant(case)
    assert Contribution.objects.get().leaving


def test_it_is_asked_once_with_reports_and_for_what_removes() -> None:
    case = case_of()
    removals.ask(case=case, by=officer())
    assert refused(lambda: removals.ask(case=case, by=officer())) == "removal-asked"
    assert refused(lambda: removals.ask(case=handled.identified(Right.ERASURE), by=officer())) == "no-reports"
    assert refused(lambda: removals.ask(case=handled.received(Right.ERASURE), by=officer())) == "not-identified"
    assert refused(lambda: removals.ask(case=case_of(Right.RESTRICTION), by=officer())) == "other-right"


def test_decided_case_waits_for_nobody() -> None:
    case = case_of()
    removals.ask(case=case, by=officer())
    services.decide(case=case, outcome=Outcome.TAKEN_BACK, by=officer())
    assert removals.waiting(by=second()) == ()
    with pytest.raises(UnknownRemovalError):
        removals.grant(case=case, by=second())


@pytest.mark.parametrize("role", [Role.CONSENT_ADMINISTRATOR, Role.ANALYST, Role.REPORTER])
def test_nobody_else_asks_or_agrees(role: Role) -> None:
    case = case_of()
    removals.ask(case=case, by=officer())
    by = cast.actor(next(person for person in vars(cast).values() if isinstance(person, cast.Person) and person.role == role))
    for act in (removals.ask, removals.grant, removals.refuse):
        with pytest.raises(NotAllowedError):
            act(case=case, by=by)
    with pytest.raises(NotAllowedError):
        removals.waiting(by=by)


def test_desk_asks_a_second_person_agrees_and_the_desk_decides() -> None:
    case = case_of()
    desk, approver = cast.signed_in(cast.PRIVACY_OFFICER), cast.signed_in(cast.APPROVER)
    assert "Vraag een tweede persoon om akkoord" in desk.get(f"/rights/{case}").content.decode()
    answer = desk.post(f"/rights/{case}/decide", {"outcome": "granted", "ground": ""})
    assert "Een tweede persoon moet eerst akkoord gaan" in answer.content.decode()
    desk.post(f"/rights/{case}/ask-removal")
    assert "Een tweede persoon is gevraagd" in desk.get(f"/rights/{case}").content.decode()
    page = approver.get("/grants").content.decode()
    assert "1 melding verdwijnt en kan niet worden teruggehaald." in page
    assert "Ga akkoord met de verwijdering" not in desk.get("/grants").content.decode()
    approver.post(f"/grants/removals/{case}/grant")
    assert "U kunt het verzoek toewijzen" in desk.get(f"/rights/{case}").content.decode()
    desk.post(f"/rights/{case}/decide", {"outcome": "granted", "ground": ""})
    assert Contribution.objects.get().leaving
    again = approver.post(f"/grants/removals/{case}/grant", follow=True).content.decode()
    assert "Iemand anders heeft dit al beantwoord" in again
