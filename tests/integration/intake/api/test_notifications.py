"""Reports by systems: one at a time, one's own again, refusals as problem+json without what was sent."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.roles import Role
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from jobs import services as jobs
from tests import cast, interface
from tests.interface import KEY, REPORT, bearer, errors

pytestmark = pytest.mark.django_db


def sent(document, *, organisation=cast.POLICE, **more):
    return interface.send("/meldingen", document, sender=bearer(organisation), **more)


def test_report_is_stored_and_answered_with_its_reference():
    response = sent(REPORT)
    row = Contribution.objects.get()
    assert (response.status_code, response.json()) == (201, {"kenmerk": row.reference, "status": "aanvaard"})
    assert (row.age_band, row.characteristics["further"]) == ("23-29", [["technology-role", "cyber-enabled"]])
    assert response["API-Version"] == "1.0.0"


def test_answer_is_the_same_whether_or_not_the_person_is_known():
    first = sent(REPORT)
    jobs.drain(("vault", "reports"))
    second = sent(REPORT)
    assert (first.status_code, first.json()["status"]) == (second.status_code, second.json()["status"])
    random = {"X-Request-Id": "", "Location": ""}
    assert {**first.headers, **random} == {**second.headers, **random}
    assert first.json().keys() == second.json().keys()


def test_same_key_and_report_give_the_first_answer_again():
    first, second = sent(REPORT, headers=KEY), sent(REPORT, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first["Location"] == second["Location"]
    assert Contribution.objects.count() == 1


def test_same_key_with_another_report_is_refused():
    sent(REPORT, headers=KEY)
    response = sent(REPORT | {"meldingsdatum": "2019-03-15"}, headers=KEY)
    assert (response.status_code, response.json()["code"]) == (422, "key-reused")
    assert Contribution.objects.count() == 1


def test_own_reference_of_another_report_is_a_conflict():
    sent(REPORT | {"eigenKenmerk": "zaak 1"})
    response = sent(REPORT | {"eigenKenmerk": "zaak 1", "meldingsdatum": "2019-03-15"})
    assert response.status_code == 409
    assert errors(response) == {("#/eigenKenmerk", "already-used")}


def test_key_of_another_form_is_refused():
    response = sent(REPORT, headers={"Idempotency-Key": "kort"})
    assert response.status_code == 400
    assert errors(response) == {("Idempotency-Key", "wrong-format")}


def test_signal_of_a_system_has_the_police_region_that_it_says():
    document = {"meldingsdatum": "2019-03-14", "toestemming": {"antwoord": "refused"}}
    known = {"kenmerken": {"verder": {"politieregio": "rotterdam"}}}
    assert sent(document | known, organisation=cast.SHELTER_TEAM).status_code == 201
    assert AnonymousSignal.objects.get().police_region == "rotterdam"


def test_refused_consent_leaves_a_signal_and_no_reference():
    response = sent(REPORT | {"toestemming": {"antwoord": "refused"}}, organisation=cast.SHELTER_TEAM)
    assert (response.status_code, response.json()) == (201, {"kenmerk": None, "status": "anoniem-signaal"})
    assert AnonymousSignal.objects.count() == 1
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"meldingsdatum": None}, ("#/meldingsdatum", "required")),
        ({"meldingsdatum": "14-03-2019"}, ("#/meldingsdatum", "wrong-type")),
        ({"meldingsdatum": 20190314}, ("#/meldingsdatum", "wrong-type")),
        ({"onbekend": 1}, ("#", "unknown-member")),
        ({"persoon/bsn": "123456782"}, ("#", "unknown-member")),
        ({"persoon": []}, ("#/persoon", "unknown-member")),
        ({"persoon": {"achternaam": ["x"]}}, ("#/persoon/achternaam", "wrong-type")),
        ({"persoon": {"achternaam": "Zwalu\u200bwenburg"}}, ("#/persoon/achternaam", "forbidden-character")),
        ({"persoon": {"achternaam": "\ud800"}}, ("#/persoon/achternaam", "forbidden-character")),
        ({"persoon": {"achternaam": "x", "bsn": "123456789"}}, ("#/persoon/bsn", "wrong-check-digit")),
        ({"persoon": {"achternaam": "x", "geboorte": {"jaar": True}}}, ("#/persoon/geboorte/jaar", "wrong-type")),
        ({"persoon": {"achternaam": "x", "geboorte": {"jaar": 10**30}}}, ("#/persoon/geboorte", "impossible-date")),
        ({"persoon": {"achternaam": "x", "geboorte": {"jaar": -1}}}, ("#/persoon/geboorte", "impossible-date")),
        ({"kenmerken": {"geslacht": "x"}}, ("#/kenmerken/geslacht", "unknown-code")),
        ({"kenmerken": {"verder": {"vraag": "x"}}}, ("#/kenmerken/verder", "unknown-member")),
        ({"eigenKenmerk": "\u202e1"}, ("#/eigenKenmerk", "forbidden-character")),
    ],
)
def test_wrong_report_is_answered_with_place_and_rule(change, error):
    response = sent(REPORT | change)
    assert response.status_code == 400
    assert errors(response) == {error}
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "required"),
        (b"{", "not-json"),
        (b"[" * 3000, "too-deep"),
        (b'{"meldingsdatum":"2019-03-14","meldingsdatum":"2019-03-15"}', "member-twice"),
        (b'{"meldingsdatum":NaN}', "not-a-number"),
        (b"\xff\xfe", "not-utf-8"),
        (b'{"a":' + b"9" * 5000 + b"}", "not-json"),
        (b'"x\x00"', "not-json"),
        (b"null", "unknown-member"),
        (b"[]", "unknown-member"),
    ],
)
def test_hostile_document_is_refused_with_its_rule(content, code):
    response = sent(content)
    assert response.status_code == 400
    assert {found for _, found in errors(response)} >= {code}


def test_refusal_repeats_nothing_of_what_was_sent():
    response = sent(REPORT | {"persoon": {"achternaam": "Zwalu\u200bwenburg", "bsn": "987654321", "naamX": "Geheim"}})
    for canary in ("Zwalu", "987654321", "naamX", "Geheim"):
        assert canary not in response.content.decode()


def test_number_is_refused_from_who_may_not_use_it():
    answer = {"antwoord": "given", "hoedanigheid": "sixteen-or-older", "ondertekenaar": "person", "wijze": "written"}
    consent = answer | {"tekstversie": "1", "taal": "nl", "datum": "2019-03-13"}
    person = {"achternaam": "x", "bsn": "123456782"}
    response = sent(REPORT | {"toestemming": consent, "persoon": person}, organisation=cast.SHELTER_TEAM)
    assert errors(response) == {("#/persoon/bsn", "not-allowed")}


def test_too_large_document_is_refused():
    response = sent(b'{"a":"' + b"x" * 300_000 + b'"}')
    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(method):
    response = getattr(Client(), method)("/api/v1/meldingen", headers=bearer())
    assert (response.status_code, response["Allow"]) == (405, "POST, GET, HEAD")
    assert response["Content-Type"] == "application/problem+json"


def test_other_kind_of_document_is_refused():
    assert sent(b"<x/>", kind="application/xml").status_code == 415


def test_session_of_a_person_opens_nothing_here():
    response = cast.signed_in(cast.OFFICER).post("/api/v1/meldingen", json.dumps(REPORT), content_type="application/json")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


def test_token_of_a_feed_cannot_report():
    feed = bearer(cast.EMM, Role.FEED)
    response = Client().post("/api/v1/meldingen", json.dumps(REPORT), content_type="application/json", headers=feed)
    assert response.status_code == 403


def test_report_of_after_midnight_came_in_on_the_new_day():
    """In the Netherlands, and not in Greenwich: in a list, by its reference and in a search alike."""
    sender = bearer()
    reference = sent(REPORT).json()["kenmerk"]
    Contribution.objects.update(recorded=datetime(2020, 6, 30, 22, 30, tzinfo=UTC))
    assert interface.ask(f"/meldingen/{reference}", sender=sender).json()["ontvangstdatum"] == "2020-07-01"
    found = interface.ask("/meldingen", sender=sender, ontvangstdatumVanaf="2020-07-01").json()["results"]
    assert [one["ontvangstdatum"] for one in found] == ["2020-07-01"]
