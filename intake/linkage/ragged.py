"""Any number of keys for each row, as two arrays, and what is made of them for all rows at once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Ids = NDArray[np.int32]
Keys = NDArray[np.uint64]
Small = NDArray[np.uint8]
Truths = NDArray[np.bool_]

KEY_SIZE = 8
FACTOR = np.uint64(0x9E3779B97F4A7C15)
SECOND_FACTOR = np.uint64(0xC2B2AE3D27D4EB4F)
SHIFT = np.uint64(29)


@dataclass(frozen=True)
class Ragged:
    """Any number of keys a row: keys[n] belongs to rows[n]; rows ascend where nothing else is said."""

    rows: Ids
    keys: Keys

    def of(self, ids: Ids) -> "Ragged":
        """For new rows the keys of the row whose number stands in ids; none where it is negative."""
        if not len(self.rows):
            return self
        sizes = np.bincount(self.rows, minlength=int(ids.max(initial=0)) + 1)
        starts = np.cumsum(sizes) - sizes
        many = np.where(ids >= 0, sizes[ids], 0)
        at = np.repeat(starts[ids], many) + within(many)
        return Ragged(np.repeat(np.arange(len(ids), dtype=np.int32), many), self.keys[at])


NOTHING = Ragged(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint64))


def of_values(values: Sequence[Collection[Any]], keys_of: Callable[[Sequence[Any]], Keys]) -> Ragged:
    """The keys of any number of values for every row."""
    many = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
    return Ragged(np.repeat(np.arange(len(values), dtype=np.int32), many), keys_of(list(chain.from_iterable(values))))


def keys_of(content: Sequence[bytes]) -> Keys:
    """Bytes of one size, KEY_SIZE at most, as the number that they are with the first byte first."""
    size = len(content[0]) if content else KEY_SIZE
    wide = np.zeros((len(content), KEY_SIZE), dtype=np.uint8)
    wide[:, KEY_SIZE - size :] = np.frombuffer(b"".join(content), dtype=np.uint8).reshape(-1, size)
    return wide.view(">u8").ravel().astype(np.uint64)


def within(sizes: Numbers) -> Numbers:
    """0, 1, 2 ... for each size in turn."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)


def together(*parts: Ragged) -> Ragged:
    found = in_turn(*parts)
    if sum(len(part.rows) > 0 for part in parts) < 2:
        return found
    order = np.argsort(found.rows, kind="stable")
    return Ragged(found.rows[order], found.keys[order])


def in_turn(*parts: Ragged) -> Ragged:
    """One behind the other; rows ascend in each part alone."""
    filled = [part for part in parts if len(part.rows)]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING
    return Ragged(np.concatenate([part.rows for part in filled]), np.concatenate([part.keys for part in filled]))


def every_two(first: Ragged, second: Ragged) -> tuple[Ids, Keys, Keys]:
    """Every key of a row in first with every key of that row in second: rows, which ascend, and both keys."""
    if not (len(first.rows) and len(second.rows)):
        return NOTHING.rows, NOTHING.keys, NOTHING.keys
    sizes = np.bincount(second.rows, minlength=int(first.rows[-1]) + 1)
    starts = np.cumsum(sizes) - sizes
    many = sizes[first.rows]
    at = np.repeat(starts[first.rows], many) + within(many)
    return np.repeat(first.rows, many), np.repeat(first.keys, many), second.keys[at]


def mixed(first: Keys, second: Keys) -> Keys:
    """One key of two, in this order; wraps around by intent."""
    found = first * FACTOR + second
    found ^= found >> SHIFT
    found *= SECOND_FACTOR
    return found ^ (found >> SHIFT)
