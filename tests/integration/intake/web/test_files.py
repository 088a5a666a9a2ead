"""The files that go with a report: sealed with it, of three kinds, and never dropped without a word."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intake.models.attachment import SealedAttachment
from tests import cast
from tests.drafted import Writer, opened

pytestmark = pytest.mark.django_db


def content(response) -> str:
    return response.content.decode()


def complete() -> Writer:
    writer = Writer(cast.OFFICER)
    writer.complete()
    return writer


def test_files_are_sealed_with_the_report_and_only_counted_afterwards() -> None:
    writer = complete()
    with_file = writer.attach("Zwaluwenburg.pdf", b"%PDF-1.7 Zonneschijn")
    assert with_file.status_code == 302
    assert "Zwaluwenburg.pdf" in content(writer.client.get(f"{writer.base}/check"))
    sent = writer.send()
    assert SealedAttachment.objects.count() == 1
    assert b"Zonneschijn" not in bytes(SealedAttachment.objects.get().blob)
    receipt = content(writer.client.get(sent["Location"]))
    assert "1 bestand, verzegeld" in receipt
    assert "Zwaluwenburg" not in receipt


@pytest.mark.parametrize(
    ("name", "sent"),
    [("scan.pdf", b"MZ\x90"), ("scan.pdf", b""), ("scan.png", b"%PDF-" + b"x" * (10 * 1024 * 1024)), ("x.svg", b"<svg/>")],
)
def test_file_of_another_kind_or_size_is_refused_whatever_it_is_called(name: str, sent: bytes) -> None:
    writer = complete()
    refused = writer.attach(name, sent)
    assert refused.status_code == 422
    assert opened(writer.draft, cast.OFFICER).persons[0].files == ()


def test_file_that_was_chosen_comes_along_with_continue() -> None:
    writer = complete()
    going_on = writer.client.post(writer.page("files", 1), {"attachment": SimpleUploadedFile("scan.pdf", b"%PDF-1.7")})
    assert going_on.headers["Location"] != writer.page("files", 1)
    later = {"attachment": SimpleUploadedFile("brief.pdf", b"%PDF-1.7"), "go": "later"}
    assert writer.client.post(writer.page("files", 1), later).headers["Location"] == "/notifications/new"
    assert [file.name for file in opened(writer.draft, cast.OFFICER).persons[0].files] == ["scan.pdf", "brief.pdf"]


def test_adding_without_a_file_says_what_to_do() -> None:
    writer = complete()
    added = writer.client.post(writer.page("files", 1), {"go": "add"})
    assert added.status_code == 422
    assert "Kies eerst een bestand" in content(added)


def test_file_can_be_taken_out_again() -> None:
    writer = complete()
    writer.attach("scan.png", b"\x89PNG\r\n\x1a\n....")
    (file,) = opened(writer.draft, cast.OFFICER).persons[0].files
    writer.client.post(f"{writer.base}/{writer.part(1)}/files/{file.id}")
    assert opened(writer.draft, cast.OFFICER).persons[0].files == ()


def test_more_than_five_files_are_refused() -> None:
    writer = complete()
    answers = [writer.attach("scan.pdf", b"%PDF-1.7").status_code for _ in range(6)]
    assert answers == [302] * 5 + [422]
