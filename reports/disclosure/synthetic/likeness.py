"""How near made rows are to those that they stand for: the error of every table of one, two and three columns.

Total variation distance: half the sum of the differences of shares, from 0 (the same) to 1. Mean error: of the counts of cells
that are not empty in the real rows, in persons. Both tell of the real rows without noise and are for inside alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

LONGEST = 3

Line = tuple[str, ...]


@dataclass(frozen=True)
class Likeness:
    columns: tuple[str, ...]
    distance: float
    mean_error: float


def likeness(columns: Sequence[str], real: Sequence[Line], made: Sequence[Line]) -> tuple[Likeness, ...]:
    """Of each table of up to LONGEST of these columns. Both have at least one row."""
    chosen = [places for size in range(1, LONGEST + 1) for places in combinations(range(len(columns)), size)]
    return tuple(
        _of(tuple(columns[place] for place in places), _counts(real, places), _counts(made, places)) for places in chosen
    )


def means(found: Sequence[Likeness]) -> dict[int, tuple[float, float]]:
    """Distance and mean error by the number of columns."""
    by_size = {size: [one for one in found if len(one.columns) == size] for size in range(1, LONGEST + 1)}
    return {
        size: (sum(one.distance for one in those) / len(those), sum(one.mean_error for one in those) / len(those))
        for size, those in by_size.items()
        if those
    }


def _counts(rows: Sequence[Line], places: tuple[int, ...]) -> Counter[Line]:
    return Counter(tuple(row[place] for place in places) for row in rows)


def _of(columns: tuple[str, ...], real: Counter[Line], made: Counter[Line]) -> Likeness:
    all_real, all_made = real.total(), made.total()
    cells = real.keys() | made.keys()
    distance = sum(abs(real[cell] / all_real - made[cell] / all_made) for cell in cells) / 2
    return Likeness(columns, distance, sum(abs(real[cell] - made[cell]) for cell in real) / len(real))
