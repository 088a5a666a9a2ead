"""A reviewer asks for a sheet that can be read: the reporter sends it with the correction, which is the answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consent import gate, scans, services
from consent.models import Statement, StatementDocument, StatementEvent
from intake.models.contribution import Contribution
from safeguards import unsealing
from tests import cast, reported, reviewed
from tests.drafted import PDF
from tests.reviewed import PNG
from tests.statements import administrator

pytestmark = pytest.mark.django_db
SCRIPT = PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>"
SAID = {
    "date": "14-03-2019",
    "given_names": "Quirijntje",
    "family_name": "Zwaluwenburg",
    "attempt": "attempt-1",
    "capacity": "sixteen-or-older",
    "judged_how": "professional",
    "signer": "person",
    "method": "written",
    "language": "nl",
    "signed_on": "13-03-2019",
}


def address(reference):
    return f"/notifications/{reference}/correct/person"


def posted(reference, content=None, name="blad.pdf", **changes):
    sheet = {} if content is None else {"attachment": SimpleUploadedFile(name, content)}
    return cast.signed_in(cast.OWNER).post(address(reference), SAID | changes | sheet)


def sheets():
    rows = StatementDocument.objects.select_related("statement").exclude(statement__state="superseded").order_by("id")
    sealed = [(row.blob, scans.place_of(row.id, row.statement.organisation)) for row in rows]
    return [scans.from_bytes(content) for content in unsealing.open_many(sealed)]


def unanswered():
    return gate.questions([Contribution.objects.get().id])


@pytest.mark.parametrize(("reason", "content"), [("scan-missing", PDF), ("scan-unreadable", PNG)])
def test_sheet_goes_with_the_correction_and_answers_the_question(reason, content):
    reference = reviewed.asked_report(reason)
    assert 'type="file"' in cast.signed_in(cast.OWNER).get(address(reference)).content.decode()
    assert unanswered()
    assert posted(reference, content).status_code == 302
    assert [sheet.content for sheet in sheets()] == [content]
    assert not unanswered()
    assert StatementEvent.objects.filter(kind="answered").count() == 1
    assert Statement.objects.exclude(state="superseded").get().state == "given"


def test_new_sheet_takes_the_place_of_the_one_before():
    reference = reviewed.asked_report()
    posted(reference, PDF)
    posted(reference, PNG, attempt="attempt-2")
    assert [sheet.content for sheet in sheets()] == [PNG]
    posted(reference, given_names="Qwertella", attempt="attempt-3")
    assert [sheet.content for sheet in sheets()] == [PNG]
    assert StatementDocument.objects.count() == 1


def test_sheet_that_was_forgotten_is_taken_from_the_page_that_was_gone_back_to():
    reference = reviewed.asked_report()
    posted(reference)
    posted(reference, PDF)
    assert [sheet.content for sheet in sheets()] == [PDF]


@pytest.mark.parametrize(
    ("content", "told"),
    [(SCRIPT, "Maak een foto van het papier"), (b"GIF89a", "Alleen PDF-, JPEG- en PNG-bestanden"), (b"", "leeg")],
)
def test_sheet_that_is_not_taken_is_told_at_its_field_and_changes_nothing(content, told):
    reference = reviewed.asked_report()
    refused = posted(reference, content)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'id="id_attachment_error"' in page
    assert told in page
    assert 'value="Zwaluwenburg"' in page
    assert unanswered()
    assert not sheets()


def test_file_too_large_to_be_read_at_all_is_not_passed_over(settings):
    reference = reviewed.asked_report()
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    refused = posted(reference, PDF + b"1" * 2_000)
    assert refused.status_code == 422
    assert 'id="id_attachment_error"' in refused.content.decode()
    assert unanswered()


def test_who_has_something_else_to_change_is_told_to_choose_the_file_again():
    refused = posted(reviewed.asked_report(), PDF, given_names="", family_name="")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'id="id_family_name_error"' in page
    assert "Kies het bestand opnieuw" in page
    assert not sheets()


def test_sheet_of_a_statement_that_was_reviewed_meanwhile_is_refused():
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    services.approve(statement=Statement.objects.get().pk, by=administrator())
    assert 'type="file"' not in cast.signed_in(cast.OWNER).get(address(reference)).content.decode()
    assert posted(reference, PDF).status_code == 422
    assert not StatementDocument.objects.exists()


def test_name_of_the_sheet_is_kept_nowhere():
    reference = reviewed.asked_report()
    posted(reference, PDF, name="Blad van Zwaluwenburg.pdf")
    (sheet,) = sheets()
    assert (sheet.type, sheet.content) == ("application/pdf", PDF)
    shown = cast.signed_in(cast.OWNER).get(f"/notifications/{reference}/report").content.decode()
    assert "Zwaluwenburg" not in shown
