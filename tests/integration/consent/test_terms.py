"""After the approval: found invalid, or over. What is confirmed at sixteen is in test_confirmations."""

from datetime import timedelta

import pytest

from accounts.permissions import NotAllowedError
from accounts.reporters import Purpose
from consent import gate, terms
from consent.errors import AlreadyDecidedError, UnknownReasonError
from consent.models import Outcome, Statement, StatementEvent
from safeguards.actors import system
from tests import cast, consent_acts
from tests.statements import SIGNED, administrator, given

pytestmark = pytest.mark.django_db


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
def test_nobody_without_the_right_invalidates(person: cast.Person) -> None:
    statement, by = consent_acts.approved(), cast.actor(person)
    with pytest.raises(NotAllowedError):
        terms.invalidate(statement=statement, reason="forged", by=by)
    assert Statement.objects.get(pk=statement).state == "approved"
