"""Reviewers, reporters and the privacy officer decide about one report at the same moment, on PostgreSQL's own locks.

Each test goes round several times, since a lock that is taken in the wrong order stops two transactions only now and then.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from consent import services as consent
from consent.errors import AlreadyDecidedError, ConsentError, SecondPersonError
from consent.models import Statement, StatementEvent
from intake.errors import IntakeError
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.restriction import Restriction
from intake.notifications import judging, later, services
from intake.notifications.inputs import NotificationInput
from intake.notifications.rules import Invalid
from intake.rights import services as cases
from intake.rights.grounds import Ground, Outcome, Right
from jobs import services as jobs
from safeguards.models import DataKey
from tests import cast, handled, reported
from tests.parallel import at_once
from tests.reviewed import for_two

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8
FIRST, SECOND = cast.CONSENT_ADMINISTRATOR, cast.SECOND_CONSENT_ADMINISTRATOR
SUBMITTER = cast.Person("batch-owner", cast.SHELTER_TEAM, cast.Role.BATCH_SUBMITTER)


def told(work: Callable[[], object]) -> str:
    """What came of it, in a word."""
    try:
        return str(work() or "done")
    except (ConsentError, IntakeError, Invalid) as refused:
        return type(refused).__name__


def approval(statement: UUID, person: cast.Person) -> Callable[[], str]:
    return partial(told, partial(consent.approve, statement=statement, by=cast.actor(person)))


def kinds(statement: UUID) -> list[str]:
    return list(StatementEvent.objects.filter(statement=statement).order_by("id").values_list("kind", flat=True))


def test_two_first_approvals_at_once_are_the_first_and_the_last() -> None:
    for _ in range(ROUNDS):
        statement = for_two()
        assert set(at_once(approval(statement, FIRST), approval(statement, SECOND))) == {"given", "approved"}
        assert kinds(statement) == ["given", "first-approved", "approved"]
        approvals = StatementEvent.objects.filter(statement=statement, kind__in=("first-approved", "approved"))
        assert approvals.values("actor_id").distinct().count() == 2


def test_one_reviewer_twice_at_once_is_one_reviewer() -> None:
    for _ in range(ROUNDS):
        statement = for_two()
        found = at_once(approval(statement, FIRST), approval(statement, FIRST))
        assert set(found) == {"given", SecondPersonError.__name__}
        assert kinds(statement) == ["given", "first-approved"]


def held(own_reference: str, **changes: object) -> NotificationInput:
    identity = reported.person(own_reference=own_reference, v_number="")
    return reported.report_with_consent(**{"identity": identity} | changes)


def by_file(report: NotificationInput) -> str:
    by = cast.actor(SUBMITTER)
    (answer,) = services.submit_many(notifications=[report], organisation=by.organisation, by=by)
    return "refused" if isinstance(answer, tuple) else answer.outcome


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_review_and_correction_at_once_stop_nobody_for_good(decision: str) -> None:
    """A correction that came first is what is reviewed next; a review that came first lets nothing else be said of consent."""
    for number in range(ROUNDS):
        by_file(held(f"zaak {number}"))
        statement = Statement.objects.latest("recorded").id
        review = {
            "approve": partial(consent.approve, statement=statement, by=cast.actor(FIRST)),
            "reject": partial(consent.reject, statement=statement, reason="not-signed", by=cast.actor(FIRST)),
        }[decision]
        done = "approved" if decision == "approve" else "done"
        anew = held(f"zaak {number}", consent=reported.answer(language="en"))
        reviewed, corrected = at_once(partial(told, review), partial(told, partial(by_file, anew)))
        assert (reviewed, corrected) in {
            (AlreadyDecidedError.__name__, "changed"),  # What was read is not what stands there now.
            (done, "refused"),
            (done, AlreadyDecidedError.__name__),
        }
        whole()
        jobs.drain(("files", "vault", "reports"))
        whole()


def whole() -> None:
    """One identity under one key for each report that stays."""
    rows = set(Contribution.objects.filter(leaving=False).values_list("id", flat=True))
    assert set(SealedIdentity.objects.filter(contribution__leaving=False).values_list("contribution", flat=True)) == rows
    keys = DataKey.objects.filter(purpose=DataKey.Purpose.IDENTITY, owner__in=rows)
    assert sorted(keys.values_list("owner", flat=True)) == sorted(rows)


def correction(channel: str, own_reference: str, reference: str) -> Callable[[], str]:
    by, where = cast.actor(cast.OFFICER), cast.organisation(cast.POLICE)
    anew = reported.report(identity=reported.person(own_reference=own_reference, family_name="Anders"))

    def by_form() -> str:
        return later.correct(reference=reference, notification=anew, organisation=where, by=by).outcome

    def by_file() -> str:
        (answer,) = services.submit_many(notifications=[anew], organisation=where, by=by)
        return answer[0].code if isinstance(answer, tuple) else answer.outcome

    return by_form if channel == "form" else by_file


def decision(contribution: UUID, right: Right) -> Callable[[], object]:
    case = handled.about(contribution, right=right)
    if right is Right.ERASURE:
        handled.agreed(case)
    ground = Ground.ACCURACY if right is Right.RESTRICTION else ""
    return partial(cases.decide, case=case, outcome=Outcome.GRANTED, ground=ground, by=handled.officer())


@pytest.mark.parametrize("channel", ["form", "file"])
def test_erasure_and_correction_at_once_leave_nothing(channel: str) -> None:
    for number in range(ROUNDS):
        own = f"zaak {number}"
        reference = reported.sent(reported.report(identity=reported.person(own_reference=own)))
        erase = decision(Contribution.objects.get(reference=reference).id, Right.ERASURE)
        erased, corrected = at_once(partial(told, erase), partial(told, correction(channel, own, reference)))
        assert erased == "done"
        assert corrected in {"changed", "erased-at-request", "ReportEndedError", "ChangedMeanwhileError"}
    jobs.drain(("files", "vault", "reports"))
    for model in (Contribution, SealedIdentity, DataKey):
        assert not model.objects.exists(), model


@pytest.mark.parametrize("channel", ["form", "file"])
def test_restriction_and_correction_at_once_come_one_after_the_other(channel: str) -> None:
    for number in range(ROUNDS):
        own = f"zaak {number}"
        reference = reported.sent(reported.report(identity=reported.person(own_reference=own)))
        contribution = Contribution.objects.get(reference=reference).id
        restrict, blob = decision(contribution, Right.RESTRICTION), blob_of(contribution)
        restricted, corrected = at_once(partial(told, restrict), partial(told, correction(channel, own, reference)))
        assert restricted == "done"
        assert corrected in {"changed", "restricted", "ReportRestrictedError", "ChangedMeanwhileError"}
        assert (blob_of(contribution) != blob) is (corrected == "changed")
        assert Restriction.objects.filter(contribution=contribution).count() == 1
    whole()


@pytest.mark.parametrize("right", [Right.RESTRICTION, Right.ERASURE])
def test_decision_that_comes_between_judging_and_storing_a_row_is_seen(right: Right, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of a file is judged without its lock; the decision is made on another connection before it is stored."""
    reference = reported.sent(reported.report(identity=reported.person(own_reference="zaak 1")))
    contribution = Contribution.objects.get(reference=reference).id
    decide, blob, looks = decision(contribution, right), blob_of(contribution), []
    before = judging.before

    def decided_meanwhile(*asked: Any) -> judging.Before:
        looks.append(before(*asked))
        if len(looks) == 2:
            at_once(decide)
        return looks[-1]

    monkeypatch.setattr(judging, "before", decided_meanwhile)
    assert told(correction("file", "zaak 1", reference)) == "ChangedMeanwhileError"
    assert len(looks) == 2
    assert blob_of(contribution) == blob


def blob_of(contribution: UUID) -> bytes:
    return bytes(SealedIdentity.objects.get(contribution=contribution).blob)
