"""What a cell of a workbook says, as text. It knows types and number formats, not columns."""

from collections.abc import Mapping

from intake.batches.child import formats
from intake.batches.child.frames import RefusedError
from intake.batches.child.texts import SharedTexts, unescaped
from intake.batches.child.workbook import Workbook

_YES_OR_NO = {"1": "ja", "0": "nee", "true": "ja", "false": "nee"}
# Codes come back in every row; looking them up once saves half of the work.
_REMEMBERED = 10_000


class Values:
    def __init__(self, book: Workbook, shared: SharedTexts) -> None:
        self._kinds, self._from_1904, self._shared = book.kinds, book.from_1904, shared
        self._remembered: dict[str, str] = {}

    def text(self, attributes: Mapping[str, str], raw: str) -> str | None:
        """None is an error: one that the workbook shows, or a value that is none."""
        kind = attributes.get("t", "n")
        if kind == "s":
            return self._remembered.get(raw) or self._shared_text(raw)
        if kind == "n":
            return self._number_text(attributes.get("s"), raw)
        if kind == "inlineStr" or kind == "str":
            return unescaped(raw)
        if kind == "b":
            return _YES_OR_NO.get(raw)
        return formats.iso_text(raw) if kind == "d" else None

    def _shared_text(self, raw: str) -> str:
        place = whole(raw)
        if place >= len(self._shared):
            raise RefusedError("broken-workbook")
        text = self._shared[place]
        if len(self._remembered) < _REMEMBERED:
            self._remembered[raw] = text
        return text

    def _number_text(self, style: str | None, raw: str) -> str | None:
        place = whole(style) if style else 0
        kind = self._kinds[place] if place < len(self._kinds) else formats.NUMBER
        return formats.number_text(raw, kind, from_1904=self._from_1904)


def whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise RefusedError("broken-workbook")
    return int(text)
