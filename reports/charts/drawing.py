"""What every chart is made of: shapes and texts at whole coordinates, scales, and fills that can be told apart on paper.

The template draws it with presentation attributes only. Neighbours in a stack differ in lightness by 3:1 or more, and
every second fill is hatched or dotted, so that a chart can be read in grey. Lines differ by dash and marker too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
PLOT_HEIGHT = 260
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 28, 34
LINE = 17
# Widths in a small label, rounded up.
SMALL_LETTER, SMALL_DIGIT = 7, 6


@dataclass(frozen=True)
class Fill:
    """hatch is '', 'diagonal', 'dots' or 'lines', drawn in the ink colour over the base."""

    base: str
    hatch: str = ""
    ink: str = ""


# Dark and light in turn.
FILLS = (
    Fill("#17325c"),
    Fill("#f2b134"),
    Fill("#0b5a42", "diagonal", "#ffffff"),
    Fill("#d9e6f7", "dots", "#17325c"),
    Fill("#7a1f4b"),
    Fill("#f6dbe6", "lines", "#7a1f4b"),
    Fill("#4a4a4a", "diagonal", "#ffffff"),
)


@dataclass(frozen=True)
class Stroke:
    """marker is 'circle', 'square', 'triangle' or 'diamond'; dash is empty for a line without gaps."""

    colour: str
    marker: str
    dash: str = ""


STROKES = (
    Stroke("#17325c", "circle"),
    Stroke("#a34d00", "square", "8 4"),
    Stroke("#0b5a42", "triangle", "2 3"),
    Stroke("#7a1f4b", "diamond", "12 3 2 3"),
)


@dataclass(frozen=True)
class Series:
    """unknown: the row of those of whom it is not known."""

    label: str
    values: tuple[int, ...]
    unknown: bool = False


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    fill: int
    series: str
    column: str
    value: int


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    series: str
    column: str
    value: int


@dataclass(frozen=True)
class Curve:
    """Points that are joined, and the number of their stroke."""

    stroke: int
    points: tuple[Point, ...]

    @property
    def style(self) -> Stroke:
        return STROKES[self.stroke]


@dataclass(frozen=True)
class Label:
    """A text, or a number that the page writes in its own language."""

    x: int
    y: int
    anchor: str = "middle"
    text: str = ""
    number: int | None = None
    strong: bool = False
    small: bool = False


@dataclass(frozen=True)
class Line:
    x1: int
    x2: int
    y: int
    strong: bool = False


@dataclass(frozen=True)
class Drawing:
    """legend is empty where every part carries its own name; its numbers are strokes where there are curves, else fills."""

    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    legend: tuple[tuple[int, str], ...] = ()
    curves: tuple[Curve, ...] = ()
    width: int = WIDTH

    @property
    def fills(self) -> tuple[tuple[int, Fill], ...]:
        named = set() if self.curves else set(dict(self.legend))
        return tuple((number, FILLS[number]) for number in sorted({bar.fill for bar in self.bars} | named))

    @property
    def keys(self) -> "tuple[Key, ...]":
        if self.curves:
            return tuple(Key(number, name, STROKES[number]) for number, name in self.legend)
        return tuple(Key(number, name, None) for number, name in self.legend)


@dataclass(frozen=True)
class Key:
    """One entry of the legend: a fill, or a stroke."""

    number: int
    name: str
    stroke: Stroke | None


@dataclass(frozen=True)
class Scale:
    """Numbers to heights above a floor."""

    floor: int
    height: int
    top: int

    def length(self, value: int) -> int:
        return round(value * self.height / self.top)

    def ticks(self) -> range:
        return range(0, self.top + 1, self.top // 4)


@dataclass(frozen=True)
class Mark:
    """What a bar stands for."""

    series: str
    column: str
    value: int


def nice_top(highest: int) -> int:
    """The first of 4, 8, 20, 40, 80, 200 … that is not lower: it divides into four whole steps."""
    top, factors, turn = 4, (2.0, 2.5, 2.0), 0
    while top < highest:
        top = int(top * factors[turn % len(factors)])
        turn += 1
    return top


def fits(highest: int, room: int) -> bool:
    """Whether small numbers up to this one have room side by side. If not, a chart has none of them: the table has all."""
    return width_of(highest) <= room


def width_of(number: int) -> int:
    """Of a small number, with the sign between its thousands."""
    return SMALL_DIGIT * len(str(number)) + (3 if number >= 1000 else 0)


def slot(left: int, right: int, number: int, place: int, *, share: float) -> tuple[int, int]:
    """x and width of one of several equal places next to each other, of which this share is filled."""
    pitch = (right - left) / max(number, 1)
    width = max(round(pitch * share), 1)
    return round(left + pitch * place + (pitch - width) / 2), width


def axes(scale: Scale, columns: Sequence[str], *, left: int = LEFT) -> tuple[list[Line], list[Label]]:
    """The lines of the scale with their numbers, and the names of the columns under the floor."""
    lines = [Line(left, WIDTH - RIGHT, scale.floor - scale.length(tick), strong=tick == 0) for tick in scale.ticks()]
    labels = [Label(left - 8, scale.floor - scale.length(tick) + 5, "end", number=tick) for tick in scale.ticks()]
    for place, column in enumerate(columns):
        x, width = slot(left, WIDTH - RIGHT, len(columns), place, share=1)
        labels.append(Label(x + width // 2, scale.floor + 22, text=column))
    return lines, labels
