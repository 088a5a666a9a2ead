"""Consent outcomes carried out: a release is linked and counted, a rejection leaves a signal, a withdrawal leaves nothing."""

from dataclasses import replace
from datetime import UTC, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from consent import services as consent
from consent.models import Outcome, Statement
from intake import events, facts, outcomes
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import MatchingFeatures, PersonContribution, Token
from intake.models.stub import Stub
from intake.notifications import selectors
from intake.notifications import services as notifications
from jobs import services as jobs
from jobs.models import Job
from safeguards.models import AuditEntry, DataKey
from tests import cast, reported
from tests.statements import administrator

pytestmark = pytest.mark.django_db


def held(**changes) -> UUID:
    by = cast.actor(cast.OWNER)
    report = reported.report_with_consent(**changes)
    receipt = notifications.submit(notification=report, organisation=by.organisation, by=by)
    return Contribution.objects.get(reference=receipt.reference).id


def statement(contribution: UUID) -> UUID:
    return Statement.objects.get(notification=contribution).id


def approved(**changes) -> UUID:
    contribution = held(**changes)
    consent.approve(statement=statement(contribution), by=administrator())
    return contribution


def work() -> None:
    jobs.drain(("files", "vault", "reports"))


def test_held_report_is_neither_linked_nor_offered_to_linking():
    contribution = held()
    work()
    assert Contribution.objects.get().state == "held"
    assert not PersonContribution.objects.filter(contribution=contribution).exists()
    assert not Token.objects.exists()


def test_approved_report_is_released_and_linked():
    contribution = approved()
    work()
    row = Contribution.objects.get()
    assert (row.state, row.needs_linking, row.released) == ("accepted", False, timezone.now().astimezone(UTC).date())
    assert PersonContribution.objects.get().contribution_id == contribution
    assert AuditEntry.objects.filter(action=events.OUTCOME_RELEASED, object_id=str(contribution)).count() == 1


def test_rejected_report_becomes_a_signal_and_only_a_stub_refers_to_the_report():
    contribution = held()
    reference = Contribution.objects.get().reference
    consent.reject(statement=statement(contribution), reason="unreadable", by=administrator())
    work()
    assert AnonymousSignal.objects.values_list("year", "quarter", "form", "age_band", "region").get() == (
        2019,
        1,
        "GO-SU",
        "23-29",
        "europe",
    )
    assert not AnonymousSignal.objects.filter(id=contribution).exists()
    for model in (Contribution, SealedIdentity, DataKey, MatchingFeatures, Token):
        assert not model.objects.exists(), model
    assert (Stub.objects.get().reference, Stub.objects.get().state) == (reference, "signal")


def test_reporter_sees_what_became_of_a_rejected_report():
    contribution = held()
    reference = Contribution.objects.get().reference
    consent.reject(statement=statement(contribution), reason="unreadable", by=administrator())
    work()
    by = cast.actor(cast.OWNER)
    found = selectors.own_report(organisation=by.organisation, reference=reference, by=by)
    assert found is not None
    assert (found.state, found.day) == ("signal", None)


def test_withdrawn_report_leaves_no_signal_and_nothing_but_a_stub_for_its_reporter():
    contribution = approved()
    reference = Contribution.objects.get().reference
    work()
    consent.withdraw(statement=statement(contribution), on=timezone.localdate(), by=administrator())
    work()
    for model in (Contribution, SealedIdentity, DataKey, MatchingFeatures, Token, PersonContribution, AnonymousSignal):
        assert not model.objects.exists(), model
    assert (Stub.objects.get().reference, Stub.objects.get().state) == (reference, "withdrawn")


def test_person_year_of_a_withdrawn_report_is_counted_anew_for_the_reports_that_stay():
    officer = cast.actor(cast.OFFICER)
    notifications.submit(notification=reported.report(), organisation=officer.organisation, by=officer)
    contribution = approved()
    work()
    person = PersonContribution.objects.values_list("person_id", flat=True).distinct().get()
    before = facts.latest_sequence()
    consent.withdraw(statement=statement(contribution), on=timezone.localdate(), by=administrator())
    work()
    assert (person, 2019) in {(change.person, change.year) for change in facts.changes_since(before, limit=100)}
    (left,) = facts.contributions_of([(person, 2019)])[person, 2019]
    assert left.group == "police"


def test_report_withdrawn_before_it_was_linked_leaves_nothing():
    contribution = approved()
    consent.withdraw(statement=statement(contribution), on=timezone.localdate(), by=administrator())
    work()
    for model in (Contribution, SealedIdentity, DataKey, Token, AnonymousSignal):
        assert not model.objects.exists(), model


def test_lapsed_statement_becomes_a_signal():
    contribution = held()
    Statement.objects.filter(notification=contribution).update(recorded=timezone.now() - timedelta(days=4000))
    with transaction.atomic():
        jobs.record("consent.lapse")
    work()
    assert AnonymousSignal.objects.count() == 1
    assert not Contribution.objects.exists()


def test_outcome_carried_out_twice_has_one_effect():
    contribution = held()
    consent.reject(statement=statement(contribution), reason="unreadable", by=administrator())
    assert outcomes.carry_out() == 1
    assert outcomes.carry_out() == 0
    Outcome.objects.update(carried_out=None)
    assert outcomes.carry_out() == 1
    assert (AnonymousSignal.objects.count(), Stub.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(action=events.OUTCOME_NOTHING_LEFT).count() == 1


def test_release_of_a_released_report_does_not_link_it_again():
    approved()
    work()
    Outcome.objects.update(carried_out=None)
    outcomes.carry_out()
    assert Contribution.objects.get().needs_linking is False


def test_full_chunk_of_outcomes_asks_for_the_rest(monkeypatch):
    monkeypatch.setattr(outcomes, "CHUNK", 1)
    monkeypatch.setattr(outcomes.carry_out, "__defaults__", (1,))
    for name in ("Een", "Twee", "Drie"):
        approved(identity=reported.person(family_name=name, v_number=""))
    jobs.drain(("vault",))
    assert set(Contribution.objects.values_list("state", flat=True)) == {"accepted"}
    assert not Outcome.objects.filter(carried_out=None).exists()
    assert not Job.objects.filter(state="dead").exists()


def test_signal_keeps_the_own_reference_so_that_the_same_row_is_not_counted_twice():
    submitter = cast.actor(replace(cast.OFFICER, name="batch-owner", organisation=cast.SHELTER_TEAM))
    refused = reported.report_refused(identity=reported.person(own_reference="zaak 9"))
    contribution = held(identity=reported.person(own_reference="zaak 9", v_number=""))
    consent.reject(statement=statement(contribution), reason="unreadable", by=administrator())
    work()
    (answer,) = notifications.submit_many(notifications=[refused], organisation=submitter.organisation, by=submitter)
    assert answer.outcome == "unchanged"
    assert AnonymousSignal.objects.count() == 1
