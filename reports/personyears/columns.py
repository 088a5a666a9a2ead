"""Columns of many values of which few differ: codes with the list of distinct values, so that a rule is applied once for each
distinct combination of what it reads. Plain numpy; it knows no rule.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
# Keys of combinations stay below this.
_LARGEST = 2**62
# So many times the rows a table of all keys is made faster than the keys are sorted.
_TABLE = 16


@dataclass(frozen=True)
class Column:
    """codes[i] is the place in values of the value of row i; every value is there once."""

    codes: Codes
    values: Sequence[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def taken(self, rows: Codes) -> "Column":
        return Column(self.codes[rows], self.values)

    def mapped(self, function: Callable[[Any], Hashable]) -> "Column":
        """The column of what function makes of each value."""
        found = coded(map(function, self.values))
        return Column(found.codes[self.codes], found.values)

    def listed(self) -> list[Any]:
        return [self.values[code] for code in self.codes.tolist()]


class _Places(dict[Hashable, int]):
    def __missing__(self, value: Hashable) -> int:
        self[value] = place = len(self)
        return place


def coded(values: Iterable[Hashable]) -> Column:
    places = _Places()
    return Column(np.fromiter(map(places.__getitem__, values), np.int64), list(places))


def combined(columns: Sequence[Column]) -> Column:
    """The column of tuples with the value of each column, of columns of the same length."""
    key, size = columns[0].codes, len(columns[0].values)
    for column in columns[1:]:
        if size * len(column.values) > _LARGEST:
            key = np.unique(key, return_inverse=True)[1]
            size = len(key)
        key, size = key * len(column.values) + column.codes, size * len(column.values)
    first, codes = _distinct(key, size)
    distinct = [Column(column.codes[first], column.values).listed() for column in columns]
    return Column(codes, list(zip(*distinct, strict=True)))


def _distinct(key: Codes, size: int) -> tuple[Codes, Codes]:
    """A row of each distinct key below size, in the order of keys, and the place among those of each row's key."""
    if size > _TABLE * len(key):
        _, first, codes = np.unique(key, return_index=True, return_inverse=True)
        return first, codes
    places = np.full(size, -1, np.int64)
    places[key] = np.arange(len(key))
    there = np.flatnonzero(places >= 0)
    first = places[there]
    places[there] = np.arange(len(there))
    return first, places[key]


def applied(function: Callable[..., Hashable], columns: Sequence[Column]) -> Column:
    """The column of what function makes of the values of these columns, called once for each combination that there is."""
    if len(columns) == 1:
        return columns[0].mapped(function)
    return combined(columns).mapped(lambda values: function(*values))


def grouped(column: Column, starts: Codes, lengths: Codes) -> Column:
    """The column of tuples of the values from each start on, as many as its length says."""
    codes: Codes = np.empty(len(starts), np.int64)
    values: list[Any] = []
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        found = combined([column.taken(starts[rows] + place) for place in range(length)])
        codes[rows] = found.codes + len(values)
        values += found.values
    return Column(codes, values)
