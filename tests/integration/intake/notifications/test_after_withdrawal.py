"""After consent was withdrawn: what was signed before brings no report back, by no channel; what is signed later does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consent import gate, withdrawals
from consent import services as consent
from consent.models import Statement
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.ending import Ending
from intake.models.stub import Stub
from intake.notifications import later, services
from intake.notifications.inputs import ConsentAnswer, Problem
from intake.notifications.rules import Invalid
from jobs import services as jobs
from safeguards.actors import system
from tests import cast, interface, reported
from tests.statements import administrator

pytestmark = pytest.mark.django_db
SUBMITTER = cast.Person("batch-owner", cast.SHELTER_TEAM, cast.Role.BATCH_SUBMITTER)
WITHDRAWN = (Problem("signed_on", "consent-withdrawn"),)
SIGNED = reported.DAY - timedelta(days=1)


def row(**changes):
    identity = reported.person(own_reference="zaak 1", v_number="")
    return reported.report_with_consent(**{"identity": identity} | changes)


def by_form(notification):
    by = cast.actor(cast.OWNER)
    try:
        return services.submit(notification=notification, organisation=by.organisation, by=by, attempt="another")
    except Invalid as refused:
        return refused.problems


def by_file(notification):
    by = cast.actor(SUBMITTER)
    (answer,) = services.submit_many(notifications=[notification], organisation=by.organisation, by=by)
    return answer


def in_dry_run(notification):
    organisation = cast.organisation(cast.SHELTER_TEAM)
    return services.preview_many(notifications=[notification], organisation=organisation)[0].problems


def by_reporter():
    by = cast.actor(cast.OWNER)
    later.withdraw(reference=Contribution.objects.get().reference, organisation=by.organisation, by=by)


def by_desk():
    statement = Statement.objects.get()
    consent.approve(statement=statement.pk, by=administrator())
    consent.withdraw(statement=statement.pk, on=timezone.localdate(), by=administrator())


def by_code():
    withdrawals.ask(code=Statement.objects.get().receipt, by=system("tests"))


def withdrawn(way=by_reporter, *, on=None):
    by_file(row())
    way()
    jobs.drain(("files", "vault", "reports"))
    assert not Contribution.objects.exists()
    if on:
        Ending.objects.update(day=on)


@pytest.mark.parametrize("channel", [by_form, by_file, in_dry_run])
@pytest.mark.parametrize("way", [by_reporter, by_desk, by_code])
def test_what_was_signed_before_the_withdrawal_does_not_come_back(way, channel):
    withdrawn(way)
    assert channel(row()) == WITHDRAWN
    assert not Contribution.objects.exists()
    assert Stub.objects.get().own_reference_digest


def test_what_was_signed_on_the_day_of_the_withdrawal_does_not_come_back():
    withdrawn(on=SIGNED)
    assert by_file(row()) == WITHDRAWN


def test_what_was_signed_later_is_a_new_report():
    withdrawn(on=SIGNED - timedelta(days=1))
    assert not in_dry_run(row())
    assert (by_file(row()).outcome, Contribution.objects.count()) == ("new", 1)


def test_refusal_after_the_withdrawal_is_still_a_signal():
    withdrawn()
    assert by_file(row(consent=ConsentAnswer(answer=gate.Answer.REFUSED))).state == "signal"
    assert AnonymousSignal.objects.count() == 1


def test_another_report_of_the_same_person_is_not_told_apart():
    withdrawn()
    other = row(identity=reported.person(own_reference="zaak 2", v_number=""))
    assert by_file(other).outcome == "new"


def test_system_is_told_at_the_member_of_the_signing():
    withdrawn()
    said = reported.answer()
    document = interface.REPORT | {
        "eigenKenmerk": "zaak 1",
        "persoon": {"achternaam": "Zwaluwenburg"},
        "toestemming": {
            "antwoord": "given",
            "hoedanigheid": said.capacity,
            "beoordeeldOp": said.judged_how,
            "ondertekenaar": said.signer,
            "wijze": said.method,
            "tekstversie": said.notice_version,
            "taal": said.language,
            "datum": SIGNED.isoformat(),
        },
    }
    answer = interface.send("/meldingen", document, sender=interface.bearer(cast.SHELTER_TEAM))
    assert interface.errors(answer) == {("#/toestemming/datum", "consent-withdrawn")}
