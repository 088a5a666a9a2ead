"""The step of the form in which the signed sheet is added: after consent, for its reviewer alone, gone with a refusal."""

import pytest

from intake.models.draft import DraftFile
from tests.drafted import PDF, REFUSED, Writer, opened

pytestmark = pytest.mark.django_db
SCRIPT = PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>"


def test_scan_is_added_shown_and_taken_out_again() -> None:
    writer = Writer()
    writer.settle()
    assert writer.add_scan("Blad van Zwaluwenburg.pdf", PDF).status_code == 302
    page = writer.look("scan", 1).content.decode()
    assert "Blad van Zwaluwenburg.pdf" in page
    file = DraftFile.objects.get()
    answer = writer.client.post(f"{writer.base}/{writer.part(1)}/files/{file.id}")
    assert answer["Location"] == writer.page("scan", 1)
    assert not DraftFile.objects.exists()


def test_scan_stands_apart_from_the_attachments() -> None:
    writer = Writer()
    writer.settle()
    writer.add_scan("blad.pdf", PDF)
    writer.attach("foto.pdf", PDF)
    kinds = {file.name: str(file.kind) for file in opened(writer.draft).persons[0].files}
    assert kinds == {"blad.pdf": "statement", "foto.pdf": "attachment"}
    assert "blad.pdf" not in writer.look("files", 1).content.decode()


def test_scan_that_hides_a_script_is_refused_with_what_to_do() -> None:
    writer = Writer()
    writer.settle()
    answer = writer.add_scan("blad.pdf", SCRIPT)
    assert answer.status_code == 422
    assert "Maak een foto van het papier" in answer.content.decode()
    assert not DraftFile.objects.exists()


def test_fourth_scan_is_refused_and_attachments_still_fit() -> None:
    writer = Writer()
    writer.settle()
    answers = [writer.add_scan(f"blad{number}.pdf", PDF).status_code for number in range(4)]
    assert answers == [302, 302, 302, 422]
    assert writer.attach("foto.pdf", PDF).status_code == 302


def test_no_scan_is_taken_before_consent_is_settled() -> None:
    writer = Writer()
    writer.fill("report", {"date": "14-03-2019"})
    assert writer.add_scan("blad.pdf", PDF)["Location"] == writer.base
    assert not DraftFile.objects.exists()


def test_refusal_after_the_scan_destroys_it() -> None:
    writer = Writer()
    writer.settle()
    writer.add_scan("blad.pdf", PDF)
    writer.fill("consent", REFUSED, 1)
    assert not DraftFile.objects.exists()
    assert writer.look("scan", 1)["Location"] == writer.base
