"""The review desk and the two tables as pages: what is shown, what opens next, and what is refused."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client

from accounts.reporters import Purpose, ReporterGroup
from consent import gate, reviews, selectors, services
from consent.models import Outcome, Statement
from tests import cast, reported
from tests.reviewed import APPROVAL, POINTS, with_sheet
from tests.statements import GIVEN, REPORTED, SIGNED, UNKNOWN, administrator, given, recorded_earlier

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> Client:
    return cast.signed_in(cast.CONSENT_ADMINISTRATOR)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_queue_is_empty_without_statements(reviewer: Client) -> None:
    assert "Geen enkele verklaring wacht" in page(reviewer, "/consent")


def test_queue_shows_the_oldest_first_and_marks_what_lapses_soon(reviewer: Client) -> None:
    fresh, old = given(), given(by=cast.STRANGER)
    recorded_earlier(old, days=50)
    text = page(reviewer, "/consent")
    assert text.index(str(old)) < text.index(str(fresh))
    assert text.count("Urgent") == 1


def test_queue_and_statement_say_the_reference_of_the_report(reviewer: Client) -> None:
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    statement = Statement.objects.get()
    assert reference in page(reviewer, "/consent")
    assert reference in page(reviewer, f"/consent/{statement.pk}")
    reviews.ask_back(statement=statement.pk, reason="scan-unreadable", by=administrator())
    assert reference in page(reviewer, "/consent")


def test_queue_leaves_out_what_was_decided(reviewer: Client) -> None:
    statement = given()
    services.approve(statement=statement, by=administrator())
    assert str(statement) not in page(reviewer, "/consent")


def test_purpose_that_is_said_after_the_approval_of_the_registration_waits_for_a_review_of_its_own() -> None:
    who, by = cast.organisation(cast.SHELTER_TEAM), cast.actor(cast.OWNER)
    report = gate.NewStatement(uuid4(), who, ReporterGroup.OTHER, GIVEN, REPORTED)
    (registration,) = gate.open_statements(statements=[report], by=by)
    services.approve(statement=registration, by=administrator())
    gate.correct_statements(statements=[report, replace(report, purpose=Purpose.HELP)], retracted=(), by=by)
    beside = Statement.objects.get(purpose="help").pk
    assert selectors.next_for(by=administrator()) == beside
    services.approve(statement=beside, by=administrator())
    assert gate.consent_on(report.notification, Purpose.HELP, SIGNED)


def test_statement_shows_who_signed_when_and_what(reviewer: Client) -> None:
    text = page(reviewer, f"/consent/{given()}")
    assert "De persoon zelf" in text
    assert "1 juni 2019" in text
    assert "Mijn antwoord" in text
    assert ", Nederlands)" in text


def test_approval_opens_the_next_statement_by_itself(reviewer: Client) -> None:
    first, second = given(), given()
    response = reviewer.post(f"/consent/{first}/approve", APPROVAL)
    assert (response.status_code, response.headers["Location"]) == (302, f"/consent/{second}")
    assert Statement.objects.get(pk=first).state == "approved"


def test_last_decision_returns_to_the_queue(reviewer: Client) -> None:
    response = reviewer.post(f"/consent/{given()}/reject", {"reason": "unreadable"})
    assert response.headers["Location"] == "/consent"
    assert Outcome.objects.get().kind == "make-signal"


@pytest.mark.parametrize("reason", ["", "Kanarie"])
def test_rejection_without_a_reason_shows_the_page_again(reviewer: Client, reason: str) -> None:
    statement = given()
    response = reviewer.post(f"/consent/{statement}/reject", {"reason": reason})
    assert response.status_code == 422
    assert "Kies een reden" in response.content.decode()
    assert "Kanarie" not in response.content.decode()
    assert Statement.objects.get(pk=statement).state == "given"


def test_second_decision_says_that_somebody_was_first(reviewer: Client) -> None:
    statement = given()
    reviewer.post(f"/consent/{statement}/approve", APPROVAL)
    response = reviewer.post(f"/consent/{statement}/reject", {"reason": "unreadable"}, follow=True)
    assert "al beslist, of ze is verbeterd of ingetrokken" in response.content.decode()
    assert Outcome.objects.count() == 1


def test_history_says_that_the_reporter_took_the_report_back(reviewer: Client) -> None:
    statement = given()
    services.take_back(notifications=[Statement.objects.get(pk=statement).notification], by=administrator())
    assert "de melder heeft de melding ingetrokken" in page(reviewer, f"/consent/{statement}")


def test_decided_statement_offers_no_decision(reviewer: Client) -> None:
    statement = given()
    reviewer.post(f"/consent/{statement}/approve", APPROVAL)
    assert "/approve" not in page(reviewer, f"/consent/{statement}")


@pytest.mark.parametrize("address", ["/consent/{}", "/consent/{}/approve", "/consent/{}/reject"])
def test_unknown_statement_is_not_found(reviewer: Client, address: str) -> None:
    for unknown in (UNKNOWN, uuid4()):
        where = address.format(unknown)
        response = reviewer.get(where) if where.endswith(str(unknown)) else reviewer.post(where, {"reason": "other"})
        assert response.status_code == 404


@pytest.mark.parametrize("person", [cast.OWNER, cast.OFFICER, cast.REVIEWER, cast.ANALYST, cast.PRIVACY_OFFICER])
def test_desk_is_for_consent_administrators_alone(person: cast.Person) -> None:
    statement, client = given(), cast.signed_in(person)
    assert client.get("/consent").status_code == 403
    assert client.get(f"/consent/{statement}").status_code == 403
    assert client.post(f"/consent/{statement}/approve", APPROVAL).status_code == 403
    assert client.post(f"/consent/{statement}/reject", {"reason": "other"}).status_code == 403
    assert Statement.objects.get(pk=statement).state == "given"


def test_decision_is_never_made_by_following_a_link(reviewer: Client) -> None:
    statement = given()
    assert reviewer.get(f"/consent/{statement}/approve", APPROVAL).status_code == 405
    assert reviewer.get(f"/consent/{statement}/reject").status_code == 405


@pytest.mark.parametrize("address", ["/consent/legal-basis", "/codes/regions"])
def test_tables_are_for_everybody_who_is_signed_in(address: str) -> None:
    assert Client().get(address).status_code == 302
    for person in cast.BY_ROLE.values():
        assert cast.signed_in(person).get(address).status_code == 200


def test_legal_basis_page_cites_the_law_and_marks_what_is_to_be_confirmed(reviewer: Client) -> None:
    text = page(reviewer, "/consent/legal-basis")
    assert "Stb. 2014, 585" in text
    assert "Uitvoeringswet AVG, artikel 46" in text
    assert "te bevestigen" in text
    reviewer.cookies["django_language"] = "en"
    assert "GDPR, articles 6(1)(a) and 9(2)(a)" in page(reviewer, "/consent/legal-basis")


def test_region_page_shows_the_decisions_with_their_reasons(reviewer: Client) -> None:
    text = page(reviewer, "/codes/regions")
    for country in ("Turkije", "Georgië", "Cyprus", "Rusland", "Curaçao", "Kosovo"):
        assert country in text
    assert "de regio volgt de nationaliteit" in text


def test_word_on_the_signature_is_asked_where_the_sheet_lacks_and_only_there(reviewer: Client) -> None:
    lacking, complete = given(), with_sheet(given())
    assert 'name="without_sheet"' in page(reviewer, f"/consent/{lacking}")
    assert 'name="without_sheet"' not in page(reviewer, f"/consent/{complete}")
    response = reviewer.post(f"/consent/{lacking}/approve", {"checked": POINTS})
    assert response.status_code == 422
    assert "Zeg hoe u van de handtekening weet" in response.content.decode()
    reviewer.post(f"/consent/{lacking}/approve", APPROVAL)
    assert "Ik heb het getekende papier gezien" in page(reviewer, f"/consent/{lacking}")
