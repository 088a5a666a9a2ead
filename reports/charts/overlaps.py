"""How lists overlap, and how far an estimate reaches over what is registered. It computes places only.

An overlap is drawn as Lex and others (2014, IEEE TVCG 20(12):1983-1992) do: a bar for each combination of lists over a grid
that says which lists it is made of.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.drawing import (
    BOTTOM,
    PLOT_HEIGHT,
    RIGHT,
    TOP,
    WIDTH,
    Bar,
    Drawing,
    Label,
    Line,
    Scale,
    axes,
    fits,
    nice_top,
    slot,
)

NAMES, ROW, MARK, GAP = 206, 26, 14, 14
# Room for the numbers of the scale, which may be of seven digits.
MILLIONS = 84
MEMBER, REGISTERED, AT_LEAST, PERHAPS = 0, 0, 3, 1


@dataclass(frozen=True)
class Combination:
    """members: places of the lists that it is made of; name: those lists in words."""

    members: frozenset[int]
    name: str
    value: int


@dataclass(frozen=True)
class Reach:
    """What is registered in a column, and between which totals the estimate lies; both None where there is none.

    text: what stands above the bar.
    """

    column: str
    registered: int
    low: int | None
    high: int | None
    text: str


def overlap(lists: Sequence[tuple[str, int]], combinations: Sequence[Combination]) -> Drawing:
    """lists: name and how many are on it. The combinations stand in the order that they are given in."""
    plot = PLOT_HEIGHT * 2 // 3
    scale = Scale(TOP + plot, plot, nice_top(max((one.value for one in combinations), default=0)))
    lines = [Line(NAMES, WIDTH - RIGHT, scale.floor - scale.length(tick), strong=tick == 0) for tick in scale.ticks()]
    labels = [Label(NAMES - 8, scale.floor - scale.length(tick) + 5, "end", number=tick) for tick in scale.ticks()]
    bars: list[Bar] = []
    for place, one in enumerate(combinations):
        x, width = slot(NAMES, WIDTH - RIGHT, len(combinations), place, share=0.72)
        high = scale.length(one.value)
        bars.append(Bar(x, scale.floor - high, width, high, MEMBER, one.name, "", one.value))
        if fits(scale.top, width * 4 // 3):
            labels.append(Label(x + width // 2, scale.floor - high - 5, number=one.value, small=True))
        bars += [_mark(x + width // 2, _row(scale.floor, row), lists[row][0], one) for row in sorted(one.members)]
    for row, (name, number) in enumerate(lists):
        y = _row(scale.floor, row)
        lines.append(Line(NAMES, WIDTH - RIGHT, y))
        labels += [Label(0, y + 5, "start", name), Label(NAMES - 8, y + 5, "end", number=number, small=True)]
    return Drawing(_row(scale.floor, len(lists)), tuple(bars), tuple(labels), tuple(lines))


def _row(floor: int, row: int) -> int:
    return floor + GAP + ROW * row + ROW // 2


def _mark(middle: int, y: int, name: str, one: Combination) -> Bar:
    return Bar(middle - MARK // 2, y - MARK // 2, MARK, MARK, MEMBER, name, one.name, one.value)


def iceberg(columns: Sequence[Reach], legend: tuple[str, str, str]) -> Drawing:
    """What is registered below, what the estimate adds at least on it, and what it may add on top of that.

    legend: the names of the three.
    """
    highest = max((max(one.registered, one.high or 0) for one in columns), default=0)
    scale = Scale(TOP + PLOT_HEIGHT, PLOT_HEIGHT, nice_top(highest))
    bars: list[Bar] = []
    lines, labels = axes(scale, [one.column for one in columns], left=MILLIONS)
    for place, one in enumerate(columns):
        x, width = slot(MILLIONS, WIDTH - RIGHT, len(columns), place, share=0.5)
        low, high = max(one.low or 0, one.registered), max(one.high or 0, one.registered)
        for fill, name, below, above in zip(
            (REGISTERED, AT_LEAST, PERHAPS), legend, (0, one.registered, low), (one.registered, low, high), strict=True
        ):
            bottom, top = scale.length(below), scale.length(above)
            if top > bottom:
                bars.append(Bar(x, scale.floor - top, width, top - bottom, fill, name, one.column, above))
        labels.append(Label(x + width // 2, scale.floor - scale.length(high) - 8, text=one.text, small=True))
    named = tuple(zip((REGISTERED, AT_LEAST, PERHAPS), legend, strict=True))
    return Drawing(scale.floor + BOTTOM, tuple(bars), tuple(labels), tuple(lines), named)
