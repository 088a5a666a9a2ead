"""Scans of signed statements: which are taken. Beyond what attachments takes, nothing that a reader's program could run.

It looks for the marks of scripts, of files within files and of ways out, and draws nothing itself. Whatever the file, the work
is bounded and lets other requests through. Who opens a scan later gets it in a way in which nothing in it can run either.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

from intake.notifications import attachments
from intake.notifications.attachments import RefusedFileError
from intake.notifications.inputs import Attachment

PDF = "application/pdf"
# Of a PDF: what it does by itself, where it leads and what it carries. A page to begin with is no action. Of the two short
# names the value is asked for too: a photo has their letters by chance.
ACTIVE = re.compile(
    rb"/(?:JavaScript|Rendition|Launch|URI|URL|GoToR|GoToE|Thread|Filespec|EmbeddedFiles?|RichMedia(?:Execute)?|Movie|Sound"
    rb"|XFA|SubmitForm|ImportData)(?![A-Za-z])"
    rb"|/OpenAction(?![\0\s]{0,7}\[)"
    rb"|/(?:JS|AA)(?:[\0\s]{8}|[\0\s]{0,7}[(<%]|[\0\s]{1,7}[0-9])"
)
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
# Any letter of a name may be written as #xx.
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECTS = re.compile(b"/" + b"".join(rb"(?:%c|#%02x|#%02X)" % (letter, letter, letter) for letter in b"ObjStm"))
NUMBERS = re.compile(rb"[\0\s]*[0-9]+[\0\s]+[0-9]+[\0\s]")
BLANK = b"\0\t\n\f\r "
# Of a picture: what makes of it a page or a program as well.
MARKUP = re.compile(rb"<(?:script|html|svg|iframe|!doctype|\?php)|javascript:|%PDF-", re.IGNORECASE)
MOST_STREAMS = 4000
MOST_ESCAPES = 1000
LARGEST_OBJECTS = 16 * 1024 * 1024
# What is searched at once, while nothing else goes on, and how far beyond it a name may reach.
PIECE = 256 * 1024
OVERLAP = 256
PACKED = 64 * 1024
BEGINNING = 512


def checked(name: str, parts: Iterable[bytes]) -> Attachment:
    file = attachments.checked(name, parts)
    if file.type != PDF:
        if MARKUP.search(file.content):
            raise RefusedFileError("script-in-scan")
        return file
    plain = [*_plain(file.content)]
    if any(LOCKED.search(part) for part in plain):
        raise RefusedFileError("locked-scan")
    if any(ACTIVE.search(part) for part in plain):
        raise RefusedFileError("script-in-scan")
    for unpacked in _objects(file.content):
        if any(ACTIVE.search(part) for part in _plain(unpacked)):
            raise RefusedFileError("script-in-scan")
    return file


def _plain(content: bytes) -> Iterator[bytes]:
    """In pieces, with names as a reader's program takes them."""
    for start in range(0, len(content), PIECE):
        piece, escapes = ESCAPED.subn(_letter, content[start : start + PIECE + OVERLAP], MOST_ESCAPES + 1)
        if escapes > MOST_ESCAPES:
            raise RefusedFileError("unclear-scan")
        yield piece


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode())


def _objects(content: bytes) -> Iterator[bytes]:
    """What a PDF holds in compressed objects, named as such or only looking like them. What stays closed is not taken."""
    room, before = LARGEST_OBJECTS, 0
    for start in _streams(content):
        named = _names_objects(content, before, start)
        before = start
        if not named and not _looks_like_objects(content, start):
            continue
        unpacked = _unpacked(content, start, room)
        room -= len(unpacked)
        # Not in the clear even unpacked: a second filter lies over it.
        if not NUMBERS.match(unpacked[:BEGINNING]):
            raise RefusedFileError("unclear-scan")
        yield unpacked
    if _names_objects(content, before, len(content)):
        raise RefusedFileError("unclear-scan")


def _streams(content: bytes) -> Iterator[int]:
    """Where something may be packed: behind the word. The end of a stream is such a place too, and nothing lies there."""
    found = content.find(b"stream")
    for _ in range(MOST_STREAMS):
        if found < 0:
            return
        behind = found + len(b"stream")
        yield behind + BEGINNING - len(content[behind : behind + BEGINNING].ljust(BEGINNING, b".").lstrip(BLANK))
        found = content.find(b"stream", behind)
    raise RefusedFileError("unclear-scan")


def _names_objects(content: bytes, start: int, end: int) -> bool:
    return any(OBJECTS.search(content, at, min(at + PIECE + OVERLAP, end)) for at in range(start, end, PIECE))


def _looks_like_objects(content: bytes, start: int) -> bool:
    try:
        return bool(NUMBERS.match(zlib.decompressobj().decompress(content[start : start + BEGINNING], BEGINNING)))
    except zlib.error:
        return False


def _unpacked(content: bytes, start: int, room: int) -> bytes:
    unpacker, unpacked = zlib.decompressobj(), bytearray()
    while not unpacker.eof:
        packed = content[start : start + PACKED]
        start += PACKED
        try:
            unpacked += unpacker.decompress(packed, room - len(unpacked) + 1)
        except zlib.error:
            raise RefusedFileError("unclear-scan") from None
        if not packed or len(unpacked) > room:
            raise RefusedFileError("unclear-scan")
    return bytes(unpacked)
