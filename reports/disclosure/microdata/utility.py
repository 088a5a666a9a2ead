"""What protection cost: values blanked, and how far one- and two-way tables of the rows that leave are from those before.

Of two tables over the same combinations the total variation distance is half the sum of the differences of their shares.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reports.disclosure.microdata.rows import BLANK, Codes, Rows, keys


@dataclass(frozen=True)
class Utility:
    """blank: share of values of each column between 0 and 1. distance_1, distance_2: mean total variation distance of the
    one- and two-way tables of values that are there, between 0 and 1.
    """

    rows: int
    blank: dict[str, float]
    distance_1: float
    distance_2: float


def utility(before: Rows, after: Rows) -> Utility:
    """before and after have the same columns and values, in whatever order of rows."""
    blank = {name: float((after.codes[:, place] == BLANK).mean()) for place, name in enumerate(after.names) if len(after)}
    columns = range(len(after.names))
    return Utility(len(after), blank, _mean_distance(before, after, columns, 1), _mean_distance(before, after, columns, 2))


def _mean_distance(before: Rows, after: Rows, columns: range, ways: int) -> float:
    chosen = list(combinations(columns, ways))
    found = [total_variation(before.codes[:, places], after.codes[:, places]) for places in chosen]
    return float(np.mean(found)) if found else 0.0


def total_variation(one: Codes, other: Codes) -> float:
    """Of the shares of each combination among the rows where none of these columns is blank; 1 where there is no such row."""
    one, other = (codes[(codes != BLANK).all(axis=1)] for codes in (one, other))
    if not len(one) or not len(other):
        return float(len(one) != len(other))
    both = keys(np.vstack((one, other)))
    _, place = np.unique(both, return_inverse=True)
    number = int(place.max()) + 1
    first = np.bincount(place[: len(one)], minlength=number) / len(one)
    second = np.bincount(place[len(one) :], minlength=number) / len(other)
    return float(np.abs(first - second).sum() / 2)
