"""The confirmation at sixteen of what is restricted waits until that ends; a no of the person does not."""

from uuid import UUID

import pytest
from django.test import Client

from consent import confirmations, gate
from consent.errors import ConfirmationError
from consent.models import Confirmation, StatementEvent
from intake import outcomes
from intake.errors import ReportRestrictedError
from intake.models.contribution import Contribution
from intake.notifications import later, own_reports
from intake.rights import services as cases
from intake.rights.grounds import Ground, Right
from tests import cast, confirmed, handled
from tests.confirmed import SAID, SENT
from tests.reviewed import POINTS
from tests.statements import administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter() -> Client:
    return cast.signed_in(cast.OWNER)


def rests(reference: str) -> UUID:
    return handled.granted(confirmed.contribution_of(reference), right=Right.RESTRICTION, ground=Ground.CLAIMS_OF_PERSON)


def turning() -> set[str]:
    return set(own_reports.turning_sixteen(organisation=cast.organisation(cast.SHELTER_TEAM), by=cast.actor(cast.OWNER)))


def confirm(reference: str) -> None:
    where = cast.organisation(cast.SHELTER_TEAM)
    later.confirm(reference=reference, said=SAID, sheets=(), organisation=where, by=cast.actor(cast.OWNER))


def test_nobody_is_asked_to_confirm_what_is_restricted() -> None:
    reference, other = confirmed.turned(), confirmed.turned()
    case = rests(reference)
    assert turning() == {other}
    with pytest.raises(ReportRestrictedError):
        confirm(reference)
    cases.lift(case=case, by=handled.officer())
    assert turning() == {reference, other}
    confirm(reference)
    assert Confirmation.objects.get().waits


def test_nobody_reviews_a_confirmation_of_what_is_restricted() -> None:
    reference = confirmed.turned()
    statement, by = confirmed.sent(reference), administrator()
    case = rests(reference)
    assert confirmations.waiting(by=by) == ()
    with pytest.raises(ConfirmationError):
        confirmations.waiting_one(statement, by=by)
    with pytest.raises(ConfirmationError):
        confirmations.accept(statement=statement, checked=POINTS, by=by)
    with pytest.raises(ConfirmationError):
        confirmations.refuse(statement=statement, reason="not-signed", by=by)
    cases.lift(case=case, by=handled.officer())
    assert [one.statement for one in confirmations.waiting(by=by)] == [statement]
    confirmations.accept(statement=statement, checked=POINTS, by=by)


def test_page_offers_the_no_alone_and_it_is_carried_out(reporter: Client) -> None:
    reference = confirmed.turned()
    rests(reference)
    address = f"/notifications/{reference}"
    page = reporter.get(f"{address}/report").content.decode()
    assert f"{address}/confirm" not in page
    assert f"{address}/withdraw?reason=at-sixteen" in page
    for response in (reporter.get(f"{address}/confirm"), reporter.post(f"{address}/confirm", SENT)):
        assert response["Location"] == f"{address}/report"
    assert not Confirmation.objects.exists()
    assert "inmiddels 16" in reporter.get(f"{address}/withdraw?reason=at-sixteen").content.decode()
    reporter.post(f"{address}/withdraw", {"reason": gate.WithdrawalReason.AT_SIXTEEN})
    assert StatementEvent.objects.get(kind="withdrawn").reason == "at-sixteen"
    outcomes.carry_out()
    assert not Contribution.objects.exists()
