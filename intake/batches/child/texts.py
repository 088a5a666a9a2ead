"""The shared texts of a workbook, a million of them in little room: one run of bytes and where each text ends."""

import re
from array import array

from intake.batches.child import markup
from intake.batches.child.archives import Archive
from intake.batches.child.frames import LONGEST_CELL, RefusedError
from intake.batches.child.markup import Patience

# What the parser hands over within one cell, a run or a piece of the file each: more than that is no text of a report.
MOST_PIECES = 1_000
SPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main", "")
_ITEM, _ASIDE = "si", "rPh"
_KINDS = {f"{space} {name}".strip(): name for space in SPACES for name in (_ITEM, _ASIDE)}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class SharedTexts:
    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("L", [0])

    def __getitem__(self, place: int) -> str:
        start, end = self._ends[place], self._ends[place + 1]
        return self._bytes[start:end].decode("utf-8", "surrogatepass")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, text: str) -> None:
        if len(text) > LONGEST_CELL:
            raise RefusedError("cell-too-long")
        self._bytes += unescaped(text).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))


def unescaped(text: str) -> str:
    """A character that XML cannot hold is written as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def shared_texts(archive: Archive, name: str, patience: Patience) -> SharedTexts:
    """Each item joined from its runs, without the guides to pronunciation that may stand beside them."""
    found = _Items()
    for _ in markup.parse(archive.pieces(name), patience, start=found.start, end=found.end, text=found.pieces.append):
        if len(found.pieces) > MOST_PIECES:
            raise RefusedError("cell-too-long")
    return found.texts


class _Items:
    def __init__(self) -> None:
        self.texts = SharedTexts()
        self.pieces: list[str] = []
        self._kept = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = _KINDS.get(name)
        if kind == _ITEM:
            self.pieces.clear()
        elif kind == _ASIDE:
            self._kept = len(self.pieces)

    def end(self, name: str) -> None:
        kind = _KINDS.get(name)
        if kind == _ITEM:
            self.texts.add("".join(self.pieces))
        elif kind == _ASIDE:
            del self.pieces[self._kept :]
