"""Lays a table's numbers out as bars: stacked, side by side, or one small panel a row. Plain geometry, no Django, no markup.

The template draws it with presentation attributes only. Neighbours in a stack differ in lightness by 3:1 or more, and
every second fill is hatched or dotted, so that a chart can be read in grey and on paper. Coordinates are whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 640
PLOT_HEIGHT = 260
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 28, 34
PANELS_IN_A_ROW, PANEL_PLOT, PANEL_TITLE, LINE = 2, 76, 18, 17
LETTERS_IN_A_PANEL_LINE = 40
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
class Series:
    label: str
    values: tuple[int, ...]


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
    """legend is empty where every panel carries its own name."""

    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    legend: tuple[tuple[int, str], ...] = ()
    width: int = WIDTH

    @property
    def fills(self) -> tuple[tuple[int, Fill], ...]:
        return tuple((number, FILLS[number]) for number in sorted({bar.fill for bar in self.bars} | set(dict(self.legend))))


@dataclass(frozen=True)
class _Scale:
    """Numbers to heights above a floor."""

    floor: int
    height: int
    top: int

    def length(self, value: int) -> int:
        return round(value * self.height / self.top)

    def ticks(self) -> range:
        return range(0, self.top + 1, self.top // 4)


@dataclass(frozen=True)
class _Mark:
    """What a bar stands for."""

    series: str
    column: str
    value: int


def stacked(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """One bar a column, the first series on top as in the table; totals above the bars."""
    totals = [sum(one.values[place] for one in series) for place in range(len(columns))]
    scale = _Scale(TOP + PLOT_HEIGHT, PLOT_HEIGHT, nice_top(max(totals, default=0)))
    bars, labels = [], []
    for place, (column, total) in enumerate(zip(columns, totals, strict=True)):
        x, width = _slot(LEFT, WIDTH - RIGHT, len(columns), place, share=0.62)
        below = 0
        for number, one in reversed(list(enumerate(series))):
            low, high = scale.length(below), scale.length(below + one.values[place])
            below += one.values[place]
            if high > low:
                mark = _Mark(one.label, column, one.values[place])
                bars.append(_bar((x, width), (low, high), scale.floor, number, mark))
        labels.append(Label(x + width // 2, scale.floor - scale.length(total) - 8, number=total, strong=True))
    return _framed(scale, columns, bars, labels, series)


def grouped(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """The series side by side in each column, for rows that overlap; each with its number above."""
    highest = max((value for one in series for value in one.values), default=0)
    scale = _Scale(TOP + PLOT_HEIGHT, PLOT_HEIGHT, nice_top(highest))
    bars, labels = [], []
    for place, column in enumerate(columns):
        left, width = _slot(LEFT, WIDTH - RIGHT, len(columns), place, share=0.88)
        for number, one in enumerate(series):
            x, wide = _slot(left, left + width, len(series), number, share=0.96)
            mark = _Mark(one.label, column, one.values[place])
            high = scale.length(mark.value)
            bars.append(_bar((x, wide), (0, high), scale.floor, number, mark))
            if _fits(highest, wide):
                labels.append(Label(x + wide // 2, scale.floor - high - 6, number=mark.value, small=True))
    return _framed(scale, columns, bars, labels, series)


def multiples(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """A small panel for each series, all on one scale, for more rows than a stack can show."""
    top = nice_top(max((value for one in series for value in one.values), default=0))
    title_lines = max((len(_title(one)) for one in series), default=1)
    head = PANEL_TITLE * title_lines + LINE
    panel_height = head + PANEL_PLOT + 2 * LINE
    bars: list[Bar] = []
    labels: list[Label] = []
    lines: list[Line] = []
    for number, one in enumerate(series):
        left, width = _slot(0, WIDTH, PANELS_IN_A_ROW, number % PANELS_IN_A_ROW, share=0.95)
        upper = number // PANELS_IN_A_ROW * panel_height
        scale = _Scale(upper + head + PANEL_PLOT, PANEL_PLOT, top)
        lines.append(Line(left, left + width, scale.floor, strong=True))
        labels += [
            Label(left, upper + PANEL_TITLE * (place + 1) - 4, "start", line, strong=True)
            for place, line in enumerate(_title(one))
        ]
        panel_bars, panel_labels = _panel(one, columns, scale, (left, left + width))
        bars += panel_bars
        labels += panel_labels
    height = panel_height * max(-(-len(series) // PANELS_IN_A_ROW), 1)
    return Drawing(height, tuple(bars), tuple(labels), tuple(lines))


def _title(series: Series) -> list[str]:
    return wrap(series.label, LETTERS_IN_A_PANEL_LINE) or [""]


def _panel(one: Series, columns: Sequence[str], scale: _Scale, sides: tuple[int, int]) -> tuple[list[Bar], list[Label]]:
    bars, labels = [], []
    for place, column in enumerate(columns):
        x, width = _slot(*sides, len(columns), place, share=0.7)
        mark = _Mark(one.label, column, one.values[place])
        high = scale.length(mark.value)
        middle, pitch = x + width // 2, (sides[1] - sides[0]) // len(columns)
        bars.append(_bar((x, width), (0, high), scale.floor, 0, mark))
        if _fits(scale.top, pitch):
            labels.append(Label(middle, scale.floor - high - 4, number=mark.value, small=True))
        if pitch >= SMALL_LETTER * len(column) or place in (0, len(columns) - 1):
            labels.append(Label(middle, scale.floor + LINE - 3, text=column, small=True))
    return bars, labels


def nice_top(highest: int) -> int:
    """The first of 4, 8, 20, 40, 80, 200 … that is not lower: it divides into four whole steps."""
    top, factors, turn = 4, (2.0, 2.5, 2.0), 0
    while top < highest:
        top = int(top * factors[turn % len(factors)])
        turn += 1
    return top


def _fits(highest: int, room: int) -> bool:
    """Whether small numbers up to this one have room side by side. If not, a chart has none of them: the table has all."""
    return SMALL_DIGIT * len(str(highest)) + (3 if highest >= 1000 else 0) <= room


def _slot(left: int, right: int, number: int, place: int, *, share: float) -> tuple[int, int]:
    """x and width of one of several equal places next to each other, of which this share is filled."""
    pitch = (right - left) / max(number, 1)
    width = max(round(pitch * share), 1)
    return round(left + pitch * place + (pitch - width) / 2), width


def _bar(slot: tuple[int, int], between: tuple[int, int], floor: int, fill: int, mark: _Mark) -> Bar:
    (x, width), (low, high) = slot, between
    return Bar(x, floor - high, width, high - low, fill % len(FILLS), mark.series, mark.column, mark.value)


def _framed(
    scale: _Scale, columns: Sequence[str], bars: Sequence[Bar], labels: Sequence[Label], series: Sequence[Series]
) -> Drawing:
    lines = [Line(LEFT, WIDTH - RIGHT, scale.floor - scale.length(tick), strong=tick == 0) for tick in scale.ticks()]
    ticks = [Label(LEFT - 8, scale.floor - scale.length(tick) + 5, "end", number=tick) for tick in scale.ticks()]
    names = []
    for place, column in enumerate(columns):
        x, width = _slot(LEFT, WIDTH - RIGHT, len(columns), place, share=1)
        names.append(Label(x + width // 2, scale.floor + 22, text=column))
    legend = tuple((number % len(FILLS), one.label) for number, one in enumerate(series))
    return Drawing(scale.floor + BOTTOM, tuple(bars), (*ticks, *names, *labels), tuple(lines), legend)
