"""Index tokens: two contributions are compared only when they share one. Every token is a combination or a number.

No single name or date becomes a token, so that nobody with the table alone can count one. It looks nothing up.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intake.linkage.columns import Column, Columns, Frozen, Numbers
from intake.linkage.features import Digest
from intake.linkage.records import BirthDate, Name, Nationality, Record, Word
from intake.linkage.sharing import Points, Token, mark, points_of

TOKEN_SIZE = 16
MOST_WORDS = 4

Keys = NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SECOND_FACTOR = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)
_ALL = 2**64 - 1


@dataclass(frozen=True)
class Ragged:
    """Any number of keys a row: keys[n] belongs to rows[n]; rows ascend."""

    rows: Numbers
    keys: Keys


def token_keys(frozen: Frozen) -> Iterator[tuple[Token, Ragged]]:
    """The keys behind the tokens of all rows, by kind: equal keys are equal combinations of feature digests.

    Returns: Ragged per kind; 64 bits, so that of a million reports two unequal combinations fall together by less than one
    chance in a thousand. Errors: none. Source: keyed blocking of ONS and Mainzelliste, widened by families of spellings.
    """
    part = _Parts(frozen)
    yield Token.NUMBER, _together(part.numbers("v_number"), part.numbers("bsn"), part.numbers("document"))
    names = _together(part.given, part.family, part.aliases)
    yield Token.NAME_DATE, _product(names, part.dates)
    yield Token.NAME_DAY, _product(names, part.days)
    yield Token.TWO_NAMES, part.two_names()
    in_year = _product(part.years, part.nationalities)
    yield Token.NAME_YEAR_NATIONALITY, _product(names, in_year)
    with_initial = _together(_product(part.family, part.given_initials), _product(part.given, part.family_initials))
    yield Token.NAME_INITIAL_YEAR, _product(with_initial, part.years)
    yield Token.NAME_INITIAL_NATIONALITY, _product(with_initial, part.nationalities)
    starts = _together(_product(part.given_starts, part.family_initials), _product(part.family_starts, part.given_initials))
    yield Token.STARTS, starts
    yield Token.DATE_NATIONALITY, _product(part.certain_dates, part.nationalities)
    yield Token.DATE_PLACE, _product(part.certain_dates, part.places)
    yield Token.NAME_PLACE, _product(names, part.places)
    yield Token.ONE_BOX, part.one_box()


def tokens(records: Sequence[Record], digest: Digest) -> list[tuple[bytes, ...]]:
    """The index tokens of records.

    Arguments: digest(kind, text), which may be under another key than the features are: tokens are made from feature
    digests, so a key can rotate after the identity itself is gone.
    Returns: per record its distinct tokens of 16 bytes, sorted, the first byte of which tells the kind (sharing.MARKS); none
    without a number and without two facts to combine.
    Errors: none of its own. Source: see token_keys.
    """
    found: list[set[bytes]] = [set() for _ in records]
    for kind, ragged in token_keys(Columns(records).frozen()):
        for row, key in zip(ragged.rows.tolist(), ragged.keys.tolist(), strict=True):
            found[row].add(mark(kind, digest(kind, f"{key:016x}")[:TOKEN_SIZE]))
    return [tuple(sorted(one)) for one in found]


def pairs(kind: Token, ragged: Ragged, cap: int) -> tuple[Numbers, Numbers, Points, int]:
    """Rows that share a key of this kind, each two once a key, the lesser row first.

    Returns: lesser rows, greater rows, the points of the key (sharing.points_of), how many keys were not used, since too many
    rows share them. Errors: none. Cost: grows with the number of pairs, never with the square of a worn key's rows.
    """
    order = np.lexsort((ragged.rows, ragged.keys))
    keys, rows = ragged.keys[order], ragged.rows[order]
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
    keys, rows = keys[fresh], rows[fresh]
    if not len(keys):
        return rows, rows, np.zeros(0, dtype=np.uint8), 0
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    points = points_of(kind, sizes, cap)
    used = np.repeat(points > 0, sizes)
    after = np.where(used, np.repeat(starts + sizes, sizes) - np.arange(len(keys)) - 1, 0)
    first = np.repeat(np.arange(len(keys)), after)
    second = first + 1 + _within(after)
    return rows[first], rows[second], np.repeat(np.repeat(points, sizes), after), int((points == 0).sum())


class _Parts:
    """What the tokens are combined of, for all rows."""

    def __init__(self, frozen: Frozen) -> None:
        self._columns = frozen.columns
        self.given, self.family, self.aliases = (self._of(box, _name_keys) for box in ("given", "family", "aliases"))
        self.given_initials, self.family_initials = self._of("given", _initial_of_first), self._of("family", _initials)
        self.given_starts, self.family_starts = self._of("given", _start_of_first), self._of("family", _start_of_last)
        self.dates = self._of("birth", lambda birth: _date(birth) if birth.complete else ())
        self.certain_dates = self._of("birth", lambda birth: _date(birth) if birth.complete and not birth.vague else ())
        self.days = self._of("birth", _day_and_month)
        self.years = self._of("birth", lambda birth: _whole((birth.year,)) if birth.year else ())
        self.nationalities = self._of("nationalities", _codes)
        self.places = self._of("place", _name_keys)

    def numbers(self, name: str) -> Ragged:
        return self._of(name, lambda number: _whole((name.encode(), number.exact)))

    def two_names(self) -> Ragged:
        """Two words in any order, of two boxes or of one in which the whole name stands."""
        across = [
            _product(one, other, in_order=False) for one, other in combinations((self.given, self.family, self.aliases), 2)
        ]
        within = [self._of(box, _pairs_within) for box in ("given", "family", "aliases")]
        return _together(*across, *within)

    def one_box(self) -> Ragged:
        """The whole name where only one box is filled, which has no two names to combine."""
        given, family = self._columns["given"].ids, self._columns["family"].ids
        whole = _together(self._of("given", _whole_name), self._of("family", _whole_name))
        alone = ((given == 0) != (family == 0))[whole.rows]
        return _product(Ragged(whole.rows[alone], whole.keys[alone]), self.nationalities)

    def _of(self, name: str, keys_of: Callable[[Any], Iterable[int]]) -> Ragged:
        column = self._columns[name]
        return _by_row(column, [() if place == 0 else tuple(keys_of(value)) for place, value in enumerate(column.values)])


def _by_row(column: Column, keys: Sequence[tuple[int, ...]]) -> Ragged:
    sizes = np.array([len(found) for found in keys], dtype=np.int64)
    flat = np.array([key for found in keys for key in found], dtype=np.uint64)
    starts = np.cumsum(sizes) - sizes
    many = sizes[column.ids]
    rows = np.repeat(np.arange(len(column.ids)), many)
    return Ragged(rows, flat[np.repeat(starts[column.ids], many) + _within(many)])


def _within(sizes: Numbers) -> Numbers:
    """0, 1, 2 ... for each size in turn."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)


def _together(*parts: Ragged) -> Ragged:
    rows = np.concatenate([part.rows for part in parts])
    order = np.argsort(rows, kind="stable")
    return Ragged(rows[order], np.concatenate([part.keys for part in parts])[order])


def _product(first: Ragged, second: Ragged, *, in_order: bool = True) -> Ragged:
    """Every key of a row in first with every key of that row in second."""
    rows = int(max(first.rows[-1:].max(initial=-1), second.rows[-1:].max(initial=-1))) + 1
    sizes = np.bincount(second.rows, minlength=rows)
    starts = np.cumsum(sizes) - sizes
    many = sizes[first.rows]
    at = np.repeat(starts[first.rows], many) + _within(many)
    one, other = np.repeat(first.keys, many), second.keys[at]
    if not in_order:
        one, other = np.minimum(one, other), np.maximum(one, other)
    return Ragged(np.repeat(first.rows, many), _mixed(one, other))


def _mixed(first: Keys, second: Keys) -> Keys:
    """One key of two, in this order; wraps around by intent."""
    mixed = first * _FACTOR + second
    mixed ^= mixed >> _SHIFT
    mixed *= _SECOND_FACTOR
    return mixed ^ (mixed >> _SHIFT)


def _mixed_one(first: int, second: int) -> int:
    """As _mixed, of two single keys."""
    mixed = (first * int(_FACTOR) + second) & _ALL
    mixed ^= mixed >> int(_SHIFT)
    mixed = (mixed * int(_SECOND_FACTOR)) & _ALL
    return mixed ^ (mixed >> int(_SHIFT))


def _key(features: Iterable[bytes]) -> int:
    mixed = 0
    for feature in features:
        mixed = _mixed_one(mixed, int.from_bytes(feature[:8], "big"))
    return mixed


def _whole(features: tuple[bytes, ...]) -> tuple[int, ...]:
    return (_key(features),)


def _word_keys(word: Word) -> Iterator[int]:
    if word.length > 1:
        yield int.from_bytes(word.sound, "big")
        yield from (int.from_bytes(family, "big") for family in sorted(word.families))


def _name_keys(name: Name) -> Iterator[int]:
    words = (*name.words[:MOST_WORDS], name.joined) if name.joined else name.words[:MOST_WORDS]
    yield from dict.fromkeys(key for word in words for key in _word_keys(word))


def _pairs_within(name: Name) -> Iterator[int]:
    for one, other in combinations(name.words[:MOST_WORDS], 2):
        for first in _word_keys(one):
            for second in _word_keys(other):
                yield _mixed_one(min(first, second), max(first, second))


def _initial_of_first(name: Name) -> Iterator[int]:
    yield int.from_bytes(name.words[0].initial, "big")


def _initials(name: Name) -> Iterator[int]:
    yield from {int.from_bytes(word.initial, "big") for word in name.words[:MOST_WORDS]}


def _start_of_first(name: Name) -> Iterator[int]:
    yield int.from_bytes(name.words[0].start, "big")


def _start_of_last(name: Name) -> Iterator[int]:
    yield int.from_bytes(name.words[-1].start, "big")


def _whole_name(name: Name) -> tuple[int, ...]:
    return _whole(tuple(sorted(word.exact for word in name.words)))


def _date(birth: BirthDate) -> tuple[int, ...]:
    """Day and month in order of their digests, so that a date with both swapped has the same key."""
    return _whole((birth.year, *sorted((birth.day, birth.month))))


def _day_and_month(birth: BirthDate) -> tuple[int, ...]:
    return _whole(tuple(sorted((birth.day, birth.month)))) if birth.complete and not birth.vague else ()


def _codes(nationalities: tuple[Nationality, ...]) -> Iterator[int]:
    yield from (int.from_bytes(nationality.code, "big") for nationality in nationalities)
