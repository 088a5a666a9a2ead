"""JSON to documents: an array of reports, an object whose only member meldingen holds that array, or JSON Lines.

One report is parsed at a time. A report that breaks a rule of its own is a problem of its row; where the file itself
breaks off, nothing after it can be trusted and all is refused.
"""

import io
import json
import re

from intake.batches.child.frames import DOCUMENT, LONGEST_DOCUMENT, Frame, Frames, RefusedError, Template, Understood
from intake.notifications import strict_json

WRAPPER = "meldingen"
_OPENING = re.compile(rf'[ \t\r\n]*(?:\{{[ \t\r\n]*"{WRAPPER}"[ \t\r\n]*:[ \t\r\n]*)?\[[ \t\r\n]*')
_WRAPPED = re.compile(r"[ \t\r\n]*\{")
_CLOSING = {False: re.compile(r"[ \t\r\n]*"), True: re.compile(r"[ \t\r\n]*\}[ \t\r\n]*")}
_NEXT = re.compile(r"[ \t\r\n]*([,\]])[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_MARK = b"\xef\xbb\xbf"


def frames(content: bytes, template: Template) -> Frames:
    content = content.removeprefix(_MARK)
    first = content.lstrip()[:1]
    if first == b"[" or _OPENING.match(content[:200].decode("ascii", "replace")):
        yield Understood("json", "utf-8").frame()
        found = _elements(_text(content))
    else:
        yield Understood("jsonl", "utf-8").frame()
        found = _lines(content)
    yield from _counted(found, template)


def _counted(found: Frames, template: Template) -> Frames:
    for count, frame in enumerate(found, start=1):
        if count > template.most_rows:
            raise RefusedError("too-many-rows", row=count)
        yield frame


def _lines(content: bytes) -> Frames:
    """A first line that does not end as it began belongs to a document spread over lines, which is no JSON Lines."""
    for number, line in enumerate(io.BytesIO(content), start=1):
        line = line.strip()
        if number == 1 and not line.endswith(b"}"):
            raise RefusedError("json-form", row=1)
        if line:
            yield _document(number, line)


def _elements(text: str) -> Frames:
    opening = _OPENING.match(text)
    if opening is None:
        raise RefusedError("json-form", row=1)
    at, number, more = opening.end(), 0, not text.startswith("]", opening.end())
    if not more:
        at += 1
    while more:
        number += 1
        end = _end_of(text, at, number)
        yield _document(number, text[at:end].encode("utf-8", "surrogatepass"))
        following = _NEXT.match(text, end)
        if following is None:
            raise RefusedError("cut-off" if not text[end:].strip() else "not-json", row=number)
        at, more = following.end(), following[1] == ","
    if not _CLOSING[_WRAPPED.match(text) is not None].fullmatch(text, at):
        raise RefusedError("json-form", row=number)


def _end_of(text: str, at: int, number: int) -> int:
    try:
        return _DECODER.raw_decode(text, at)[1]
    except RecursionError:
        raise RefusedError("too-deep", row=number) from None
    except ValueError as error:
        cut_off = getattr(error, "pos", 0) >= len(text.rstrip()) or "Unterminated" in str(error)
        raise RefusedError("cut-off" if cut_off else "not-json", row=number) from None


def _document(number: int, content: bytes) -> Frame:
    if len(content) > LONGEST_DOCUMENT:
        return _broken(number, "row-too-long")
    try:
        return (DOCUMENT, number, strict_json.loads(content), [])
    except strict_json.MalformedJsonError as error:
        return _broken(number, error.code)


def _broken(number: int, code: str) -> Frame:
    return (DOCUMENT, number, None, [["", code]])


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise RefusedError("not-utf-8", row=content.count(b"\n", 0, error.start) + 1) from None
