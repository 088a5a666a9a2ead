"""What is taken as a scan of a signed statement: pages and pictures, and nothing that a program could run."""

import zlib
from random import Random

import pytest

from intake.notifications import scans
from intake.notifications.attachments import RefusedFileError

PNG = b"\x89PNG\r\n\x1a\n" + b"made up pixels"
JPEG = b"\xff\xd8\xff\xe0" + b"made up pixels"
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog /OpenAction [3 0 R /FitH 800] >> endobj\n%%EOF"


def in_objects(content: bytes, kind: bytes = b"/Type /ObjStm", more: bytes = b"") -> bytes:
    """A PDF that holds this in a compressed stream of objects, one after the other, with their numbers first."""
    packed = zlib.compress(b"1 0 2 9 " + content)
    facts = b"<< %s %s /N 2 /First 8 /Filter /FlateDecode /Length %d >>" % (kind, more, len(packed))
    return b"%PDF-1.7\n5 0 obj\n" + facts + b"\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


def as_a_scanner_writes(*, packed: bool) -> bytes:
    """Three pages, a photo each, and how the file is to be shown; with or without compressed objects."""
    chance = Random(7)
    objects = [b"<< /Type /Catalog /Pages 2 0 R /OpenAction[3 0 R /XYZ null null 0] >>", b"<< /Type /Pages /Count 3 >>"]
    content = b"%PDF-1.7\n"
    for page in range(3):
        photo = b"\xff\xd8\xff\xe0" + chance.randbytes(400_000) + b"\xff\xd9"
        facts = b"<< /Type /XObject /Subtype /Image /Filter /DCTDecode /Length %d >>" % len(photo)
        content += b"%d 0 obj\n" % (10 + page) + facts + b"\nstream\r\n" + photo + b"\r\nendstream\nendobj\n"
        drawn = zlib.compress(b"1 0 0 1 0 0 cm 595 0 0 842 0 0 cm /Im0 Do")
        content += b"%d 0 obj\n<< /Filter /FlateDecode >>\nstream\n" % (20 + page) + drawn + b"\nendstream\nendobj\n"
        objects.append(b"<< /Type /Page /Resources << /Font << /Times#20New#20Roman 9 0 R >> >> >>")
    if not packed:
        return content + b"\nendobj\n".join(objects) + b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    cross = zlib.compress(chance.randbytes(200))
    content += in_objects(b" ".join(objects))[9:]
    return content + b"9 0 obj\n<< /Type /XRef /Filter /FlateDecode >>\nstream\n" + cross + b"\nendstream\nendobj\n%%EOF\n"


def refusal(content: bytes) -> str:
    with pytest.raises(RefusedFileError) as refused:
        scans.checked("blad.pdf", [content])
    return refused.value.problem.code


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (PDF, "application/pdf")],
)
def test_pages_and_pictures_are_taken_for_what_they_are(content: bytes, kind: str) -> None:
    assert scans.checked("blad.pdf", [content]).type == kind


@pytest.mark.parametrize(
    "content",
    [
        in_objects(b"<< /Type /Page >>"),
        in_objects(b"<< /OpenAction [1 0 R /Fit] >>", more=b"/X (" + b"a" * 2100 + b")"),
        as_a_scanner_writes(packed=False),
        as_a_scanner_writes(packed=True),
        PDF + b"\xd1/AA\xfe\x80/JS\xc4/AA7",
    ],
)
def test_what_scanners_write_is_taken(content: bytes) -> None:
    assert scans.checked("blad.pdf", [content]).content == content


@pytest.mark.parametrize(
    "content",
    [
        PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>",
        PDF + b"<< /S /J#61vaScript >>",
        PDF + b"<< /Type /EmbeddedFile >>",
        PDF + b"<< /S /Launch >>",
        in_objects(b"<< /S /JavaScript >>"),
        in_objects(b"<< /S /#4Aava#53cript >>"),
        in_objects(b"<< /S /JavaScript >>", kind=b"/Type /Obj#53tm"),
        in_objects(b"<< /S /JavaScript >>", kind=b"/Type /#4f#62#6A#53#74#6D"),
        in_objects(b"<< /S /JavaScript >>", kind=b""),
        in_objects(b"<< /S /JavaScript >>", more=b"/X (" + b"a" * 2100 + b")"),
        in_objects(b" " * (256 * 1024 - 20) + b"<< /S /#4Aava#53cript >>"),
        PDF + b"<< /OpenAction 4 0 R >>",
        PDF + b"<< /OpenAction << /S /Named >> >>",
        PDF + b"<< /AA << /O 4 0 R >> >>",
        PDF + b"<< /AA 4 0 R >>",
        PDF + b"<< /#41A" + b" " * 90 + b"<< /O 4 0 R >> >>",
        PDF + b"<< /JS (app.alert) >>",
        PDF + b"<< /S /GoToR /F (other.pdf) >>",
        PDF + b"<< /S /GoToE >>",
        PDF + b"<< /S /URI /URI (http://example.org) >>",
        PDF + b"<< /XFA 4 0 R >>",
        PDF + b"<< /Type /Filespec /FS /URL >>",
        PNG + b"<script>alert(1)</script>",
        JPEG + b"<HTML><body>",
        JPEG + b"%PDF-1.7",
        PNG + b"<?php echo 1;",
    ],
)
def test_what_hides_a_script_or_another_file_is_refused(content: bytes) -> None:
    assert refusal(content) == "script-in-scan"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 " + b"/ObjStm " * 200_000,
        b"%PDF-1.7 " + (b"/ObjStm stream\n" + zlib.compress(b"1 0 2 9 ")) * 5000,
        b"%PDF-1.7 " + b"#41" * 100_000,
        b"%PDF-1.7\n5 0 obj << /Type /ObjStm >>\nstream\nnot compressed as it says",
        in_objects(b"<< /S /JavaScript >>").replace(b"stream\nx", b"stream\n\xfex"),
        in_objects(b"<< >>")[:-40],
        PDF + b"<< /Type /ObjStm >>",
        b"%PDF-1.7 /ObjStm stream\n" + zlib.compress(b"\x021 0 <<\x02 /S /Ja\x02vaScript"),
    ],
)
def test_what_cannot_be_looked_through_is_refused(content: bytes) -> None:
    assert refusal(content) == "unclear-scan"


def test_objects_that_unpack_to_more_than_can_be_looked_through_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "LARGEST_OBJECTS", 1000)
    assert refusal(in_objects(b" " * 1000)) == "unclear-scan"


def test_locked_pdf_is_refused_since_nobody_could_review_it() -> None:
    assert refusal(PDF + b"trailer << /Encrypt 9 0 R >>") == "locked-scan"


@pytest.mark.parametrize("content", [b"GIF89a", b"<svg onload=alert(1)>"])
def test_what_is_no_pdf_or_picture_is_refused_whatever_its_name_says(content: bytes) -> None:
    assert refusal(content) == "wrong-kind-attachment"
