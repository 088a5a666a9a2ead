"""CSV as Dutch Excel writes it: semicolon, comma or tab; UTF-8 with or without a mark, else Windows-1252.

Anything uncertain is refused with its rule. It holds the upload and one line, never the whole file as text.
"""

import codecs
import csv
import io
from collections.abc import Iterator

from intake.batches.child import tables
from intake.batches.child.frames import LONGEST_CELL, LONGEST_LINE, Frames, RefusedError, Template, Understood
from intake.batches.child.tables import WHOLE_ROW, Line

DELIMITERS = (";", ",", "\t")
ENCODINGS = ("utf-8-sig", "cp1252")
# Looked up here: once the child has its limits it can load nothing more.
_DECODERS = {encoding: codecs.getincrementaldecoder(encoding) for encoding in ENCODINGS}
_MARKS_OF_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_PIECE = 1024 * 1024


def frames(content: bytes, template: Template) -> Frames:
    if content.startswith(_MARKS_OF_OTHER_ENCODINGS):
        raise RefusedError("encoding")
    if b"\0" in content:
        raise RefusedError("not-text", row=content.count(b"\n", 0, content.index(b"\0")) + 1)
    encoding = _encoding(content)
    delimiter = max(DELIMITERS, key=lambda found: tables.known(_header(content, encoding, found), template))
    yield from tables.frames(_lines(content, encoding, delimiter), template, Understood("csv", encoding, delimiter))


def _encoding(content: bytes) -> str:
    for encoding, decoder_of in _DECODERS.items():
        decoder = decoder_of()
        try:
            for start in range(0, len(content), _PIECE):
                decoder.decode(content[start : start + _PIECE])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise RefusedError("encoding")


def _header(content: bytes, encoding: str, delimiter: str) -> list[str]:
    """With a wrong delimiter the first line may be unreadable; the right one tells what is amiss."""
    try:
        return next(_records(content, encoding, delimiter), [])
    except RefusedError:
        return []


def _lines(content: bytes, encoding: str, delimiter: str) -> Iterator[Line]:
    """One line behind: only the last one can have been cut off."""
    whole = content.endswith((b"\n", b"\r"))
    previous: list[str] | None = None
    number, width = 0, 0
    for number, cells in enumerate(_records(content, encoding, delimiter), start=1):
        if previous is None:
            width = len(cells)
        else:
            yield (number - 1, previous, ())
        previous = cells
    if previous is not None:
        cut_off = not whole and number > 1 and len(previous) < width
        yield (number, previous, ((WHOLE_ROW, "cut-off"),) if cut_off else ())


def _records(content: bytes, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    row = 0
    try:
        for cells in csv.reader(_text(content, encoding), delimiter=delimiter, strict=True):
            row += 1
            yield cells
    except csv.Error as error:
        raise RefusedError(_code(str(error)), row=row + 1) from None


def _code(said: str) -> str:
    if "unexpected end" in said:
        return "cut-off"
    return "cell-too-long" if "field limit" in said else "quotes"


def _text(content: bytes, encoding: str) -> Iterator[str]:
    """Lines with their ends; one that no report can fill is refused before it is split."""
    stream = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise RefusedError("too-large", row=number)
        yield line
