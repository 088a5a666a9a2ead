"""What is restricted stays as it is: no night's work, release, reviewer or outcome takes, uses or counts it."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from consent import services as consent
from consent.models import Outcome, Statement
from intake import facts, outcomes
from intake.errors import GoneMeanwhileError, UnknownPairError
from intake.matching import review
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.use import Use
from intake.retention import services as retention
from intake.rights import services as cases
from intake.rights.grounds import Ground, Right
from jobs.models import Job
from tests import cast, handled, unlocked
from tests.handled import WORK, officer
from tests.linked import VAGUE, linked, pair_of, persons
from tests.statements import administrator

pytestmark = pytest.mark.django_db
LONG_AGO = date(2000, 1, 1)


def restricted(*contributions: UUID) -> UUID:
    return handled.granted(*contributions, right=Right.RESTRICTION, ground=Ground.CLAIMS_OF_PERSON)


def rejected(contribution: UUID) -> None:
    statement = Statement.objects.get(notification=contribution)
    consent.reject(statement=statement.pk, reason="not-signed", by=administrator())


def test_retention_leaves_a_restricted_identity_until_the_restriction_ends() -> None:
    case = restricted(linked(day=LONG_AGO))
    retention.erase(by=WORK)
    assert SealedIdentity.objects.count() == 1
    cases.lift(case=case, by=officer())
    retention.erase(by=WORK)
    assert not SealedIdentity.objects.exists()


def test_restricted_report_leaves_in_no_release() -> None:
    one, other = linked(), linked()
    restricted(other)
    with pytest.raises(GoneMeanwhileError):
        facts.record_use(release=uuid4(), contributions=[one, other], by=cast.actor(cast.APPROVER))
    assert not Use.objects.exists()


def test_more_reports_than_one_question_takes_leave_in_one_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "AT_ONCE", 2)
    reports = [linked() for _ in range(3)]
    facts.record_use(release=uuid4(), contributions=reports, by=cast.actor(cast.APPROVER))
    assert Use.objects.count() == 3


def test_pair_of_a_restricted_report_is_neither_decided_nor_undone() -> None:
    one, other = linked(), linked(**VAGUE)
    pair, by = pair_of(one, other).id, cast.actor(cast.REVIEWER)
    review.decide(pair=pair, verdict=review.Verdict.SAME_DETAILS, by=by)
    restricted(one)
    with pytest.raises(UnknownPairError):
        review.undo(pair=pair, by=by)
    with pytest.raises(UnknownPairError):
        review.decide(pair=pair, verdict=review.Verdict.DIFFERENT_DETAILS, by=cast.actor(cast.REVIEWER))
    assert persons() == {frozenset({other})}


def test_rejection_of_a_restricted_report_waits_for_the_end_of_the_restriction() -> None:
    contribution = unlocked.held()
    case = restricted(contribution)
    rejected(contribution)
    assert outcomes.carry_out() == 0
    assert Contribution.objects.filter(id=contribution).exists()
    Job.objects.all().delete()
    cases.lift(case=case, by=officer())
    assert Job.objects.filter(kind="intake.outcomes").exists()
    assert outcomes.carry_out() == 1
    assert not Contribution.objects.exists()
    assert AnonymousSignal.objects.count() == 1


def test_outcomes_that_are_held_let_others_pass() -> None:
    for _ in range(3):
        contribution = unlocked.held()
        restricted(contribution)
        rejected(contribution)
    free = unlocked.held()
    rejected(free)
    assert outcomes.carry_out(limit=2) == 1
    assert not Contribution.objects.filter(id=free).exists()
    assert Outcome.objects.filter(carried_out=None).count() == 3


def test_person_who_withdraws_consent_is_heard_while_the_report_is_restricted() -> None:
    contribution = unlocked.held()
    restricted(contribution)
    statement = Statement.objects.get(notification=contribution).pk
    consent.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    outcomes.carry_out()
    assert not Contribution.objects.exists()
