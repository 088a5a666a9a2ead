"""A reporter sees who turns sixteen, without anybody in it, and records what the person says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent import confirmations
from consent.models import Confirmation, StatementDocument, StatementEvent
from intake import outcomes
from tests import cast, confirmed, reported
from tests.confirmed import SENT
from tests.drafted import PDF
from tests.statements import administrator

pytestmark = pytest.mark.django_db
SCRIPT = PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>"


@pytest.fixture
def reporter() -> Client:
    return cast.signed_in(cast.OWNER)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_own_reports_list_who_turns_sixteen_by_reference_alone(reporter: Client) -> None:
    reached, this_year = confirmed.turned(), confirmed.turned(confirmed.this_year())
    text = page(reporter, "/notifications")
    listed = text[text.index('id="turning"') : text.index("</ul>", text.index('id="turning"'))]
    assert listed.index(reached) < listed.index(this_year)
    assert "werd 16 vóór 1 april 2024" in listed
    assert "wordt dit jaar 16 (alleen het geboortejaar is bekend)" in listed
    assert "Zwaluwenburg" not in text
    assert 'id="turning"' not in page(cast.signed_in(cast.STRANGER), "/notifications")


def test_nothing_is_listed_of_who_signed_personally(reporter: Client) -> None:
    reported.sent(reported.report_with_consent(), by=cast.OWNER)
    assert 'id="turning"' not in page(reporter, "/notifications")


def test_confirmation_is_sent_with_its_sheet(reporter: Client) -> None:
    reference = confirmed.turned()
    sheet = SimpleUploadedFile("blad.pdf", PDF)
    response = reporter.post(f"/notifications/{reference}/confirm", SENT | {"attachment": sheet})
    assert response["Location"] == f"/notifications/{reference}/report"
    row = Confirmation.objects.get()
    assert (row.method, row.waits, row.signed_on) == ("written", True, confirmed.CONFIRMED)
    assert StatementDocument.objects.get().confirmation_id == row.pk
    text = page(reporter, f"/notifications/{reference}/report")
    assert "De bevestiging is verzonden op" in text
    assert f"/notifications/{reference}/confirm" not in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answer": ""}, "Kies wat de persoon zegt."),
        ({"signed_on": "01-01-2023"}, "Op deze dag was de persoon nog geen 16"),
        ({"method": ""}, "Vul in: Hoe toestemming is gegeven."),
        ({"witness": "colleague"}, "Een getuige hoort bij toestemming die mondeling is gegeven."),
        ({"method": "oral"}, "Zeg wie het nog meer heeft gehoord"),
    ],
)
def test_mistake_is_told_and_nothing_is_kept(reporter: Client, changes: dict[str, str], said: str) -> None:
    reference = confirmed.turned()
    response = reporter.post(f"/notifications/{reference}/confirm", SENT | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Confirmation.objects.exists()


def test_sheet_that_hides_a_script_is_refused(reporter: Client) -> None:
    reference = confirmed.turned()
    sent = SENT | {"attachment": SimpleUploadedFile("blad.pdf", SCRIPT)}
    assert reporter.post(f"/notifications/{reference}/confirm", sent).status_code == 422
    assert not StatementDocument.objects.exists()


def test_no_is_a_withdrawal_that_is_asked_for_once_more_and_says_why(reporter: Client) -> None:
    reference = confirmed.turned()
    asked = reporter.post(f"/notifications/{reference}/confirm", {"answer": "no"})["Location"]
    assert "inmiddels 16" in page(reporter, asked)
    assert not StatementEvent.objects.filter(kind="withdrawn").exists()
    reporter.post(f"/notifications/{reference}/withdraw", {"reason": "at-sixteen"})
    assert StatementEvent.objects.get(kind="withdrawn").reason == "at-sixteen"
    outcomes.carry_out()
    assert "ingetrokken" in page(reporter, f"/notifications/{reference}/report")


def test_reason_cannot_be_said_of_somebody_who_was_not_to_be_asked(reporter: Client) -> None:
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    reporter.post(f"/notifications/{reference}/withdraw", {"reason": "at-sixteen"})
    assert StatementEvent.objects.get(kind="withdrawn").reason == "by-reporter"


def test_page_about_nobody_to_confirm_leads_back(reporter: Client) -> None:
    reference = confirmed.turned()
    confirmed.sent(reference)
    address = f"/notifications/{reference}/confirm"
    assert reporter.get(address)["Location"] == f"/notifications/{reference}/report"
    assert cast.signed_in(cast.STRANGER).get(address).status_code == 404


def test_reporter_sees_why_it_was_not_accepted(reporter: Client) -> None:
    reference = confirmed.turned()
    confirmations.refuse(statement=confirmed.sent(reference), reason="not-signed", by=administrator())
    assert "De verklaring is niet ondertekend" in page(reporter, f"/notifications/{reference}/report")
