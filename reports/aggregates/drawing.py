"""The chain as a figure, and series as small bar charts: places of shapes and ready-made texts. It formats no number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.charts.drawing import FILLS, WIDTH, Bar, Drawing, Label, Line, nice_top

ROW, BAR, HEAD, FOOT = 64, 22, 30, 8
NUMBER_LEFT, NUMBER_RIGHT = 158, 342
SHARE_LEFT, SHARE_RIGHT = 366, 606
NARROW = 26
PANEL, PLOT, TITLE, UNDER, LEFT = 132, 72, 20, 18, 8
CAPTION_LETTERS = 84


@dataclass(frozen=True)
class Share:
    """percent is empty where 'unknown' was published."""

    form: str
    text: str
    percent: Decimal | None


@dataclass(frozen=True)
class Row:
    """A phase: its name, the number that was published in words, from low to high, and the part of the phase before it.

    notes are the marks of the footnotes on its shares.
    """

    name: str
    number: str
    low: Decimal | None
    high: Decimal | None
    passed: str
    shares: tuple[Share, ...]
    notes: str = ""


@dataclass(frozen=True)
class Point:
    """text is the published number in words; value is empty where there is none to draw."""

    column: str
    text: str
    value: Decimal | None
    breaks: bool = False


@dataclass(frozen=True)
class Panel:
    title: str
    points: tuple[Point, ...]


def chain(rows: Sequence[Row], heads: tuple[str, str], forms: Sequence[str]) -> Drawing:
    """Phases from the top; left the numbers as bars in the middle of their lane, right the shares by form."""
    bars: list[Bar] = []
    labels = [
        Label((NUMBER_LEFT + NUMBER_RIGHT) // 2, HEAD - 12, text=heads[0], strong=True),
        Label((SHARE_LEFT + SHARE_RIGHT) // 2, HEAD - 12, text=heads[1], strong=True),
    ]
    lines: list[Line] = []
    largest = max((row.high or row.low or Decimal(0) for row in rows), default=Decimal(0)) or Decimal(1)
    for place, row in enumerate(rows):
        top = HEAD + place * ROW
        lines.append(Line(0, WIDTH, top))
        labels += _names(row, top)
        bars += _number(row, top, largest)
        share_bars, share_labels = _shares(row, top, forms)
        bars += share_bars
        labels += share_labels
    legend = tuple((_fill(number), form) for number, form in enumerate(forms))
    return Drawing(HEAD + len(rows) * ROW + FOOT, tuple(bars), tuple(labels), tuple(lines), legend)


def panels(found: Sequence[Panel]) -> Drawing:
    """One panel for each series, each on a scale of its own: series are not to be held against each other."""
    bars: list[Bar] = []
    labels: list[Label] = []
    lines: list[Line] = []
    for number, panel in enumerate(found):
        floor = number * PANEL + TITLE + UNDER + PLOT
        labels.append(Label(LEFT, number * PANEL + TITLE - 4, "start", panel.title[:CAPTION_LETTERS], strong=True))
        lines.append(Line(LEFT, WIDTH - LEFT, floor, strong=True))
        top = nice_top(int(max((point.value or 0 for point in panel.points), default=0)))
        pitch = (WIDTH - 2 * LEFT) // max(len(panel.points), 1)
        for place, point in enumerate(panel.points):
            middle = LEFT + pitch * place + pitch // 2
            height = round(PLOT * (point.value or 0) / top)
            if point.value is not None:
                width = min(pitch * 2 // 3, 80)
                bars.append(
                    Bar(middle - width // 2, floor - height, width, height, 0, point.text, point.column, int(point.value))
                )
            labels.append(Label(middle, floor - height - 5, text=point.text, small=True))
            labels.append(Label(middle, floor + UNDER - 3, text=point.column, small=True))
            if point.breaks:
                labels.append(Label(middle - pitch // 2, floor - 4, text="‖", strong=True))
    return Drawing(len(found) * PANEL + FOOT, tuple(bars), tuple(labels), tuple(lines))


def _names(row: Row, top: int) -> list[Label]:
    middle = (NUMBER_LEFT + NUMBER_RIGHT) // 2
    first, *rest = _broken(row.name, 20)
    labels = [Label(0, top + 24 + 16 * place, "start", text, strong=True) for place, text in enumerate((first, *rest))]
    labels.append(Label(middle, top + 18, text=row.number))
    if row.passed:
        labels.append(Label(middle, top + 58, text=row.passed, small=True))
    return labels


def _number(row: Row, top: int, largest: Decimal) -> list[Bar]:
    if row.low is None:
        return []
    lane = NUMBER_RIGHT - NUMBER_LEFT
    width = max(round(lane * (row.high or row.low) / largest), 1)
    return [Bar(NUMBER_LEFT + (lane - width) // 2, top + 24, width, BAR, 0, row.number, row.name, int(row.low))]


def _shares(row: Row, top: int, forms: Sequence[str]) -> tuple[list[Bar], list[Label]]:
    """Known shares side by side from the left, a hundred to the lane; unknown ones are said in words, not drawn."""
    bars, labels, x = [], [], SHARE_LEFT
    unknown = [share.form for share in row.shares if share.percent is None]
    for number, share in enumerate(one for one in row.shares if one.percent is not None):
        width = max(round((SHARE_RIGHT - SHARE_LEFT) * (share.percent or 0) / 100), 2)
        fill = _fill(list(forms).index(share.form))
        bars.append(Bar(x, top + 24, width, BAR, fill, share.form, row.name, int(share.percent or 0)))
        # Beside a narrow one the neighbours' numbers would run into each other: every second stands lower.
        lower = width < NARROW and number % 2 == 1
        labels.append(Label(x + width // 2, top + (60 if lower else 18), text=share.text, small=True))
        x += width
    labels.append(Label(WIDTH, top + 40, "end", row.notes, small=True))
    if unknown:
        labels.append(Label(SHARE_LEFT, top + 60, "start", f"{', '.join(unknown)}: ?", small=True))
    return bars, labels


def _fill(number: int) -> int:
    return number % len(FILLS)


def _broken(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
