"""Stopping with the code of a receipt, and withdrawal at the desk: the same end, and no answer that tells about a code."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.reporters import ReporterGroup
from consent import events, gate, services, texts, withdrawals
from consent.models import Outcome, Statement, StatementEvent, WithdrawalRequest
from jobs import services as jobs
from safeguards.actors import system
from safeguards.models import AuditEntry
from tests import cast
from tests.statements import GIVEN, REPORTED, administrator, given
from tests.unit.consent.test_texts import REVEALING

pytestmark = pytest.mark.django_db

WORK = system("tests")
NOBODYS = "0000000000"


def code_of(statement: object) -> str:
    return Statement.objects.get(pk=statement).receipt


def asked(code: str) -> None:
    withdrawals.ask(code=code, by=WORK)
    jobs.drain(("files",))


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.CONSENT_ADMINISTRATOR)


@pytest.mark.parametrize("reviewed", [True, False])
def test_code_of_the_receipt_withdraws_the_statement_as_of_today(reviewed: bool) -> None:
    statement = given()
    if reviewed:
        services.approve(statement=statement, by=administrator())
    asked(code_of(statement))
    event = StatementEvent.objects.latest("id")
    assert (event.kind, event.reason, event.legal_date) == ("withdrawn", "by-person", timezone.localdate())
    assert Outcome.objects.filter(statement=statement, kind="withdraw").count() == 1
    assert not WithdrawalRequest.objects.exists()


def test_correction_that_comes_in_between_takes_the_code_along(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = given()
    row, withdraw = Statement.objects.get(pk=statement), services.withdraw

    def corrected_first(**asked_for: Any) -> None:
        monkeypatch.setattr(services, "withdraw", withdraw)
        answer = replace(GIVEN, language="en")
        new = gate.NewStatement(row.notification, row.organisation, ReporterGroup(row.group), answer, REPORTED)
        gate.correct_statements(statements=[new], retracted=(), by=cast.actor(cast.OWNER))
        withdraw(**asked_for)

    monkeypatch.setattr(services, "withdraw", corrected_first)
    asked(row.receipt)
    assert Statement.objects.get(pk=statement).state == "superseded"
    assert Statement.objects.get(receipt=row.receipt).state == "withdrawn"
    assert not WithdrawalRequest.objects.exists()
    assert not AuditEntry.objects.filter(action=events.WITHDRAWAL_WITHOUT_EFFECT).exists()


def test_code_counts_however_it_is_written_down() -> None:
    statement = given()
    Statement.objects.filter(pk=statement).update(receipt="01AB2K9XQ4")
    asked(" o1ab2 - k9xq4 ")
    assert Statement.objects.get(pk=statement).state == "withdrawn"


def test_code_of_nobody_changes_nothing_and_leaves_only_that_somebody_asked() -> None:
    statement = given()
    asked(NOBODYS)
    assert Statement.objects.get(pk=statement).state == "given"
    assert not WithdrawalRequest.objects.exists()
    without = AuditEntry.objects.get(action=events.WITHDRAWAL_WITHOUT_EFFECT)
    assert (without.object_id, without.details) == ("", {})


def test_asking_does_the_same_for_every_code() -> None:
    """The lookup is a job's, so that neither the answer nor its time can tell."""
    known = code_of(given())
    left = []
    for code in (known, NOBODYS):
        before = AuditEntry.objects.count()
        withdrawals.ask(code=code, by=WORK)
        left.append((AuditEntry.objects.count() - before, AuditEntry.objects.latest("sequence").details))
    assert left[0] == left[1]
    assert WithdrawalRequest.objects.count() == 2
    assert Statement.objects.get().state == "given"


def test_asking_twice_withdraws_once() -> None:
    statement = given()
    code = code_of(statement)
    for _ in range(2):
        withdrawals.ask(code=code, by=WORK)
    jobs.drain(("files",))
    assert StatementEvent.objects.filter(statement=statement, kind="withdrawn").count() == 1
    assert Outcome.objects.count() == 1


def test_desk_finds_a_statement_by_its_code_and_never_shows_the_code_in_an_address(desk: Client) -> None:
    statement = given()
    found = desk.post("/consent/withdrawals", {"code": code_of(statement).lower()})
    assert found.headers["Location"] == f"/consent/{statement}/withdraw"
    assert "Zorgcoördinatie Noord" in desk.get(found.headers["Location"]).content.decode()


def test_desk_says_that_no_statement_has_a_code(desk: Client) -> None:
    response = desk.post("/consent/withdrawals", {"code": NOBODYS})
    assert response.status_code == 422
    assert "Bij deze code hoort geen verklaring" in response.content.decode()


def test_withdrawal_at_the_desk_ends_with_a_certificate_and_so_does_the_second_post(desk: Client) -> None:
    statement = given()
    for _ in range(2):
        done = desk.post(f"/consent/{statement}/withdraw", {"on": timezone.localdate().strftime("%d-%m-%Y")})
        assert done.headers["Location"] == f"/consent/{statement}/certificate"
    assert StatementEvent.objects.get(kind="withdrawn").reason == "at-desk"
    text = desk.get(f"/consent/{statement}/certificate").content.decode()
    code = code_of(statement)
    assert f"{code[:5]}-{code[5:]}" in text
    assert "wordt uitgevoerd" in text


def test_certificate_says_when_everything_was_destroyed_and_nothing_of_what_it_is_about(desk: Client) -> None:
    statement = given()
    services.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    jobs.drain(("vault",))
    text = desk.get(f"/consent/{statement}/certificate").content.decode()
    assert "vernietigd" in text
    assert "een nummer bij, dan bewaren wij dat als code" in text
    said = re.sub(r"<[^>]+>", " ", text[text.index("<main") : text.index("</main")]).lower()
    assert [word for word in ("mensenhandel", "slachtoffer", "melding", "zorgcoördinatie", "baken") if word in said] == []


def test_there_is_no_certificate_of_what_was_not_withdrawn(desk: Client) -> None:
    assert desk.get(f"/consent/{given()}/certificate").status_code == 404


@pytest.mark.parametrize("days", [1, -4000])
def test_day_outside_signing_and_today_is_refused_with_a_sentence(desk: Client, days: int) -> None:
    statement = given()
    on = timezone.localdate() + timedelta(days=days)
    response = desk.post(f"/consent/{statement}/withdraw", {"on": on.strftime("%d-%m-%Y")})
    assert response.status_code == 422
    assert "vanaf de dag van ondertekening" in response.content.decode()
    assert Statement.objects.get(pk=statement).state == "given"


def test_statement_that_ended_otherwise_offers_no_withdrawal(desk: Client) -> None:
    statement = given()
    services.reject(statement=statement, reason="unreadable", by=administrator())
    assert "niets meer dat kan worden ingetrokken" in desk.get(f"/consent/{statement}/withdraw").content.decode()


def withdrawn_in(language: str) -> str:
    statement = given(answer=replace(GIVEN, language=language))
    services.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    jobs.drain(("vault",))
    return f"/consent/{statement}/certificate"


def paper(desk: Client, address: str) -> str:
    text = desk.get(address).content.decode()
    return text[text.index("<article") : text.index("</article>")]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_certificate_is_in_the_language_that_was_signed_in(desk: Client, language: str) -> None:
    found = paper(desk, withdrawn_in(language))
    known = texts.BY_LANGUAGE[language]
    assert f'lang="{language}" dir="{known.direction}"' in found
    assert escape(known.certificate.kept) in found
    assert timezone.localdate().strftime("%d-%m-%Y") in found
    assert not REVEALING.search(found)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_dutch_and_english_can_be_chosen_and_nothing_else(desk: Client, language: str) -> None:
    address = withdrawn_in("pl")
    assert texts.BY_LANGUAGE[language].certificate.title in paper(desk, f"{address}?language={language}")
    assert texts.BY_LANGUAGE["pl"].certificate.title in paper(desk, f"{address}?language=ro")


def test_certificate_can_be_printed_and_says_of_a_draft_that_it_is_one(desk: Client) -> None:
    address = withdrawn_in("pl")
    assert "data-print" in desk.get(address).content.decode()
    assert "beëdigd vertaler" in desk.get(address).content.decode()
    assert "beëdigd vertaler" not in desk.get(f"{address}?language=nl").content.decode()
