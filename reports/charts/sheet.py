"""A chart with its texts around it, for a file that leaves the site: heading, legend, notes. It computes places only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from reports.charts.drawing import WIDTH, Drawing, Key, Label

MARGIN = 20
PAGE_WIDTH = WIDTH + 2 * MARGIN
# What fits on a line at the width of a page, in the widest letters that the texts have on the whole.
LETTERS, SMALL_LETTERS, HEADING_LETTERS = 88, 104, 64
HEADING, TEXT, SMALL = 24, 19, 16
SWATCH = 18
LETTER = 8


@dataclass(frozen=True)
class Entry:
    """A key of the legend at its place."""

    x: int
    y: int
    key: Key


@dataclass(frozen=True)
class Sheet:
    """The drawing stands at (MARGIN, top). Headings, texts and notes are set in three sizes."""

    height: int
    top: int
    headings: tuple[Label, ...]
    texts: tuple[Label, ...]
    notes: tuple[Label, ...]
    legend: tuple[Entry, ...]
    drawing: Drawing
    width: int = PAGE_WIDTH
    left: int = MARGIN


def sheet(drawing: Drawing, *, heading: str, texts: Iterable[str], notes: Iterable[str]) -> Sheet:
    """heading and texts stand above the chart, notes below it; each is broken into lines that fit."""
    y = MARGIN
    headings, y = _lines((heading,), HEADING_LETTERS, HEADING, y)
    said, y = _lines(texts, LETTERS, TEXT, y)
    legend, top = _legend(drawing.keys, y + TEXT // 2)
    below, end = _lines(notes, SMALL_LETTERS, SMALL, top + drawing.height + TEXT)
    return Sheet(end + MARGIN // 2, top, headings, said, below, legend, drawing)


def _lines(texts: Iterable[str], letters: int, height: int, y: int) -> tuple[tuple[Label, ...], int]:
    labels = []
    for text in texts:
        for line in wrap(text, letters):
            y += height
            labels.append(Label(MARGIN, y, "start", line))
    return tuple(labels), y


def _legend(keys: Sequence[Key], y: int) -> tuple[tuple[Entry, ...], int]:
    """Entries from left to right, on a next line where one would not fit; and where what follows begins."""
    if not keys:
        return (), y
    entries, x = [], MARGIN
    for key in keys:
        width = SWATCH + 6 + LETTER * len(key.name) + MARGIN
        if x > MARGIN and x + width > PAGE_WIDTH:
            x, y = MARGIN, y + TEXT + 4
        entries.append(Entry(x, y, key))
        x += width
    return tuple(entries), y + SWATCH + TEXT // 2
