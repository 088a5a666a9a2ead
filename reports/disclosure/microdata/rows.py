"""Rows of codes as arrays, and how many rows share a combination of some columns. It blanks nothing and knows no rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
BLANK = -1
LARGEST_SUBSET = 4
# Up to so many combinations are counted in one array, which is faster than sorting.
_COUNTED_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Rows:
    """codes[i, j] is the place in values[names[j]] of row i, or BLANK. Equal codes are equal values."""

    names: tuple[str, ...]
    codes: Codes
    values: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        return len(self.codes)

    def column(self, name: str) -> Codes:
        return self.codes[:, self.names.index(name)]

    def unknown(self, name: str) -> int:
        """The code of the empty value; of a column that has none a code that no row has."""
        values = self.values[name]
        return values.index("") if "" in values else len(values)

    def places(self, names: Sequence[str]) -> list[int]:
        return [self.names.index(name) for name in names]


def keys(codes: Codes) -> Codes:
    """One number for each row, equal for rows that are equal in all columns; shape (rows,). BLANK is a value of its own."""
    key: Codes = np.zeros(len(codes), np.int64)
    size = 1
    for column in codes.T:
        number = int(column.max(initial=BLANK)) + 2
        if size * number > _COUNTED_AT_ONCE:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            size = int(key.max(initial=0)) + 1
        key = key * number + (column + 1)
        size *= number
    return key


def sizes(codes: Codes) -> Codes:
    """How many rows are equal to each row, itself among them; shape (rows,)."""
    key = keys(codes)
    if int(key.max(initial=0)) <= _COUNTED_AT_ONCE:
        return np.bincount(key, minlength=1)[key]
    _, place, count = np.unique(key, return_inverse=True, return_counts=True)
    return count[place]


def subsets(number: int, largest: int = LARGEST_SUBSET) -> list[tuple[int, ...]]:
    """Every set of at most so many of so many columns, small ones first."""
    return [chosen for size in range(1, min(number, largest) + 1) for chosen in combinations(range(number), size)]
