"""Words of names as numbers: of millions of pairs only those in which something is alike are compared one by one.

What makes two words alike is said by comparisons.word alone; here is which words cannot be. It knows no weights.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from intake.linkage import comparisons
from intake.linkage.columns import CODE, LEVELS, Column, Numbers, Quick, Small, Truths, distinct
from intake.linkage.comparisons import ALIKE, MOST_SHARED, Level
from intake.linkage.records import DELETION_SIZE, Name, Word

Ids = NDArray[np.int32]
Hashes = NDArray[np.uint32]

# Words of a name that stand apart, behind them the joined one; a name of more words is compared in whole.
APART = 2
_JOINED = APART
_NOBODY = -1
# A place in the table for every likeness that is known, thirty-two times over: so few fall on one by chance.
_SPARSE = 5
_FEWEST_BITS, _MOST_BITS = 10, 24
_STEP = 128
_RAREST = _STEP - 1
_FURTHEST = len(LEVELS) * _STEP


@dataclass(frozen=True)
class Box:
    """The names of one column: words[place] are ids of its words and of the joined one, or none, with their rarities; count
    is the number of words; whole says that there are more than fit.
    """

    values: Sequence[Name]
    words: Ids
    rarities: Small
    count: Small
    whole: Truths


class Words:
    """The words of some columns of names."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._known: dict[bytes, int] = {}
        # Rarity 1, so that comparing them tells whether the level counts what is shared.
        self._words: list[Word] = []
        self.boxes = {name: self._box(column.values) for name, column in columns.items()}
        self._sound, self._start, self._initial = (
            _codes(getattr(word, part) for word in self._words) for part in ("sound", "start", "initial")
        )
        self._single = np.array([word.length == 1 for word in self._words], dtype=np.bool_)
        self._at_work = np.array([word.at_work for word in self._words], dtype=np.bool_)
        self._likenesses = Likenesses(self._pairs())

    def compare(self, one: str, ids: Ids, other: str, others: Ids) -> tuple[Small, Small]:
        """As comparisons.names of every two values: levels and rarities. Errors: none."""
        first, second = self.boxes[one], self.boxes[other]
        levels = np.full(len(ids), CODE[Level.MISSING], dtype=np.uint8)
        rarities = np.zeros(len(ids), dtype=np.uint8)
        whole = first.whole[ids] | second.whole[others]
        single = (first.count[ids] == 1) & (second.count[others] == 1)
        both = (ids > 0) & (others > 0)
        for chosen, compared in ((single, self._single_words), (~single & ~whole, self._several), (whole, _one_by_one)):
            at = np.flatnonzero(both & chosen)
            levels[at], rarities[at] = compared(_Side(first, ids[at]), _Side(second, others[at]))
        return levels, rarities

    def between(self, one: str, other: str) -> Quick:
        return lambda ids, others: self.compare(one, ids, other, others)

    def _box(self, values: Sequence[Name]) -> Box:
        words = np.full((len(values), APART + 1), _NOBODY, dtype=np.int32)
        rarities = np.zeros((len(values), APART + 1), dtype=np.uint8)
        for place, name in enumerate(values):
            for slot, word in enumerate(name.words[:APART]):
                words[place, slot], rarities[place, slot] = self._id(word), word.rarity
            if name.joined:
                words[place, _JOINED], rarities[place, _JOINED] = self._id(name.joined), name.joined.rarity
        count = np.array([len(name.words) for name in values], dtype=np.uint8)
        whole = (count > APART) | ((count > 1) & (words[:, _JOINED] == _NOBODY))
        return Box(values, words, rarities, count, whole)

    def _id(self, word: Word) -> int:
        found = self._known.get(word.exact)
        if found is None:
            found = self._known[word.exact] = len(self._words)
            self._words.append(replace(word, rarity=1))
        return found

    def _pairs(self) -> tuple[Ids, Ids]:
        """Words that share a family, a deletion, or of which one is the beginning or ending of the other."""
        families = _flat([[family[:DELETION_SIZE] for family in word.families] for word in self._words])
        deletions, whole, ends = (
            _flat([getattr(word, part) for word in self._words]) for part in ("deletions", "whole", "ends")
        )
        found = [joined(families, families), joined(deletions, deletions), joined(whole, ends)]
        return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])

    def _may_be(self, words: Ids, others: Ids) -> Truths:
        """False where comparisons.word finds DIFFERENT; true where something may be alike."""
        found: Truths = (self._sound[words] == self._sound[others]) | (self._start[words] == self._start[others])
        found |= (words == others) | self._at_work[words] | self._at_work[others]
        found |= self._likenesses.may_have(words, others)
        single = np.flatnonzero(self._single[words] | self._single[others])
        found[single] |= self._initial[words[single]] == self._initial[others[single]]
        return found

    def _closeness(self, one: "_Side", slot: int, other: "_Side", against: int) -> Numbers:
        """How close two words are, a lesser number closer: level first, rarity next, as comparisons orders them."""
        words, others = one.box.words[one.ids, slot], other.box.words[other.ids, against]
        rarity = np.minimum(one.box.rarities[one.ids, slot], other.box.rarities[other.ids, against])
        found = np.full(len(words), CODE[Level.DIFFERENT] * _STEP + _RAREST, dtype=np.int64)
        nobody = (words == _NOBODY) | (others == _NOBODY)
        at = np.flatnonzero(self._may_be(words, others) & ~nobody)
        codes, counts = self._levels(words[at], others[at])
        found[at] = codes * _STEP + _RAREST - counts * rarity[at]
        found[nobody] = _FURTHEST
        return found

    def _levels(self, words: Ids, others: Ids) -> tuple[Numbers, Numbers]:
        size = len(self._words)
        lesser, greater = np.minimum(words, others).astype(np.int64), np.maximum(words, others)
        keys, places = distinct(lesser * size + greater)
        found = [comparisons.word(self._words[key // size], self._words[key % size]) for key in keys.tolist()]
        codes = np.array([CODE[level] for level, _ in found], dtype=np.int64)
        return codes[places], np.array([rarity for _, rarity in found], dtype=np.int64)[places]

    def _single_words(self, one: "_Side", other: "_Side") -> tuple[Small, Small]:
        return _read(self._closeness(one, 0, other, 0))

    def _several(self, one: "_Side", other: "_Side") -> tuple[Small, Small]:
        """Two words on one side or both; comparisons.names says the same of two names."""
        turned = one.count > other.count
        levels, rarities = np.empty(len(turned), dtype=np.uint8), np.empty(len(turned), dtype=np.uint8)
        for at, first, second in ((~turned, one, other), (turned, other, one)):
            for number, compared in ((1, self._one_and_two), (2, self._two_and_two)):
                chosen = np.flatnonzero(at & (first.count == number))
                levels[chosen], rarities[chosen] = compared(first.at(chosen), second.at(chosen))
        return levels, rarities

    def _one_and_two(self, one: "_Side", two: "_Side") -> tuple[Small, Small]:
        levels, rarities = _read(np.minimum(self._closeness(one, 0, two, 0), self._closeness(one, 0, two, 1)))
        levels[_alike(levels)] = CODE[Level.PART_OF_NAME]
        return _or_joined((levels, rarities), _read(self._closeness(one, 0, two, _JOINED)), ALIKE)

    def _two_and_two(self, one: "_Side", other: "_Side") -> tuple[Small, Small]:
        each = [[self._closeness(one, left, other, right) for right in range(APART)] for left in range(APART)]
        rows = [np.minimum(*each[left]) for left in range(APART)]
        columns = [np.minimum(each[0][right], each[1][right]) for right in range(APART)]
        shared = np.minimum(_shared(rows), _shared(columns)).astype(np.uint8)
        worst = (np.maximum.reduce([*rows, *columns]) // _STEP).astype(np.uint8)
        levels, rarities = _read(np.minimum(*rows))
        partly = _alike(levels)
        levels[partly], rarities[partly] = CODE[Level.SHARED_AND_DIFFERENT], shared[partly]
        wholly = _alike(worst)
        levels[wholly], rarities[wholly] = worst[wholly], shared[wholly]
        joined = _read(self._closeness(one, _JOINED, other, _JOINED))
        return _or_joined((levels, rarities), joined, ALIKE - {Level.SOUNDS_ALIKE})


class Likenesses:
    """Pairs of ids, thrown together by chance into a table: says of every pair put in, and of few others, that it may be in."""

    def __init__(self, pairs: tuple[Ids, Ids]) -> None:
        bits = len(pairs[0]).bit_length() + _SPARSE
        self._bits = min(max(bits, _FEWEST_BITS), _MOST_BITS)
        self._table = np.zeros(1 << self._bits, dtype=np.bool_)
        self._table[self._places(*pairs)] = True

    def may_have(self, ids: Ids, others: Ids) -> Truths:
        found: Truths = self._table[self._places(ids, others)]
        return found

    def _places(self, ids: Ids, others: Ids) -> Hashes:
        """Wraps around by intent; the order of two does not show."""
        mixed = np.minimum(ids, others).astype(np.uint32) * np.uint32(0x9E3779B1)
        mixed += np.maximum(ids, others).astype(np.uint32) * np.uint32(0x85EBCA77)
        mixed ^= mixed >> np.uint32(15)
        mixed *= np.uint32(0xC2B2AE3D)
        return mixed >> np.uint32(32 - self._bits)


@dataclass(frozen=True)
class _Side:
    """One name of every pair."""

    box: Box
    ids: Ids

    @property
    def count(self) -> Small:
        return self.box.count[self.ids]

    def at(self, chosen: Numbers) -> "_Side":
        return _Side(self.box, self.ids[chosen])


Flat = tuple[Ids, NDArray[np.int64]]
"""Ids and, beside each, one key that it has."""


def _flat(keys: Sequence[Iterable[bytes]]) -> Flat:
    content = b"".join(key for found in keys for key in found)
    wide = np.zeros((len(content) // DELETION_SIZE, 8), dtype=np.uint8)
    wide[:, :DELETION_SIZE] = np.frombuffer(content, dtype=np.uint8).reshape(-1, DELETION_SIZE)
    many = np.array([len(list(found)) for found in keys], dtype=np.int64)
    return np.repeat(np.arange(len(keys), dtype=np.int32), many), wide.view(np.int64).ravel()


def joined(one: Flat, other: Flat) -> tuple[Ids, Ids]:
    """Ids of the one and of the other that have a key in common, themselves left out."""
    ids, keys = one
    order = np.argsort(other[1])
    others, against = other[0][order], other[1][order]
    start, end = np.searchsorted(against, keys, "left"), np.searchsorted(against, keys, "right")
    many = end - start
    left = np.repeat(ids, many)
    within = np.arange(len(left)) - np.repeat(np.cumsum(many) - many, many)
    right = others[np.repeat(start, many) + within]
    return left[left != right], right[left != right]


def _one_by_one(one: _Side, other: _Side) -> tuple[Small, Small]:
    size = len(other.box.values)
    keys, places = distinct(one.ids.astype(np.int64) * size + other.ids)
    found = [comparisons.names(one.box.values[key // size], other.box.values[key % size]) for key in keys.tolist()]
    codes = np.array([CODE[level] for level, _ in found], dtype=np.uint8)
    return codes[places], np.array([rarity for _, rarity in found], dtype=np.uint8)[places]


def _codes(parts: Iterable[bytes]) -> Ids:
    known: dict[bytes, int] = {}
    return np.array([known.setdefault(part, len(known)) for part in parts], dtype=np.int32)


def _read(closeness: Numbers) -> tuple[Small, Small]:
    return (closeness // _STEP).astype(np.uint8), (_RAREST - closeness % _STEP).astype(np.uint8)


def _alike(levels: Small) -> Truths:
    found: Truths = _ALIKE[levels]
    return found


def _shared(best: Sequence[Numbers]) -> Numbers:
    each = [_read(closeness) for closeness in best]
    found: Numbers = np.minimum(
        sum(np.where(_alike(levels), rarities, 0).astype(np.int64) for levels, rarities in each), MOST_SHARED
    )
    return found


def _or_joined(found: tuple[Small, Small], joined: tuple[Small, Small], telling: frozenset[Level]) -> tuple[Small, Small]:
    """What the joined words say where they are alike and the words one by one are not."""
    table = np.zeros(len(LEVELS) + 1, dtype=np.bool_)
    table[[CODE[level] for level in telling]] = True
    said = table[joined[0]] & ~_alike(found[0])
    return np.where(said, joined[0], found[0]), np.where(said, joined[1], found[1])


_ALIKE = np.zeros(len(LEVELS) + 1, dtype=np.bool_)
_ALIKE[[CODE[level] for level in ALIKE]] = True
