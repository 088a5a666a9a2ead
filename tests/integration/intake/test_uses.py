"""The register of uses: who got what, only for as long as it is here, and the duty to tell when it goes."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.permissions import NotAllowedError
from consent import services as consent
from consent.models import Statement
from intake import events, facts, uses
from intake.errors import GoneMeanwhileError
from intake.models.contribution import Contribution
from intake.models.use import DutyToTell, Use
from intake.notifications import later
from intake.notifications import services as notifications
from jobs import services as jobs
from safeguards.models import AuditEntry
from tests import cast, linked, reported, used
from tests.statements import administrator

pytestmark = pytest.mark.django_db


def approved(**changes):
    by = cast.actor(cast.OWNER)
    report = reported.report_with_consent(**changes)
    reference = notifications.submit(notification=report, organisation=by.organisation, by=by).reference
    contribution = Contribution.objects.get(reference=reference).id
    consent.approve(statement=Statement.objects.get(notification=contribution).id, by=administrator())
    work()
    return contribution


def withdrawn(contribution):
    statement = Statement.objects.get(notification=contribution).id
    consent.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    work()


def work():
    jobs.drain(("files", "vault", "reports"))


def test_withdrawal_lists_each_release_that_used_it_and_keeps_nothing_but_the_release():
    contribution, first, second = approved(), uuid4(), uuid4()
    for release in (first, second, first):
        used.used(contribution, release)
    withdrawn(contribution)
    assert not Use.objects.exists()
    assert set(DutyToTell.objects.values_list("release", "number", "told")) == {(first, 1, None), (second, 1, None)}
    columns = {field.attname for field in DutyToTell._meta.concrete_fields}
    assert columns == {"id", "release", "since", "number", "told", "told_by"}
    told = AuditEntry.objects.filter(action=events.USE_MUST_BE_TOLD).values_list("object_id", flat=True)
    assert set(told) == {str(first), str(second)}


def test_of_what_was_only_made_ready_nobody_is_told_and_of_what_left_since_they_are():
    ready, published = uuid4(), uuid4()
    by = cast.actor(cast.APPROVER)
    contribution = approved()
    for release in (ready, published):
        facts.record_use(release=release, contributions=[contribution], by=by, left=False)
    facts.record_left(release=published, by=by)
    withdrawn(contribution)
    assert not Use.objects.exists()
    assert set(DutyToTell.objects.values_list("release", "number")) == {(published, 1)}


def test_withdrawal_of_what_nobody_used_lists_nothing():
    contribution, other = approved(), linked.linked(given_names=("Isatu",))
    used.used(other)
    withdrawn(contribution)
    assert Use.objects.count() == 1
    assert not DutyToTell.objects.exists()


def researched():
    """An approved report whose person agreed to research as well, used by a release."""
    reference = reported.sent(reported.report_with_consent(consent=reported.answer(research_extract="given")), by=cast.OWNER)
    contribution = Contribution.objects.get(reference=reference).id
    consent.approve(statement=statement_for(contribution, "registration"), by=administrator())
    work()
    release = uuid4()
    used.used(contribution, release)
    return contribution, release


def statement_for(contribution, purpose):
    return Statement.objects.get(notification=contribution, purpose=purpose).id


def test_withdrawal_of_research_alone_is_told_to_recipients_and_leaves_the_report():
    contribution, release = researched()
    row = Contribution.objects.get(pk=contribution)
    statement = statement_for(contribution, "research-extract")
    consent.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    work()
    assert list(DutyToTell.objects.values_list("release", "number", "told")) == [(release, 1, None)]
    after = Contribution.objects.get(pk=contribution)
    assert (after.state, after.leaving) == (row.state, False)
    assert Statement.objects.get(purpose="registration").signed_on is not None
    assert Statement.objects.get(purpose="registration").state == "approved"


def test_copy_of_what_stays_still_says_who_got_it_after_research_was_withdrawn():
    contribution, release = researched()
    consent.withdraw(statement=statement_for(contribution, "research-extract"), on=timezone.localdate(), by=administrator())
    work()
    assert list(Use.objects.values_list("contribution", "release", "must_be_told")) == [(contribution, release, True)]


def test_nobody_is_told_twice_of_the_same_use():
    contribution, first = researched()
    consent.withdraw(statement=statement_for(contribution, "research-extract"), on=timezone.localdate(), by=administrator())
    work()
    second = uuid4()
    used.used(contribution, second)
    withdrawn_whole(contribution)
    assert set(DutyToTell.objects.values_list("release", "number")) == {(first, 1), (second, 1)}
    assert not Use.objects.exists()


def test_withdrawal_of_help_alone_tells_nobody():
    reference = reported.sent(reported.report_with_consent(consent=reported.answer(help="given")), by=cast.OWNER)
    contribution = Contribution.objects.get(reference=reference).id
    consent.approve(statement=statement_for(contribution, "registration"), by=administrator())
    work()
    used.used(contribution)
    consent.withdraw(statement=statement_for(contribution, "help"), on=timezone.localdate(), by=administrator())
    work()
    assert not DutyToTell.objects.exists()


def withdrawn_whole(contribution):
    consent.withdraw(statement=statement_for(contribution, "registration"), on=timezone.localdate(), by=administrator())
    work()


def test_withdrawal_of_the_whole_tells_once_of_research_too():
    contribution, release = researched()
    withdrawn_whole(contribution)
    assert list(DutyToTell.objects.values_list("release", "number")) == [(release, 1)]
    assert not Contribution.objects.filter(pk=contribution).exists()


def test_reporter_who_takes_research_back_leaves_the_duty_as_well():
    contribution, release = researched()
    reference, by = Contribution.objects.get(pk=contribution).reference, cast.actor(cast.OWNER)
    refused = reported.report_with_consent(consent=reported.answer(research_extract="refused"))
    later.correct(reference=reference, notification=refused, organisation=by.organisation, by=by)
    work()
    assert list(DutyToTell.objects.values_list("release", flat=True)) == [release]


def test_release_with_something_that_is_gone_is_refused_whole():
    contribution, stays = approved(), linked.linked(given_names=("Isatu",))
    withdrawn(contribution)
    with pytest.raises(GoneMeanwhileError):
        facts.record_use(release=uuid4(), contributions=[contribution, stays], by=cast.actor(cast.APPROVER))
    assert not Use.objects.exists()


def test_privacy_officer_ticks_who_was_told_once():
    duty, by = used.a_duty(), cast.actor(cast.PRIVACY_OFFICER)
    uses.tell(duty=duty, by=by)
    first = DutyToTell.objects.get().told
    uses.tell(duty=duty, by=by)
    row = DutyToTell.objects.get()
    assert (row.told, row.told_by) == (first, by.id)


@pytest.mark.parametrize("person", [cast.ANALYST, cast.CONSENT_ADMINISTRATOR, cast.OWNER])
def test_nobody_else_sees_or_ticks_the_list(person):
    duty = used.a_duty()
    with pytest.raises(NotAllowedError):
        uses.duties(limit=10, by=cast.actor(person))
    with pytest.raises(NotAllowedError):
        uses.tell(duty=duty, by=cast.actor(person))


def test_list_shows_the_open_ones_first_and_takes_a_tick():
    done, waiting = used.a_duty(), used.a_duty()
    officer: Client = cast.signed_in(cast.PRIVACY_OFFICER)
    assert officer.post(f"/duties/{done}/told").status_code == 302
    text = officer.get("/duties").content.decode()
    rows = {duty.id: str(duty.release) for duty in DutyToTell.objects.all()}
    assert text.index(rows[waiting]) < text.index(rows[done])
    assert text.count("/told") == 1
