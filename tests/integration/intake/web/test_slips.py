"""The slip that a person takes along: the code of the receipt, in the language that was signed in, and nothing that tells."""

import pytest
from django.test import Client
from django.utils import timezone

from consent import services
from consent.models import Statement
from tests import cast, reported, statements
from tests.unit.consent.test_texts import REVEALING

pytestmark = pytest.mark.django_db


def sent() -> str:
    """A shelter's report with consent, signed in Polish; its reference."""
    signed = reported.answer(language="pl", notice_version="2")
    return reported.sent(reported.report_with_consent(consent=signed), by=cast.OWNER)


def code() -> str:
    found = Statement.objects.get().receipt
    return f"{found[:5]}-{found[5:]}"


def test_slip_has_the_code_in_the_language_that_was_signed_in() -> None:
    page = cast.signed_in(cast.OWNER).get(f"/notifications/{sent()}/slip")
    text = page.content.decode()
    article = text.split("<article", 1)[1].split("</article>", 1)[0]
    assert code() in article
    assert 'lang="pl"' in article
    assert "przestać" in article
    assert page["Cache-Control"] == "no-store"
    assert not REVEALING.search(article)


def test_receipt_and_report_lead_to_the_slip() -> None:
    client, reference = cast.signed_in(cast.OWNER), sent()
    for address in (f"/notifications/{reference}", f"/notifications/{reference}/report"):
        assert f"/notifications/{reference}/slip" in client.get(address).content.decode()


def test_code_of_the_slip_is_the_one_that_stops() -> None:
    reference = sent()
    assert code() in cast.signed_in(cast.OWNER).get(f"/notifications/{reference}/slip").content.decode()
    found = cast.signed_in(cast.CONSENT_ADMINISTRATOR).post("/consent/withdrawals", {"code": code()})
    assert found["Location"] == f"/consent/{Statement.objects.get().id}/withdraw"


def test_nobody_else_gets_the_slip() -> None:
    reference = sent()
    assert cast.signed_in(cast.STRANGER).get(f"/notifications/{reference}/slip").status_code == 404
    assert Client().get(f"/notifications/{reference}/slip").status_code == 302


def test_there_is_no_slip_once_consent_is_withdrawn() -> None:
    client, reference = cast.signed_in(cast.OWNER), sent()
    services.withdraw(statement=Statement.objects.get().id, on=timezone.localdate(), by=statements.administrator())
    assert client.get(f"/notifications/{reference}/slip").status_code == 404
