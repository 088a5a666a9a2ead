"""Pairs of ids that have a key in common, kept so that it is quickly said of any two whether they are such a pair."""

from collections.abc import Mapping

import numpy as np

from intake.linkage.ragged import Ids, Numbers, Ragged, Small

# A place for every pair that is known, thirty-two times over: so few others fall on one by chance.
_SPARSE = 5
_FEWEST_BITS, _MOST_BITS = 10, 24
_KIND_BITS = 3


def joined(one: Ragged, other: Ragged) -> tuple[Ids, Ids]:
    """Rows of the one and of the other that have a key in common, themselves left out."""
    order = np.argsort(other.keys)
    others, against = other.rows[order], other.keys[order]
    # What is looked up in order is found near where the one before was.
    asked = np.argsort(one.keys)
    start, end = (np.searchsorted(against, one.keys[asked], side) for side in ("left", "right"))
    many = end - start
    left = np.repeat(one.rows[asked], many)
    within = np.arange(len(left)) - np.repeat(np.cumsum(many) - many, many)
    right = others[np.repeat(start, many) + within]
    return left[left != right], right[left != right]


class Related:
    """Of pairs of ids under size, in any order, what relates them: kinds as bits of a number under 8."""

    def __init__(self, pairs: Mapping[int, tuple[Ids, Ids]], size: int) -> None:
        self._size = max(size, 1)
        marked = np.concatenate([self._keys(*two) << _KIND_BITS | kind for kind, two in pairs.items()])
        marked.sort()
        keys = marked >> _KIND_BITS
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, dtype=np.int64)
        self._known = keys[starts]
        kinds = (marked & ((1 << _KIND_BITS) - 1)).astype(np.uint8)
        self._kinds: Small = np.bitwise_or.reduceat(kinds, starts) if len(starts) else kinds
        bits = len(self._known).bit_length() + _SPARSE
        self._shift = np.uint64(64 - min(max(bits, _FEWEST_BITS), _MOST_BITS))
        self._table = np.zeros(1 << int(64 - self._shift), dtype=np.bool_)
        self._table[self._places(self._known)] = True

    def find(self, ids: Ids, others: Ids) -> Small:
        """What relates every two, 0 for nothing."""
        found = np.zeros(len(ids), dtype=np.uint8)
        keys = self._keys(ids, others)
        at = np.flatnonzero(self._table[self._places(keys)])
        if len(self._known):
            asked = keys[at]
            places = np.minimum(np.searchsorted(self._known, asked), len(self._known) - 1)
            found[at] = np.where(self._known[places] == asked, self._kinds[places], 0)
        return found

    def _keys(self, ids: Ids, others: Ids) -> Numbers:
        return np.minimum(ids, others).astype(np.int64) * self._size + np.maximum(ids, others)

    def _places(self, keys: Numbers) -> Numbers:
        """Thrown together by chance; wraps around by intent."""
        return ((keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> self._shift).astype(np.int64)
