"""What a file is, by its first bytes and not by its name; each kind that is not read has a refusal of its own."""

from collections.abc import Callable

from intake.batches.child import csv_rows, json_rows, xlsx_rows
from intake.batches.child.archives import Archive
from intake.batches.child.frames import Frames, RefusedError, Template

Reader = Callable[[bytes, Template], Frames]

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF = b"%PDF-"
_MARK = b"\xef\xbb\xbf"
_JSON = (b"[", b"{")
_OF_ZIP = (("word/", "is-docx"), ("ppt/", "is-zip"), ("xl/workbook.bin", "is-xls"), ("content.xml", "is-ods"))


def reader_of(content: bytes) -> Reader:
    start = content[:1024].removeprefix(_MARK).lstrip()
    if content.startswith(_ZIP):
        return _workbook
    if content.startswith(_COMPOUND):
        raise RefusedError("encrypted" if _ENCRYPTED in content else "is-xls")
    if _PDF in content[:1024]:
        raise RefusedError("is-pdf")
    return json_rows.frames if start.startswith(_JSON) else csv_rows.frames


def _workbook(content: bytes, template: Template) -> Frames:
    archive = Archive(content)
    for name, code in _OF_ZIP:
        if any(found.startswith(name) for found in archive.names):
            raise RefusedError(code)
    return xlsx_rows.frames(archive, template)
