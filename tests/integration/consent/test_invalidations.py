"""An approved statement that was never good: shown before it is done, by two where two approved, and gone as a withdrawal."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.permissions import NotAllowedError
from accounts.reporters import Purpose, ReporterGroup
from consent import gate, selectors, services, terms
from consent.errors import AlreadyDecidedError, OwnOrganisationError, SecondPersonError
from consent.models import Statement, StatementEvent
from intake import outcomes
from intake.models.contribution import Contribution
from tests import cast, confirmed, consent_acts, reviewed
from tests.statements import REPORTED, SIGNED, administrator, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> Client:
    return cast.signed_in(cast.CONSENT_ADMINISTRATOR)


def for_two() -> UUID:
    """Approved by both."""
    statement = reviewed.for_two()
    for person in (cast.CONSENT_ADMINISTRATOR, cast.SECOND_CONSENT_ADMINISTRATOR):
        services.approve(statement=statement, by=cast.actor(person))
    return statement


def kinds(statement: UUID) -> list[str]:
    return list(StatementEvent.objects.filter(statement=statement).order_by("pk").values_list("kind", flat=True))


def test_page_shows_what_happens_before_it_does(reviewer: Client) -> None:
    statement = consent_acts.approved()
    text = reviewer.get(f"/consent/{statement}/invalidate").content.decode()
    assert "telt op geen enkele dag meer" in text
    assert "de cijfers" in text
    assert kinds(statement)[-1] == "approved"


def test_report_goes_as_after_a_withdrawal_and_its_reporter_reads_so(reviewer: Client) -> None:
    reference = confirmed.turned()
    statement = confirmed.statement_of(reference)
    response = reviewer.post(f"/consent/{statement}/invalidate", {"reason": "forged"})
    assert response["Location"] == "/consent"
    notification = Statement.objects.get(pk=statement).notification
    assert not gate.consent_on(notification, Purpose.REGISTRATION, SIGNED)
    address = f"/notifications/{reference}/report"
    reporter = cast.signed_in(cast.OWNER)
    assert "ingetrokken" in reporter.get(address).content.decode()
    outcomes.carry_out()
    assert not Contribution.objects.filter(pk=notification).exists()
    assert "ingetrokken" in reporter.get(address).content.decode()


def test_reason_is_one_of_the_list(reviewer: Client) -> None:
    statement = consent_acts.approved()
    response = reviewer.post(f"/consent/{statement}/invalidate", {"reason": "Kanarie"})
    assert response.status_code == 422
    assert "Kies een reden uit de lijst." in response.content.decode()
    assert kinds(statement)[-1] == "approved"


def test_two_look_where_two_approved(reviewer: Client) -> None:
    statement = for_two()
    reviewer.post(f"/consent/{statement}/invalidate", {"reason": "wrong-signer"})
    row = Statement.objects.get(pk=statement)
    assert row.state == "approved"
    assert gate.consent_on(row.notification, Purpose.REGISTRATION, SIGNED)
    with pytest.raises(SecondPersonError):
        terms.invalidate(statement=statement, reason="forged", by=administrator())
    second = cast.signed_in(cast.SECOND_CONSENT_ADMINISTRATOR)
    assert f"/consent/{statement}/invalidate" in second.get("/consent").content.decode()
    assert "Bevonden door de eerste van twee" in second.get(f"/consent/{statement}/invalidate").content.decode()
    second.post(f"/consent/{statement}/invalidate", {"reason": "wrong-signer"})
    assert kinds(statement)[-2:] == ["doubted", "invalidated"]
    assert not gate.consent_on(row.notification, Purpose.REGISTRATION, SIGNED)


def test_second_person_can_find_it_good_after_all_and_then_two_have_to_look_again() -> None:
    statement = for_two()
    terms.invalidate(statement=statement, reason="forged", by=administrator())
    second = cast.signed_in(cast.SECOND_CONSENT_ADMINISTRATOR)
    second.post(f"/consent/{statement}/clear")
    assert selectors.doubted(by=administrator()) == ()
    assert kinds(statement)[-1] == "cleared"
    terms.invalidate(statement=statement, reason="forged", by=cast.actor(cast.SECOND_CONSENT_ADMINISTRATOR))
    assert kinds(statement)[-1] == "doubted"


def with_research() -> tuple[UUID, UUID]:
    """Registration and research of one report, approved by both."""
    report = gate.NewStatement(uuid4(), cast.organisation(cast.SHELTER_TEAM), ReporterGroup.OTHER, reviewed.FOR_TWO, REPORTED)
    both = [report, replace(report, purpose=Purpose.RESEARCH_EXTRACT)]
    registration, research = gate.open_statements(statements=both, by=cast.actor(cast.OWNER))
    for person in (cast.CONSENT_ADMINISTRATOR, cast.SECOND_CONSENT_ADMINISTRATOR):
        services.approve(statement=registration, by=cast.actor(person))
    return registration, research


def test_doubt_of_one_purpose_is_none_of_another(reviewer: Client) -> None:
    registration, research = with_research()
    reviewer.post(f"/consent/{research}/invalidate", {"reason": "wrong-signer"})
    second = cast.signed_in(cast.SECOND_CONSENT_ADMINISTRATOR)
    assert "Bevonden door de eerste van twee" in second.get(f"/consent/{research}/invalidate").content.decode()
    for client in (reviewer, second):
        text = client.get(f"/consent/{registration}/invalidate").content.decode()
        assert "Bevonden door de eerste van twee" not in text
        assert "U hebt zelf al naar deze verklaring gekeken." not in text
        assert "Laat een tweede persoon kijken" in text
        assert f"/consent/{registration}/clear" not in text
    second.post(f"/consent/{research}/invalidate", {"reason": "wrong-signer"})
    assert (kinds(research)[-1], kinds(registration)[-1]) == ("invalidated", "approved")


def test_doubt_of_the_registration_is_of_what_was_said_beside_it_too(reviewer: Client) -> None:
    registration, research = with_research()
    reviewer.post(f"/consent/{registration}/invalidate", {"reason": "wrong-signer"})
    for statement in (registration, research):
        text = reviewer.get(f"/consent/{statement}/invalidate").content.decode()
        assert "U hebt zelf al naar deze verklaring gekeken." in text
        assert f"/consent/{statement}/clear" in text


def test_nothing_is_cleared_that_nobody_doubted() -> None:
    with pytest.raises(AlreadyDecidedError):
        terms.clear(statement=for_two(), by=administrator())


def test_statement_that_waits_or_is_of_the_own_organisation_has_no_such_page(reviewer: Client) -> None:
    assert reviewer.get(f"/consent/{given()}/invalidate").status_code == 404
    statement = consent_acts.approved()
    own = replace(administrator(), organisation=cast.organisation(cast.SHELTER_TEAM))
    with pytest.raises(OwnOrganisationError):
        terms.invalidate(statement=statement, reason="forged", by=own)
    with pytest.raises(OwnOrganisationError):
        terms.clear(statement=statement, by=own)


@pytest.mark.parametrize("person", [cast.OWNER, cast.ANALYST, cast.PRIVACY_OFFICER])
def test_nobody_without_the_right_clears(person: cast.Person) -> None:
    statement = for_two()
    terms.invalidate(statement=statement, reason="forged", by=administrator())
    with pytest.raises(NotAllowedError):
        terms.clear(statement=statement, by=cast.actor(person))


def test_statement_and_its_withdrawal_lead_there(reviewer: Client) -> None:
    statement = consent_acts.approved()
    for page in ("", "/withdraw"):
        assert f"/consent/{statement}/invalidate" in reviewer.get(f"/consent/{statement}{page}").content.decode()
