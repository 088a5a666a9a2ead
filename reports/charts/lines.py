"""Lines over years, for a few rows of which the course matters; each with a dash and a marker of its own."""

from collections.abc import Sequence
from itertools import groupby

from reports.charts.bars import grouped
from reports.charts.drawing import (
    BOTTOM,
    LEFT,
    PLOT_HEIGHT,
    RIGHT,
    STROKES,
    TOP,
    WIDTH,
    Curve,
    Drawing,
    Label,
    Point,
    Scale,
    Series,
    axes,
    fits,
    nice_top,
    slot,
)

ABOVE, BELOW, CLEAR = 10, 20, 14


def lines(series: Sequence[Series], columns: Sequence[str]) -> Drawing:
    """A line a series with the number at each point; bars side by side where there is no course to show, or no stroke left."""
    if len(columns) < 2 or not 0 < len(series) <= len(STROKES):
        return grouped(series, columns)
    highest = max(value for one in series for value in one.values)
    scale = Scale(TOP + PLOT_HEIGHT, PLOT_HEIGHT, nice_top(highest))
    curves = tuple(_curve(number, one, columns, scale) for number, one in enumerate(series))
    around, names = axes(scale, columns)
    pitch = (WIDTH - RIGHT - LEFT) // len(columns)
    points = [[curve.points[place] for curve in curves] for place in range(len(columns))]
    numbers = [label for column in points for label in _numbers(column, scale.floor)]
    labels = (*names, *(numbers if fits(highest, pitch) else ()))
    legend = tuple((number, one.label) for number, one in enumerate(series))
    return Drawing(scale.floor + BOTTOM, (), labels, tuple(around), legend, curves)


def _curve(number: int, one: Series, columns: Sequence[str], scale: Scale) -> Curve:
    points = []
    for place, column in enumerate(columns):
        x, width = slot(LEFT, WIDTH - RIGHT, len(columns), place, share=1)
        value = one.values[place]
        points.append(Point(x + width // 2, scale.floor - scale.length(value), one.label, column, value))
    return Curve(number, tuple(points))


def _numbers(points: Sequence[Point], floor: int) -> list[Label]:
    """Above the highest point and below the lowest, unless that is on the floor; of those between, who are clear of all others.

    Equal values are written once. What is left out stands in the table.
    """
    heights = [next(same) for _, same in groupby(sorted(points, key=lambda point: point.y), key=lambda point: point.value)]
    places = [(point, point.y - ABOVE) for point in heights[:1]]
    places += [(point, point.y + BELOW if point.y + BELOW < floor else point.y - ABOVE) for point in heights[:0:-1]]
    taken: list[int] = []
    labels = []
    for number, (point, y) in enumerate(places):
        others = [other.y for other in heights if other is not point] if number > 1 else []
        if all(abs(y - place) >= CLEAR for place in (*taken, *others)):
            taken.append(y)
            labels.append(Label(point.x, y, number=point.value, small=True))
    return labels
