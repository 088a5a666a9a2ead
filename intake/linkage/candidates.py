"""Which rows of many are compared: blocks of those that share a key, and of them the pairs that share enough.

What is enough is said by linkage.sharing alone. It scores nothing.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from intake.linkage import blocking, sharing
from intake.linkage.columns import Frozen
from intake.linkage.ragged import Ids, Keys, Numbers, Ragged, Truths, mixed, within
from intake.linkage.sharing import Points, Token

# Pairs listed at once: what they need stays near the processor.
LISTED = 300_000

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Block:
    """Rows that share keys of one kind, key by key and ascending in each: how many behind it share its key, and what the key
    is worth. by_row are the places of those with others behind them, in the order of the rows. worn is how many keys too many
    share.
    """

    rows: Ids
    after: NDArray[np.uint16]
    points: Points
    by_row: Ids
    worn: int

    def places(self, lesser: range) -> Ids:
        start, stop = (bisect_left(self.by_row, row, key=self.rows.__getitem__) for row in (lesser.start, lesser.stop))
        found = self.by_row[start:stop]
        return found if lesser.step == 1 else found[(self.rows[found] - lesser.start) % lesser.step == 0]


@dataclass(frozen=True)
class Blocks:
    """The blocks of all kinds of tokens of so many rows."""

    size: int
    of_kinds: Sequence[Block]

    @property
    def worn(self) -> int:
        return sum(block.worn for block in self.of_kinds)

    @cached_property
    def listed(self) -> Numbers:
        """Of every row how many pairs it is the lesser row of, each counted for every key."""
        found = np.zeros(self.size, dtype=np.int64)
        for block in self.of_kinds:
            found += np.bincount(block.rows, block.after, self.size).astype(np.int64)
        return found

    def pairs(self, lesser: range) -> tuple[Numbers, Numbers]:
        """Pairs that share enough, each once, the lesser row first, ascending.

        Arguments: lesser, the rows of which the pairs with greater rows are wanted. Errors: none. Cost: grows with the
        number of pairs listed, never with the square of a worn key's rows.
        """
        few = portions(self.listed[lesser.start : lesser.stop : lesser.step], LISTED)
        keys = np.concatenate([_NONE, *(self._keys(lesser[start:stop]) for start, stop in few)])
        return keys // self.size, keys % self.size

    def _keys(self, lesser: range) -> Numbers:
        listed = sharing.perhaps_enough([self._of_kind(block, lesser) for block in self.of_kinds])
        return sharing.with_enough([sharing.best_of_kind(*of_kind) for of_kind in listed])

    def _of_kind(self, block: Block, lesser: range) -> tuple[Numbers, Points]:
        at = block.places(lesser)
        many = block.after[at].astype(np.int64)
        others = block.rows[np.repeat(at + 1, many) + within(many)]
        return np.repeat(block.rows[at] * np.int64(self.size), many) + others, np.repeat(block.points[at], many)


def portions(listed: Numbers, most: int) -> list[tuple[int, int]]:
    """First and last of rows that list so many pairs: each portion with as many pairs as most, or one row."""
    ends = np.cumsum(listed)
    total = int(ends[-1]) if len(ends) else 0
    bounds = np.searchsorted(ends, np.arange(most, total, most))
    starts = np.unique(np.concatenate(([0], bounds + 1, [len(ends)])))
    return list(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))


def blocks_of(frozen: Frozen, cap: int) -> Blocks:
    """The blocks of all rows; keys that too many share make no pairs. Errors: none."""
    size = len(frozen)
    return Blocks(size, [block(kind, ragged, cap, size) for kind, ragged in blocking.token_keys(frozen)])


def block(kind: Token, ragged: Ragged, cap: int, size: int) -> Block:
    """The rows, all under size, that share a key of this kind. Errors: none.

    Keys are told apart by as many bits as the number of a row leaves of 64: of a million reports by 44, so that hardly ever
    two that nothing connects are compared.
    """
    bits = np.uint64(max(size, 2).bit_length())
    packed = ragged.keys << bits
    packed |= ragged.rows.astype(np.uint64)
    packed.sort()
    packed = packed[_first_of(packed)]
    keys = packed >> bits
    starts = np.flatnonzero(_first_of(keys))
    sizes = np.diff(np.append(starts, len(keys)))
    points = sharing.points_of(kind, sizes, cap)
    used = (sizes > 1) & (points > 0)
    rows = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int32)
    used[np.flatnonzero(used)[~_first_of_same(rows[np.repeat(used, sizes)], sizes[used])]] = False
    rows, many = rows[np.repeat(used, sizes)], sizes[used]
    after = (np.repeat(many, many) - within(many) - 1).astype(np.uint16)
    followed = np.flatnonzero(after)
    by_row = followed[np.argsort(rows[followed], kind="stable")].astype(np.int32)
    return Block(rows, after, np.repeat(points[used], many), by_row, int((points == 0).sum()))


def _first_of_same(rows: Ids, sizes: Numbers) -> Truths:
    """Of rows key by key, which key is the first that just these rows share: a spelling and its sound often are one and the
    same, and count once. Told by 64 bits of the rows together.
    """
    found = np.zeros(len(sizes), dtype=np.bool_)
    if len(sizes):
        scattered = mixed(rows.astype(np.uint64), np.ones(1, dtype=np.uint64))
        order = np.argsort(together := np.add.reduceat(scattered, np.cumsum(sizes) - sizes))
        found[order] = _first_of(together[order])
    return found


def _first_of(keys: Keys) -> Truths:
    """Of ascending keys, which is the first of its kind."""
    found = np.ones(len(keys), dtype=np.bool_)
    found[1:] = keys[1:] != keys[:-1]
    return found
