"""Upright bars: stacked, side by side, or one small panel a row. It computes places only."""

from collections.abc import Sequence
from textwrap import wrap

from reports.charts.drawing import (
    BOTTOM,
    FILLS,
    LEFT,
    LINE,
    PLOT_HEIGHT,
    RIGHT,
    SMALL_LETTER,
    TOP,
    WIDTH,
    Bar,
    Drawing,
    Label,
    Line,
    Mark,
    Scale,
    Series,
    axes,
    fits,
    nice_top,
    slot,
)

PANELS_IN_A_ROW, PANEL_PLOT, PANEL_TITLE = 2, 76, 18
LETTERS_IN_A_PANEL_LINE = 40
# Times the highest of all others.
FAR_MORE = 2


def stacked(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """One bar a column, the first series on top as in the table; totals above the bars."""
    totals = [sum(one.values[place] for one in series) for place in range(len(columns))]
    scale = Scale(TOP + PLOT_HEIGHT, PLOT_HEIGHT, nice_top(max(totals, default=0)))
    bars, labels = [], []
    for place, (column, total) in enumerate(zip(columns, totals, strict=True)):
        x, width = slot(LEFT, WIDTH - RIGHT, len(columns), place, share=0.62)
        below = 0
        for number, one in reversed(list(enumerate(series))):
            low, high = scale.length(below), scale.length(below + one.values[place])
            below += one.values[place]
            if high > low:
                mark = Mark(one.label, column, one.values[place])
                bars.append(_bar((x, width), (low, high), scale.floor, number, mark))
        labels.append(Label(x + width // 2, scale.floor - scale.length(total) - 8, number=total, strong=True))
    return _framed(scale, columns, bars, labels, series)


def grouped(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """The series side by side in each column, for rows that overlap; each with its number above."""
    highest = max((value for one in series for value in one.values), default=0)
    scale = Scale(TOP + PLOT_HEIGHT, PLOT_HEIGHT, nice_top(highest))
    bars, labels = [], []
    for place, column in enumerate(columns):
        left, width = slot(LEFT, WIDTH - RIGHT, len(columns), place, share=0.88)
        for number, one in enumerate(series):
            x, wide = slot(left, left + width, len(series), number, share=0.96)
            mark = Mark(one.label, column, one.values[place])
            high = scale.length(mark.value)
            bars.append(_bar((x, wide), (0, high), scale.floor, number, mark))
            if fits(highest, wide):
                labels.append(Label(x + wide // 2, scale.floor - high - 6, number=mark.value, small=True))
    return _framed(scale, columns, bars, labels, series)


def multiples(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """A small panel for each series, all on one scale, for more rows than a stack can show.

    Unknown that are far more than any other are numbers without bars: no difference between the others would be seen.
    """
    top, barless = _top_of_panels(series, columns)
    title_lines = max((len(_title(one)) for one in series), default=1)
    head = PANEL_TITLE * title_lines + LINE
    panel_height = head + PANEL_PLOT + 2 * LINE
    bars: list[Bar] = []
    labels: list[Label] = []
    lines: list[Line] = []
    for number, one in enumerate(series):
        left, width = _panel_of(number)
        upper = number // PANELS_IN_A_ROW * panel_height
        scale = Scale(upper + head + PANEL_PLOT, PANEL_PLOT, top)
        lines.append(Line(left, left + width, scale.floor, strong=True))
        labels += [
            Label(left, upper + PANEL_TITLE * (place + 1) - 4, "start", line, strong=True)
            for place, line in enumerate(_title(one))
        ]
        panel_bars, panel_labels = _panel(one, columns, scale, (left, left + width), drawn=not (barless and one.unknown))
        bars += panel_bars
        labels += panel_labels
    height = panel_height * max(-(-len(series) // PANELS_IN_A_ROW), 1)
    return Drawing(height, tuple(bars), tuple(labels), tuple(lines))


def _top_of_panels(series: Sequence[Series], columns: Sequence[str]) -> tuple[int, bool]:
    """The top of the scale, and whether the unknown are without bars: never where their numbers have no room either."""
    highest = max((value for one in series for value in one.values), default=0)
    known = max((value for one in series if not one.unknown for value in one.values), default=0)
    if 0 < FAR_MORE * known < highest and fits(highest, _panel_of(0)[1] // len(columns)):
        return known, True
    return max(highest, 1), False


def _panel_of(number: int) -> tuple[int, int]:
    """x and width."""
    return slot(0, WIDTH, PANELS_IN_A_ROW, number % PANELS_IN_A_ROW, share=0.95)


def _title(series: Series) -> list[str]:
    return wrap(series.label, LETTERS_IN_A_PANEL_LINE) or [""]


def _panel(
    one: Series, columns: Sequence[str], scale: Scale, sides: tuple[int, int], *, drawn: bool
) -> tuple[list[Bar], list[Label]]:
    bars, labels = [], []
    for place, column in enumerate(columns):
        x, width = slot(*sides, len(columns), place, share=0.7)
        mark = Mark(one.label, column, one.values[place])
        high = scale.length(mark.value) if drawn else 0
        middle, pitch = x + width // 2, (sides[1] - sides[0]) // len(columns)
        if drawn:
            bars.append(_bar((x, width), (0, high), scale.floor, 0, mark))
        if fits(scale.top, pitch):
            labels.append(Label(middle, scale.floor - high - 4, number=mark.value, small=True))
        if pitch >= SMALL_LETTER * len(column) or place in (0, len(columns) - 1):
            labels.append(Label(middle, scale.floor + LINE - 3, text=column, small=True))
    return bars, labels


def _bar(place: tuple[int, int], between: tuple[int, int], floor: int, fill: int, mark: Mark) -> Bar:
    (x, width), (low, high) = place, between
    return Bar(x, floor - high, width, high - low, fill % len(FILLS), mark.series, mark.column, mark.value)


def _framed(
    scale: Scale, columns: Sequence[str], bars: Sequence[Bar], labels: Sequence[Label], series: Sequence[Series]
) -> Drawing:
    lines, around = axes(scale, columns)
    legend = tuple((number % len(FILLS), one.label) for number, one in enumerate(series))
    return Drawing(scale.floor + BOTTOM, tuple(bars), (*around, *labels), tuple(lines), legend)
