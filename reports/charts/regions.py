"""Regions without a map: a lying bar for each region and column on one scale, the largest region first, the unknown last.

A map would give a large region weight for its area, and would put who is counted at a place on earth.
"""

from collections.abc import Sequence
from textwrap import wrap

from reports.charts.drawing import LINE, RIGHT, WIDTH, Bar, Drawing, Label, Line, Series, nice_top, slot, width_of

MOST_ROWS, MOST_COLUMNS = 30, 8
NAMES, LETTERS_IN_A_NAME = 150, 22
HEAD, ROW, THICK = 26, 12, 14


def regions(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """At most MOST_ROWS regions and the latest MOST_COLUMNS columns: the table has all.

    What is unknown stands as a number without a bar: it can be so much that no difference between regions would be seen.
    """
    first = max(len(columns) - MOST_COLUMNS, 0)
    cut = [Series(one.label, one.values[first:], one.unknown) for one in series]
    known = sorted((one for one in cut if not one.unknown), key=lambda one: -sum(one.values))[:MOST_ROWS]
    names = columns[first:]
    highest = max((value for one in known for value in one.values), default=0)
    top = max(highest, 1)
    bars: list[Bar] = []
    labels = [Label(_left(names, place), HEAD - 10, "start", name, strong=True) for place, name in enumerate(names)]
    y = HEAD
    for one in (*known, *(one for one in cut if one.unknown)):
        lines = wrap(one.label, LETTERS_IN_A_NAME) or [""]
        height = LINE * len(lines) + ROW - LINE // 2
        labels += [Label(0, y + LINE * (number + 1) - 3, "start", text) for number, text in enumerate(lines)]
        for place, (column, value) in enumerate(zip(names, one.values, strict=True)):
            left, room = _left(names, place), _room(names) - width_of(nice_top(highest)) - 8
            width = 0 if one.unknown else round(value * room / top)
            if not one.unknown:
                bars.append(Bar(left, y + 1, width, THICK, 0, one.label, column, value))
            labels.append(Label(left + width + 4, y + THICK - 2, "start", number=value, small=True))
        y += height
    return Drawing(y + 4, tuple(bars), tuple(labels), (Line(0, WIDTH, HEAD - 4),))


def _left(names: Sequence[str], place: int) -> int:
    return slot(NAMES, WIDTH - RIGHT, len(names), place, share=1)[0]


def _room(names: Sequence[str]) -> int:
    return (WIDTH - RIGHT - NAMES) // max(len(names), 1)
