"""The zip that a workbook is: its directory is checked before anything is unpacked, and what is unpacked is counted.

Sizes in the directory are what the sender says they are, so the count goes by the bytes that really come out.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from intake.batches.child.frames import LARGEST_UNPACKED, RefusedError

MOST_ENTRIES = 64
LARGEST_DIRECTORY = 64 * 1024
HIGHEST_RATIO = 100
# Names of parts may be in this code page; once the child has its limits it can load nothing more.
"".encode("cp437")
_PIECE = 128 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_SIZE = 22
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, NotImplementedError, struct.error, zlib.error, EOFError, ValueError)
_FORBIDDEN = (
    (re.compile(r"vbaproject|/macrosheets/|/activex/", re.IGNORECASE), "is-xlsm"),
    (re.compile(r"(^|/)externallinks/", re.IGNORECASE), "external-links"),
)


class Archive:
    """What may be unpacked, by name. A part that is not there is empty."""

    def __init__(self, content: bytes) -> None:
        self._left = LARGEST_UNPACKED
        _check_directory_size(content)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise RefusedError("cut-off") from None
        self.names = frozenset(self._file.namelist())
        _check_directory(self._file.infolist(), len(content))

    def pieces(self, name: str) -> Iterator[bytes]:
        if name not in self.names:
            return
        try:
            with self._file.open(name) as part:
                while piece := part.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise RefusedError("unpacks-too-large")
                    yield piece
        except _BROKEN:
            raise RefusedError("broken-workbook") from None

    def check_contents(self) -> None:
        """What no workbook of reports needs and what could act on its own."""
        for forbidden, code in _FORBIDDEN:
            if any(forbidden.search(name) for name in self.names):
                raise RefusedError(code)


def _check_directory_size(content: bytes) -> None:
    """Before the directory is read: it could name a million parts. No honest workbook needs the form for over 4 GB."""
    at = content.rfind(_END_OF_DIRECTORY)
    if at < 0 or at + _END_SIZE > len(content):
        raise RefusedError("cut-off")
    size: int = struct.unpack_from("<I", content, at + 12)[0]
    if size > LARGEST_DIRECTORY:
        raise RefusedError("too-many-parts")


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise RefusedError("too-many-parts")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise RefusedError("encrypted")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise RefusedError("broken-workbook")
    if unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * size:
        raise RefusedError("unpacks-too-large")
