"""Which rows of many are compared: blocks of those that share a key, and of them the pairs that share enough.

What is enough is said by linkage.sharing alone. It scores nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intake.linkage import blocking, sharing
from intake.linkage.columns import Frozen
from intake.linkage.ragged import Ids, Keys, Numbers, Ragged, Truths, within
from intake.linkage.sharing import Points, Token

# Pairs listed at once: what they need stays near the processor.
LISTED = 200_000

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Block:
    """Rows that share keys of one kind, key by key and ascending in each: how many behind it share its key, and what the key
    is worth. worn is how many keys too many share.
    """

    rows: Ids
    after: NDArray[np.uint16]
    points: Points
    worn: int


@dataclass(frozen=True)
class Blocks:
    """The blocks of all kinds of tokens of so many rows."""

    size: int
    of_kinds: Sequence[Block]

    @property
    def worn(self) -> int:
        return sum(block.worn for block in self.of_kinds)

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
        keys = sharing.with_enough([self._of_kind(block, lesser) for block in self.of_kinds])
        return keys // self.size, keys % self.size

    def _of_kind(self, block: Block, lesser: range) -> Numbers:
        pairs, points = [_NONE], [_NONE.astype(np.uint8)]
        for first, second in _listed(block, lesser):
            pairs.append(block.rows[first].astype(np.int64) * self.size + block.rows[second])
            points.append(block.points[first])
        return sharing.best_of_kind(np.concatenate(pairs), np.concatenate(points))


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
    rows = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int32)[np.repeat(used, sizes)]
    many = sizes[used]
    after = (np.repeat(many, many) - within(many) - 1).astype(np.uint16)
    return Block(rows, after, np.repeat(points[used], many), int((points == 0).sum()))


def _first_of(keys: Keys) -> Truths:
    """Of ascending keys, which is the first of its kind."""
    found = np.ones(len(keys), dtype=np.bool_)
    found[1:] = keys[1:] != keys[:-1]
    return found


def _among(rows: Ids, wanted: range) -> Truths:
    """Which rows are wanted. Comparing them with two bounds in turn costs a portion a fifth of looking each of them up."""
    found: Truths = (rows >= wanted.start) & (rows < wanted.stop)
    return found if wanted.step == 1 else found & ((rows - wanted.start) % wanted.step == 0)


def _listed(block: Block, lesser: range) -> Iterator[tuple[Numbers, Numbers]]:
    """Places of two rows that share a key, LISTED at a time or as many as one row has."""
    at = np.flatnonzero(_among(block.rows, lesser))
    many = block.after[at].astype(np.int64)
    ends = np.cumsum(many)
    start = 0
    while start < len(at):
        done = ends[start - 1] if start else 0
        end = max(int(np.searchsorted(ends, done + LISTED)), start + 1)
        first = np.repeat(at[start:end], many[start:end])
        yield first, first + 1 + within(many[start:end])
        start = end
