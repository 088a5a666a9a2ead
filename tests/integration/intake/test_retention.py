"""Retention: what is over its period goes in batches, linking and figures go on, and a tombstone says how much and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from accounts.permissions import NotAllowedError
from accounts.reporters import Purpose
from consent import confirmations, gate, scans
from consent import services as consent
from consent.models import Confirmation, Statement, StatementDocument
from consent.scans import Scan
from intake.enrichment.envelopes import Standing
from intake.errors import NothingToConfirmError, UnknownReportError
from intake.matching.services import LINKER
from intake.models.batch import BatchError
from intake.models.contribution import Contribution
from intake.models.history import EarlierVersion
from intake.models.identity import SealedIdentity
from intake.models.matching import MatchingFeatures, Pair, Token
from intake.models.retention import Erasure
from intake.notifications import later, own_reports, storing
from intake.notifications.selectors import Wanted, found_reports
from intake.retention import selectors, services
from intake.retention.rules import RULES, Action
from intake.rights.grounds import Ground, Right
from jobs import services as jobs
from reports.figures.storage import counters
from reports.models import PersonYear
from safeguards.models import DataKey
from tests import cast, confirmed, delivered, handled, linked, reported, reviewed
from tests.statements import administrator
from tests.unlocked import held

pytestmark = pytest.mark.django_db

IDENTITY, REPORT, LINKING, ENDING = (next(rule for rule in RULES if rule.action is action) for action in Action)
BEYOND_IDENTITY = IDENTITY.cutoff(timezone.localdate())
BEYOND_ALL = LINKING.cutoff(timezone.localdate())
ISATU = {"given_names": ("Isatu",), "family_name": "Turay"}


def work() -> None:
    jobs.drain(("files", "vault", "reports"))


def erase(limit: int = services.BATCH) -> int:
    return services.erase(limit=limit, by=LINKER)


def figures() -> tuple[object, object]:
    rows = PersonYear.objects.order_by("person", "year").values_list("person", "year", "counted")
    return counters(), list(rows)


def numbers() -> dict[str, int]:
    return {due.rule.id: due.number for due in selectors.preview(by=cast.actor(cast.PRIVACY_OFFICER))}


def test_what_is_within_its_period_stays() -> None:
    linked.linked()
    assert (numbers(), erase()) == ({"identity": 0, "report": 0, "linking": 0, "ending": 0}, 0)
    assert SealedIdentity.objects.count() == 1
    assert not Erasure.objects.exists()


def test_identity_goes_on_the_last_day_and_linking_goes_on_by_features() -> None:
    old = linked.linked(day=BEYOND_IDENTITY)
    assert numbers() == {"identity": 1, "report": 0, "linking": 0, "ending": 0}
    erase()
    assert not SealedIdentity.objects.exists()
    assert list(DataKey.objects.values_list("purpose", flat=True)) == ["matching"]
    new = linked.linked(day=timezone.localdate())
    assert linked.persons() == {frozenset({old, new})}


def test_correction_of_codes_after_the_identity_went_keeps_the_links() -> None:
    old, new = linked.linked(day=BEYOND_IDENTITY), linked.linked()
    erase()
    by, reference = cast.actor(cast.OFFICER), Contribution.objects.get(id=old).reference
    more = replace(linked.KNOWN, platforms=("dating-app",))
    later.correct_codes(reference=reference, characteristics=more, organisation=by.organisation, by=by)
    work()
    assert MatchingFeatures.objects.filter(contribution=old).exists()
    assert linked.persons() == {frozenset({old, new})}


def test_what_waits_for_linking_keeps_its_identity() -> None:
    linked.sent(day=BEYOND_IDENTITY)
    assert numbers() == {"identity": 0, "report": 0, "linking": 0, "ending": 0}


def test_closing_leaves_the_figures_as_they_are_and_nothing_that_links() -> None:
    first, second = linked.linked(day=BEYOND_ALL), linked.linked(day=date(2005, 2, 28))
    work()
    before = figures()
    erase()
    work()
    for model in (SealedIdentity, MatchingFeatures, Token, Pair, DataKey, EarlierVersion):
        assert not model.objects.exists(), model
    assert figures() == before
    assert linked.persons() == {frozenset({first, second})}
    digests = Contribution.objects.values_list("own_reference_digest", "row_digest", "correction_digest", "batch")
    assert set(digests) == {(None, None, None, None)}
    assert linked.persons() != {frozenset({first, second, linked.linked(day=timezone.localdate())})}


def test_person_with_a_newer_report_is_not_closed() -> None:
    linked.linked(day=BEYOND_ALL)
    linked.linked()
    assert numbers() == {"identity": 1, "report": 1, "linking": 0, "ending": 0}
    erase()
    assert MatchingFeatures.objects.count() == 2


def test_reporter_cannot_see_whether_an_old_report_is_of_a_person_reported_since() -> None:
    by = cast.actor(cast.OFFICER)
    known = linked.sent(day=BEYOND_ALL)
    alone = linked.sent(**ISATU, day=BEYOND_ALL)
    linked.linked(day=timezone.localdate())
    work()
    references = dict(Contribution.objects.filter(id__in=(known, alone)).values_list("id", "reference"))
    erase()
    assert MatchingFeatures.objects.filter(contribution__in=(known, alone)).get().contribution_id == known
    for reference in references.values():
        with pytest.raises(UnknownReportError):
            own_reports.report(organisation=by.organisation, reference=reference, by=by)
    old = Wanted(dated_until=BEYOND_ALL)
    assert found_reports(organisation=by.organisation, wanted=old, page=1, size=10, by=by).total == 0


def test_person_is_closed_when_all_its_reports_were_cut_off() -> None:
    for _ in range(2):
        linked.linked(day=BEYOND_ALL)
    left = []
    while erase(limit=1):
        left.append((Contribution.objects.filter(cut_off=True).count(), MatchingFeatures.objects.count()))
    assert left == [(1, 2), (2, 0)]


def test_feed_cannot_see_whether_what_has_become_old_is_of_a_person_reported_since() -> None:
    isatu = reported.person(given_names=("Isatu",), family_name="Turay", v_number="", bsn="")
    known, alone = delivered.record("known"), delivered.record("alone", identity=isatu)
    delivered.delivered(known, alone)
    work()
    Contribution.objects.update(date=BEYOND_ALL)
    delivered.delivered(replace(known, envelope=replace(known.envelope, key="since")))
    work()
    erase()
    assert sorted(Contribution.objects.values_list("cut_off", flat=True)) == [False, True, True]
    again = [replace(one, envelope=replace(one.envelope, day=BEYOND_ALL)) for one in (known, alone)]
    found = delivered.delivered(*again)
    assert (found.new, found.unchanged, found.errors) == (0, 0, 2)
    problems = BatchError.objects.filter(batch=found.batch)
    assert sorted(problems.values_list("row", "code")) == [(1, "too-long-ago"), (2, "too-long-ago")]
    gone = delivered.delivered(*(replace(one, envelope=replace(one.envelope, standing=Standing.WITHDRAWN)) for one in again))
    assert gone.removed == 0


def test_restricted_report_can_still_be_found() -> None:
    resting = linked.linked(day=BEYOND_ALL)
    handled.granted(resting, right=Right.RESTRICTION, ground=Ground.CLAIMS_OF_PERSON)
    erase()
    assert not Contribution.objects.get().cut_off
    assert SealedIdentity.objects.exists()


def reviewed_with_a_sheet() -> Statement:
    contribution = held()
    row = Statement.objects.get(notification=contribution)
    scans.keep(statement=row.pk, organisation=row.organisation, scans=[Scan("image/png", b"Zwaluwenburg")])
    consent.approve(statement=row.pk, by=administrator())
    work()
    return row


def test_signed_sheet_goes_with_the_identity_and_what_the_statement_says_stays() -> None:
    row = reviewed_with_a_sheet()
    Contribution.objects.update(date=BEYOND_IDENTITY)
    erase()
    assert not StatementDocument.objects.exists()
    assert list(DataKey.objects.values_list("purpose", flat=True)) == ["matching"]
    assert Statement.objects.get().signed_on == row.signed_on


@pytest.mark.parametrize("waits", [False, True])
def test_nobody_confirms_at_sixteen_after_the_identity_went(waits: bool) -> None:
    """Nor brings a new signed sheet: nobody could say any more whose it is."""
    reference = confirmed.turned()
    if waits:
        confirmed.sent(reference)
    work()
    Contribution.objects.update(date=BEYOND_IDENTITY)
    erase()
    assert not Confirmation.objects.exists()
    assert not StatementDocument.objects.exists()
    contribution = confirmed.contribution_of(reference)
    assert gate.confirmation_problems(contribution, confirmed.SAID) is None
    row = Statement.objects.get(notification=contribution, purpose="registration")
    assert (row.state, row.reconfirm_from, row.reconfirm_year_only) == ("approved", None, False)
    with pytest.raises(NothingToConfirmError):
        later.confirm(reference=reference, said=confirmed.SAID, sheets=(confirmed.SHEET,), **by_owner())


def by_owner() -> dict[str, Any]:
    by = cast.actor(cast.OWNER)
    return {"organisation": by.organisation, "by": by}


def test_confirmation_that_was_accepted_stays_without_its_sheet() -> None:
    statement = confirmed.sent()
    confirmations.accept(statement=statement, checked=reviewed.POINTS, by=administrator())
    work()
    Contribution.objects.update(date=BEYOND_IDENTITY)
    erase()
    assert Confirmation.objects.get().signed_on == confirmed.CONFIRMED
    assert not StatementDocument.objects.exists()


def test_closing_empties_the_statement_and_leaves_whether_consent_held() -> None:
    row = reviewed_with_a_sheet()
    Contribution.objects.update(date=BEYOND_ALL)
    assert row.signed_on is not None
    erase()
    emptied = Statement.objects.get()
    assert (emptied.capacity, emptied.signer, emptied.method, emptied.signed_on, emptied.reported_on) == (
        "",
        "",
        "",
        None,
        None,
    )
    assert not DataKey.objects.exists()
    days = (row.signed_on - timedelta(days=1), row.signed_on, timezone.localdate())
    assert [gate.consent_on(row.notification, Purpose.REGISTRATION, day) for day in days] == [False, True, True]
    assert row.notification in gate.valid_on(Purpose.REGISTRATION, row.signed_on)


@pytest.mark.parametrize("day", [BEYOND_IDENTITY, BEYOND_ALL])
def test_what_was_corrected_before_it_could_be_locked_stays(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    linked.linked(day=day)
    lock = storing.lock

    def corrected_first(contributions: Iterable[UUID]) -> None:
        Contribution.objects.update(date=timezone.localdate())
        lock(contributions)

    monkeypatch.setattr(storing, "lock", corrected_first)
    erase()
    assert SealedIdentity.objects.exists()
    assert MatchingFeatures.objects.exists()
    assert not Erasure.objects.exists()


def test_batches_go_on_until_nothing_is_left_and_each_leaves_a_tombstone() -> None:
    for given in ("Isatu", "Adama", "Hawa"):
        linked.linked(given_names=(given,), family_name="Turay", day=BEYOND_IDENTITY)
    assert [erase(limit=2) for _ in range(3)] == [2, 1, 0]
    assert list(Erasure.objects.order_by("id").values_list("rule", "action", "number")) == [
        ("identity", "erase-identity", 2),
        ("identity", "erase-identity", 1),
    ]
    columns = {field.attname for field in Erasure._meta.concrete_fields}
    assert columns == {"id", "rule", "action", "number", "erased"}


def test_nightly_work_carries_it_out() -> None:
    linked.linked(day=BEYOND_IDENTITY)
    jobs.record("intake.retention")
    work()
    assert not SealedIdentity.objects.exists()


def test_page_shows_the_privacy_officer_what_would_go_tonight_and_changes_nothing() -> None:
    linked.linked(day=BEYOND_IDENTITY)
    officer: Client = cast.signed_in(cast.PRIVACY_OFFICER)
    text = officer.get("/retention").content.decode()
    assert "Wat er vannacht zou gaan" in text
    assert SealedIdentity.objects.exists()
    with pytest.raises(NotAllowedError):
        selectors.preview(by=cast.actor(cast.ANALYST))
    with pytest.raises(NotAllowedError):
        services.erase(by=cast.actor(cast.PRIVACY_OFFICER))
