"""From a report with a statement to what becomes of it: submitted, decided, carried out by the background work."""

from datetime import timedelta

import pytest

from accounts.reporters import Purpose
from consent import gate, services
from consent.models import Outcome, Statement
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.notifications import services as notifications
from jobs import services as jobs
from safeguards.models import DataKey
from tests import cast, reported
from tests.statements import administrator, recorded_earlier

pytestmark = pytest.mark.django_db
SIGNED = reported.DAY - timedelta(days=1)


@pytest.fixture
def held() -> Statement:
    by = cast.actor(cast.OWNER)
    organisation = cast.organisation(cast.SHELTER_TEAM)
    notifications.submit(notification=reported.report_with_consent(), organisation=organisation, by=by)
    return Statement.objects.get()


def carry_out() -> None:
    jobs.drain(("files", "vault"))
    assert not Outcome.objects.filter(carried_out=None).exists()


def test_approved_report_is_accepted_and_linked(held: Statement) -> None:
    services.approve(statement=held.pk, by=administrator())
    carry_out()
    row = Contribution.objects.get()
    assert (row.state, row.needs_linking) == ("accepted", False)
    assert gate.consent_on(row.id, Purpose.REGISTRATION, SIGNED)


@pytest.mark.parametrize("way", ["rejected", "lapsed"])
def test_report_without_a_good_statement_becomes_a_signal(held: Statement, way: str) -> None:
    if way == "rejected":
        services.reject(statement=held.pk, reason="unreadable", by=administrator())
    else:
        recorded_earlier(held.pk, days=61)
        jobs.record("consent.lapse")
    carry_out()
    assert AnonymousSignal.objects.count() == 1
    nothing_left(held, way)


def test_withdrawn_report_leaves_no_signal(held: Statement) -> None:
    services.approve(statement=held.pk, by=administrator())
    carry_out()
    services.withdraw(statement=held.pk, on=SIGNED + timedelta(days=100), by=administrator())
    carry_out()
    assert not AnonymousSignal.objects.exists()
    nothing_left(held, "withdrawn")
    assert gate.consent_on(held.notification, Purpose.REGISTRATION, SIGNED)
    assert not gate.consent_on(held.notification, Purpose.REGISTRATION, SIGNED + timedelta(days=100))


def nothing_left(held: Statement, state: str) -> None:
    assert not any(model.objects.exists() for model in (Contribution, SealedIdentity, DataKey))
    held.refresh_from_db()
    assert (held.state, held.capacity, held.signer, held.signed_on) == (state, "", "", None)
