"""Words, names and numbers compared as arrays, for millions of pairs at once, with the same result as one by one.

What makes two words alike is said by comparisons.word alone: it is asked once of every combination of facts. It knows no
weights.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from intake.linkage import comparisons
from intake.linkage.arrays import Arrays, Box, NumberTable
from intake.linkage.columns import CODE, LEVELS, Quick
from intake.linkage.comparisons import ALIKE, MOST_SHARED, TELLING_FROM, Level
from intake.linkage.ragged import Ids, Keys, Numbers, Small, Truths
from intake.linkage.records import Number, Word
from intake.linkage.related import Related, joined

# Whether two words share a family, a form with a letter left out, or one is the beginning or ending of the other.
FAMILY, DELETION, END = (1 << place for place in range(3))
# The other facts, in the order of _example: of both words, of either, of each.
_EXACT, _INITIAL, _SOUND, _START, _SINGLE, _SHORT, _AT_WORK, _LISTED = (np.uint16(1 << place) for place in range(3, 11))
_OF_EITHER = _SINGLE | _SHORT | _AT_WORK
_STEP = 128
_RAREST = _STEP - 1
_FURTHEST = len(LEVELS) * _STEP


class Words:
    """The names of some boxes, ready to be compared."""

    def __init__(self, arrays: Arrays) -> None:
        table = arrays.words
        self._boxes = arrays.boxes
        self._sound, self._start, self._initial = map(_codes, (table.sound, table.start, table.initial))
        of_either = {_SINGLE: table.length == 1, _SHORT: table.length < TELLING_FROM, _AT_WORK: table.at_work}
        self._flags = sum(holds * np.uint16(bit) for bit, holds in {**of_either, _LISTED: table.listed}.items())
        pairs = {
            FAMILY: joined(table.families, table.families),
            DELETION: joined(table.deletions, table.deletions),
            END: joined(table.whole, table.ends),
        }
        self._related = Related(pairs, len(table.exact))

    def names(self, one: str, ids: Ids, other: str, others: Ids) -> tuple[Small, Small]:
        """As comparisons.names of every two names: levels and rarities. Errors: none."""
        return self._by_count(one, ids, other, others, self._of_count)

    def aliases(self, one: str, ids: Ids, other: str, others: Ids) -> tuple[Small, Small]:
        """As comparisons.aliases of every two names: levels and rarities. Errors: none."""
        return self._by_count(one, ids, other, others, self._any_alike)

    def _by_count(
        self, one: str, ids: Ids, other: str, others: Ids, compare: Callable[["_Side", "_Side"], tuple[Small, Small]]
    ) -> tuple[Small, Small]:
        """Names of as many words at once; the one with fewer words first."""
        first, second = self._boxes[one], self._boxes[other]
        levels = np.full(len(ids), CODE[Level.MISSING], dtype=np.uint8)
        rarities = np.zeros(len(ids), dtype=np.uint8)
        width = max(first.words.shape[1], second.words.shape[1]) + 1
        counts = first.count[ids].astype(np.int64) * width + second.count[others]
        for kind in np.flatnonzero(np.bincount(counts, minlength=width * width)).tolist():
            if not (kind // width and kind % width):
                continue
            at = np.flatnonzero(counts == kind)
            sides = _Side(first, ids[at], kind // width), _Side(second, others[at], kind % width)
            levels[at], rarities[at] = compare(*sorted(sides, key=lambda side: side.count))
        return levels, rarities

    def _of_count(self, fewer: "_Side", more: "_Side") -> tuple[Small, Small]:
        each = self._each(fewer, more)
        if fewer.count == more.count == 1:
            return _read(each[0][0])
        found = _several(each)
        whole = _read(self._closeness(fewer.whole(), more.whole()))
        return _or_joined(found, whole, ALIKE if fewer.count < more.count else ALIKE - {Level.SOUNDS_ALIKE})

    def _any_alike(self, fewer: "_Side", more: "_Side") -> tuple[Small, Small]:
        levels = np.full(len(fewer.ids), CODE[Level.MISSING], dtype=np.uint8)
        rarities = np.zeros(len(fewer.ids), dtype=np.uint8)
        for closeness in (closeness for row in self._each(fewer, more) for closeness in row):
            found, rarity = _read(closeness)
            at = np.flatnonzero(_alike(found))
            levels[at] = CODE[Level.SAME]
            rarities[at] = np.maximum(rarities[at], rarity[at])
        return levels, rarities

    def _each(self, fewer: "_Side", more: "_Side") -> list[list[Numbers]]:
        return [[self._closeness(fewer.word(a), more.word(b)) for b in range(more.count)] for a in range(fewer.count)]

    def _closeness(self, one: "Slot", other: "Slot") -> Numbers:
        """How close two words are, a lesser number closer: level first, rarity next, as comparisons orders them."""
        facts = self._facts(one.words, other.words)
        codes, counts = _table()
        return codes[facts] * _STEP + _RAREST - counts[facts] * np.minimum(one.rarities, other.rarities)

    def _facts(self, words: Ids, others: Ids) -> NDArray[np.uint16]:
        """Which facts hold of every two words, as a number with a bit for each, in the order of _example."""
        one, other = self._flags[words], self._flags[others]
        found: NDArray[np.uint16] = ((one | other) & _OF_EITHER) | (one & other & _LISTED)
        found |= self._related.find(words, others)
        found |= (words == others) * _EXACT
        for bit, codes in ((_INITIAL, self._initial), (_SOUND, self._sound), (_START, self._start)):
            found |= (codes[words] == codes[others]) * bit
        return found


@dataclass(frozen=True)
class Slot:
    """A word of every name, with its rarity."""

    words: Ids
    rarities: Small


@dataclass(frozen=True)
class _Side:
    """One name of every pair, all of so many words."""

    box: Box
    ids: Ids
    count: int

    def word(self, place: int) -> Slot:
        return Slot(self.box.words[self.ids, place], self.box.rarities[self.ids, place])

    def whole(self) -> Slot:
        return Slot(self.box.joined[self.ids], self.box.joined_rarity[self.ids])


def between(words: Words, one: str, other: str) -> Quick:
    return lambda ids, others: words.names(one, ids, other, others)


def aliases(words: Words, other: str) -> Quick:
    return lambda ids, others: words.aliases("aliases", ids, other, others)


def numbers(table: NumberTable) -> Quick:
    """As comparisons.numbers of every two numbers by their places, 0 for none."""
    near = Related({DELETION: joined(table.near, table.near)}, len(table.exact))
    known, far, close = Number(b"1", frozenset((b"1",))), Number(b"2", frozenset((b"2",))), Number(b"2", frozenset((b"1",)))
    same, beside, different = (CODE[comparisons.numbers(known, other)[0]] for other in (known, close, far))

    def compare(ids: Ids, others: Ids) -> tuple[Small, Small]:
        levels = np.full(len(ids), CODE[Level.MISSING], dtype=np.uint8)
        at = np.flatnonzero((ids > 0) & (others > 0))
        one, other = ids[at], others[at]
        found = np.where(near.find(one, other) > 0, beside, different)
        levels[at] = np.where(one == other, same, found)
        return levels, np.zeros(len(ids), dtype=np.uint8)

    return compare


@cache
def _table() -> tuple[Numbers, Numbers]:
    """By the facts that hold, the code of the level and whether it counts what is shared."""
    found = [comparisons.word(*_example(facts)) for facts in product((False, True), repeat=11)]
    return np.array([CODE[level] for level, _ in found]), np.array([rarity for _, rarity in found])


def _example(facts: tuple[bool, ...]) -> tuple[Word, Word]:
    """Two words of which these facts hold, the first bit of their number last."""
    listed, at_work, short, single, start, sound, initial, exact, end, deletion, family = facts
    one, other = b"one", b"other"
    first = Word(
        exact=one,
        sound=one,
        start=one,
        initial=one,
        families=frozenset((one,)),
        deletions=frozenset((one,)),
        whole=frozenset((one,)),
        ends=frozenset(),
        length=1 if single else TELLING_FROM - short,
        rarity=1,
        listed=True,
        at_work=at_work,
    )
    second = Word(
        exact=one if exact else other,
        sound=one if sound else other,
        start=one if start else other,
        initial=one if initial else other,
        families=frozenset((one if family else other,)),
        deletions=frozenset((one if deletion else other,)),
        whole=frozenset(),
        ends=frozenset((one,)) if end else frozenset(),
        length=TELLING_FROM,
        rarity=1,
        listed=listed,
        at_work=False,
    )
    return first, second


def _several(each: Sequence[Sequence[Numbers]]) -> tuple[Small, Small]:
    """comparisons.names of names of which one has several words, before they are compared as one word."""
    best = [_closest(row) for row in each]
    others = [_closest(column) for column in zip(*each, strict=True)] if len(each) == len(each[0]) else []
    shared = _shared(best)
    if others:
        shared = np.minimum(shared, _shared(others))
    worst = (np.maximum.reduce([*best, *others]) // _STEP).astype(np.uint8)
    levels, rarities = _read(_closest(best))
    partly = _alike(levels)
    levels[partly], rarities[partly] = CODE[Level.SHARED_AND_DIFFERENT], shared[partly]
    wholly = _alike(worst)
    levels[wholly] = worst[wholly] if others else CODE[Level.PART_OF_NAME]
    rarities[wholly] = shared[wholly]
    return levels, rarities


def _closest(closeness: Sequence[Numbers]) -> Numbers:
    found: Numbers = np.minimum.reduce(list(closeness))
    return found


def _shared(best: Sequence[Numbers]) -> Small:
    each = [_read(closeness) for closeness in best]
    total = sum(np.where(_alike(levels), rarities, 0).astype(np.int64) for levels, rarities in each)
    return np.minimum(total, MOST_SHARED).astype(np.uint8)


def _codes(keys: Keys) -> Ids:
    found: Ids = np.unique(keys, return_inverse=True)[1].astype(np.int32)
    return found


def _read(closeness: Numbers) -> tuple[Small, Small]:
    return (closeness // _STEP).astype(np.uint8), (_RAREST - closeness % _STEP).astype(np.uint8)


def _alike(levels: Small) -> Truths:
    found: Truths = _ALIKE[levels]
    return found


def _or_joined(found: tuple[Small, Small], joined: tuple[Small, Small], telling: frozenset[Level]) -> tuple[Small, Small]:
    """What the joined words say where they are alike and the words one by one are not."""
    table = np.zeros(len(LEVELS) + 1, dtype=np.bool_)
    table[[CODE[level] for level in telling]] = True
    said = table[joined[0]] & ~_alike(found[0])
    return np.where(said, joined[0], found[0]), np.where(said, joined[1], found[1])


_ALIKE = np.zeros(len(LEVELS) + 1, dtype=np.bool_)
_ALIKE[[CODE[level] for level in ALIKE]] = True
