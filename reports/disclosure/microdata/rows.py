"""Rows of codes as arrays, and how many persons share a combination of some columns. It blanks nothing and knows no rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]
BLANK = -1
LARGEST_SUBSET = 4
# Up to so many combinations are counted in one array, which is faster than sorting.
_COUNTED_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Rows:
    """codes[i, j] is the place in values[names[j]] of row i, or BLANK. Equal codes are equal values.

    persons[i] is a number for the person of row i, from 0 and below the number of rows. It is compared and never leaves.
    """

    names: tuple[str, ...]
    codes: Codes
    values: Mapping[str, Sequence[str]]
    persons: Codes

    def __len__(self) -> int:
        return len(self.codes)

    def number_of_persons(self) -> int:
        return len(np.unique(self.persons))

    def ordered(self, order: Sequence[int]) -> "Rows":
        """The same rows in another order."""
        places = np.asarray(order, np.int64)
        return replace(self, codes=self.codes[places], persons=self.persons[places])

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


def sizes(codes: Codes, persons: Codes) -> Codes:
    """How many persons have a row that is equal to each row, its own among them; shape (rows,)."""
    key = keys(codes)
    if int(key.max(initial=0)) > _COUNTED_AT_ONCE:
        key = np.unique(key, return_inverse=True)[1].astype(np.int64)
    return np.bincount(key[firsts(key, persons)], minlength=1)[key]


def firsts(key: Codes, persons: Codes) -> Mask:
    """The first row of each person among the rows of each key; shape (rows,)."""
    first: Mask = np.zeros(len(key), np.bool_)
    first[np.unique(key * (int(persons.max(initial=0)) + 1) + persons, return_index=True)[1]] = True
    return first


def subsets(number: int, largest: int = LARGEST_SUBSET) -> list[tuple[int, ...]]:
    """Every set of at most so many of so many columns, small ones first."""
    return [chosen for size in range(1, min(number, largest) + 1) for chosen in combinations(range(number), size)]
