"""After the approval: confirmed by the person at sixteen, found invalid, or over."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.permissions import NotAllowedError
from accounts.reporters import Purpose, ReporterGroup
from consent import gate, terms
from consent.errors import AlreadyDecidedError, ConfirmationError, UnknownReasonError
from consent.models import Outcome, Statement, StatementEvent
from safeguards.actors import system
from tests import cast, consent_acts
from tests.reviewed import FOR_TWO
from tests.statements import REPORTED, SIGNED, administrator, given

pytestmark = pytest.mark.django_db

CONFIRMED = date(2020, 2, 1)


def test_who_turned_sixteen_is_listed_until_the_person_confirms() -> None:
    statement, by = consent_acts.turned_sixteen(), administrator()
    consent_acts.approved()
    assert [item.statement for item in terms.to_confirm(by=by, limit=10)] == [statement]
    terms.reconfirm(statement=statement, signed_on=CONFIRMED, method="written", by=by)
    assert terms.to_confirm(by=by, limit=10) == ()
    row = Statement.objects.get(pk=statement)
    assert (row.state, row.signer, row.method) == ("approved", "person", "written")
    event = StatementEvent.objects.get(kind="reconfirmed")
    assert (event.legal_date, event.recorded.date()) == (CONFIRMED, timezone.localdate())


def test_only_the_registration_is_confirmed_and_what_is_beside_it_with_it() -> None:
    who, by = cast.organisation(cast.SHELTER_TEAM), cast.actor(cast.OWNER)
    report = gate.NewStatement(uuid4(), who, ReporterGroup.OTHER, FOR_TWO, REPORTED)
    both = [report, replace(report, purpose=Purpose.HELP)]
    registration, beside = gate.open_statements(statements=both, by=by)
    Statement.objects.update(state="approved", reconfirm_from=date(2020, 1, 1))
    assert [item.statement for item in terms.to_confirm(by=administrator(), limit=10)] == [registration]
    with pytest.raises(ConfirmationError):
        terms.reconfirm(statement=beside, signed_on=CONFIRMED, method="written", by=administrator())
    terms.reconfirm(statement=registration, signed_on=CONFIRMED, method="written", by=administrator())
    assert set(StatementEvent.objects.filter(kind="reconfirmed").values_list("statement", flat=True)) == {registration, beside}
    assert set(Statement.objects.values_list("signer", "reconfirm_from")) == {("person", None)}


def test_that_nobody_asked_ends_nothing() -> None:
    row = Statement.objects.get(pk=consent_acts.turned_sixteen())
    assert gate.consent_on(row.notification, Purpose.REGISTRATION, timezone.localdate())


@pytest.mark.parametrize("day", [SIGNED - timedelta(days=1), timezone.localdate() + timedelta(days=2)])
def test_confirmation_lies_between_signing_and_today(day: date) -> None:
    statement, by = consent_acts.turned_sixteen(), administrator()
    with pytest.raises(ConfirmationError):
        terms.reconfirm(statement=statement, signed_on=day, method="written", by=by)
    assert not StatementEvent.objects.filter(kind="reconfirmed").exists()


def test_what_a_person_signed_needs_no_confirmation() -> None:
    statement, by = given(), administrator()
    with pytest.raises(ConfirmationError):
        terms.reconfirm(statement=statement, signed_on=CONFIRMED, method="written", by=by)


def test_what_was_never_good_counts_on_no_day_and_its_report_goes() -> None:
    statement, by = consent_acts.approved(), administrator()
    row = Statement.objects.get(pk=statement)
    assert gate.consent_on(row.notification, Purpose.REGISTRATION, SIGNED)
    terms.invalidate(statement=statement, reason="forged", by=by)
    assert not gate.consent_on(row.notification, Purpose.REGISTRATION, SIGNED)
    assert row.notification not in gate.valid_on(Purpose.REGISTRATION, SIGNED)
    assert list(Outcome.objects.order_by("pk").values_list("kind", flat=True)) == ["release", "withdraw"]


def test_only_what_was_approved_can_turn_out_invalid() -> None:
    statement, by = given(), administrator()
    with pytest.raises(AlreadyDecidedError):
        terms.invalidate(statement=statement, reason="forged", by=by)


@pytest.mark.parametrize("reason", ["", "Kanarie"])
def test_invalidity_needs_a_reason_from_the_list(reason: str) -> None:
    statement, by = consent_acts.approved(), administrator()
    with pytest.raises(UnknownReasonError):
        terms.invalidate(statement=statement, reason=reason, by=by)


def test_term_that_is_over_lapses_on_its_own_day_however_late_it_is_noticed() -> None:
    statement = consent_acts.over()
    row = Statement.objects.get(pk=statement)
    assert terms.end_terms(by=system("consent.end-terms")) == 1
    assert StatementEvent.objects.get(kind="lapsed").legal_date == row.valid_until
    assert row.valid_until is not None
    assert gate.consent_on(row.notification, Purpose.REGISTRATION, row.valid_until - timedelta(days=1))
    assert not gate.consent_on(row.notification, Purpose.REGISTRATION, row.valid_until)
    assert terms.end_terms(by=system("consent.end-terms")) == 0


@pytest.mark.parametrize("person", [cast.OWNER, cast.ANALYST, cast.PRIVACY_OFFICER])
def test_nobody_without_the_right_confirms_or_invalidates(person: cast.Person) -> None:
    statement, by = consent_acts.turned_sixteen(), cast.actor(person)
    with pytest.raises(NotAllowedError):
        terms.reconfirm(statement=statement, signed_on=CONFIRMED, method="written", by=by)
    with pytest.raises(NotAllowedError):
        terms.invalidate(statement=statement, reason="forged", by=by)
    assert Statement.objects.get(pk=statement).state == "approved"
