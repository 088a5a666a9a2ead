"""Index tokens: two contributions are compared only when they share one. Every token is a combination or a number.

No single name or date becomes a token, so that nobody with the table alone can count one. It looks nothing up.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

import numpy as np

from intake.linkage.arrays import BOXES, NOBODY
from intake.linkage.columns import Frozen
from intake.linkage.ragged import Ids, Keys, Ragged, Truths, every_two, in_turn, mixed, together
from intake.linkage.records import BirthDate, Nationality
from intake.linkage.sharing import Token
from intake.linkage.tokens import MOST_WORDS, key

_ALL = 2**64 - 1


def token_keys(frozen: Frozen) -> Iterator[tuple[Token, Ragged]]:
    """The keys behind the tokens of all rows, by kind: equal keys are equal combinations of feature digests.

    Returns: Ragged per kind, of which the rows need not ascend; 64 bits, so that of a million reports two unequal
    combinations fall together by less than one chance in a thousand. Errors: none.
    Source: keyed blocking of ONS and Mainzelliste, widened by families of spellings.
    """
    part = _Parts(frozen)
    yield Token.NUMBER, in_turn(part.numbers("v_number"), part.numbers("bsn"), part.numbers("document"))
    yield Token.TWO_NAMES, part.two_names()
    names = together(part.given, part.family, part.aliases)
    yield Token.NAME_DATE, _product(names, part.dates)
    yield Token.NAME_DAY, _product(names, part.days)
    yield Token.NAME_YEAR_NATIONALITY, _product(names, _product(part.years, part.nationalities))
    yield Token.NAME_PLACE, _product(names, part.places)
    # What is made of all names is the largest that is held meanwhile.
    del names
    with_initial = together(_product(part.family, part.given_initials), _product(part.given, part.family_initials))
    yield Token.NAME_INITIAL_YEAR, _product(with_initial, part.years)
    yield Token.NAME_INITIAL_NATIONALITY, _product(with_initial, part.nationalities)
    starts = in_turn(_product(part.given_starts, part.family_initials), _product(part.family_starts, part.given_initials))
    yield Token.STARTS, starts
    yield Token.DATE_NATIONALITY, _product(part.certain_dates, part.nationalities)
    yield Token.DATE_PLACE, _product(part.certain_dates, part.places)
    yield Token.ONE_BOX, part.one_box()


class _Parts:
    """What the tokens are combined of, for all rows."""

    def __init__(self, frozen: Frozen) -> None:
        self._columns, self._arrays = frozen.columns, frozen.arrays()
        words = self._arrays.words
        long = _rows(words.length > 1)
        sounds = Ragged(long, words.sound[long])
        of_long = words.length[words.families.rows] > 1
        families = Ragged(words.families.rows[of_long], words.families.keys[of_long])
        self._of_word = together(sounds, families)
        self.given, self.family, self.aliases, self.places = (self._names(box) for box in BOXES)
        self.given_initials, self.family_initials = self._first("given", words.initial), self._initials("family")
        self.given_starts, self.family_starts = self._first("given", words.start), self._last("family", words.start)
        self.dates = self._of("birth", lambda birth: _date(birth) if birth.complete else ())
        self.certain_dates = self._of("birth", lambda birth: _date(birth) if birth.complete and not birth.vague else ())
        self.days = self._of("birth", _day_and_month)
        self.years = self._of("birth", lambda birth: _whole((birth.year,)) if birth.year else ())
        self.nationalities = self._of("nationalities", _codes)

    def numbers(self, name: str) -> Ragged:
        ids = self._columns[name].ids
        rows = _rows(ids > 0)
        of_kind = np.full(len(rows), key((name.encode(),)), dtype=np.uint64)
        return Ragged(rows, mixed(of_kind, self._arrays.numbers[name].exact[ids[rows]]))

    def two_names(self) -> Ragged:
        """Two words in any order, of two boxes or of one in which the whole name stands."""
        boxes = ("given", "family", "aliases")
        across = [
            _product(one, other, in_order=False) for one, other in combinations((self.given, self.family, self.aliases), 2)
        ]
        return in_turn(*across, *(self._pairs_within(box) for box in boxes))

    def one_box(self) -> Ragged:
        """The whole name where only one box is filled, which has no two names to combine."""
        given, family = self._columns["given"].ids, self._columns["family"].ids
        rows = _rows((given == 0) != (family == 0))
        whole = np.where(given > 0, self._whole_names("given")[given], self._whole_names("family")[family])
        return _product(Ragged(rows, whole[rows]), self.nationalities)

    def _names(self, name: str) -> Ragged:
        """The keys of the words of the box, and of all of them as one word."""
        box = self._arrays.boxes[name]
        parts = [self._of_word.of(box.words[:, place]) for place in range(min(MOST_WORDS, box.words.shape[1]))]
        whole = self._of_word.of(np.where(box.several, box.joined, NOBODY))
        return together(*parts, whole).of(self._columns[name].ids)

    def _pairs_within(self, name: str) -> Ragged:
        box = self._arrays.boxes[name]
        words = [self._of_word.of(box.words[:, place]) for place in range(min(MOST_WORDS, box.words.shape[1]))]
        found = [_product(one, other, in_order=False) for one, other in combinations(words, 2)]
        return together(*found).of(self._columns[name].ids)

    def _first(self, name: str, keys: Keys) -> Ragged:
        return self._one_each(name, keys, self._arrays.boxes[name].words[:, 0])

    def _last(self, name: str, keys: Keys) -> Ragged:
        box = self._arrays.boxes[name]
        return self._one_each(name, keys, box.words[np.arange(len(box)), np.maximum(box.count, 1) - 1])

    def _initials(self, name: str) -> Ragged:
        box = self._arrays.boxes[name]
        words = (box.words[:, place] for place in range(min(MOST_WORDS, box.words.shape[1])))
        return together(*(self._one_each(name, self._arrays.words.initial, one) for one in words))

    def _one_each(self, name: str, keys: Keys, words: Ids) -> Ragged:
        """One key a row, of the word that its name has in words."""
        words = words[self._columns[name].ids]
        rows = _rows(words != NOBODY)
        return Ragged(rows, keys[words[rows]])

    def _whole_names(self, name: str) -> Keys:
        """A key of all words of each name, whatever their order."""
        box = self._arrays.boxes[name]
        # In the place of NOBODY stands what comes behind every word.
        exact = np.append(self._arrays.words.exact, np.uint64(_ALL))
        ordered = np.sort(exact[box.words], axis=1)
        found = np.zeros(len(box), dtype=np.uint64)
        for place in range(ordered.shape[1]):
            found = np.where(place < box.count, mixed(found, ordered[:, place]), found)
        return found

    def _of(self, name: str, keys_of: Callable[[Any], Iterable[int]]) -> Ragged:
        column = self._columns[name]
        found = [() if place == 0 else tuple(keys_of(value)) for place, value in enumerate(column.values)]
        many = np.array([len(keys) for keys in found], dtype=np.int64)
        flat = np.array([key for keys in found for key in keys], dtype=np.uint64)
        return Ragged(np.repeat(np.arange(len(found), dtype=np.int32), many), flat).of(column.ids)


def _rows(holds: Truths) -> Ids:
    found: Ids = np.flatnonzero(holds).astype(np.int32)
    return found


def _product(first: Ragged, second: Ragged, *, in_order: bool = True) -> Ragged:
    """One key of every key of a row in first with every key of that row in second."""
    rows, one, other = every_two(first, second)
    if not in_order:
        one, other = np.minimum(one, other), np.maximum(one, other)
    return Ragged(rows, mixed(one, other))


def _whole(features: tuple[bytes, ...]) -> tuple[int, ...]:
    return (key(features),)


def _date(birth: BirthDate) -> tuple[int, ...]:
    """Day and month in order of their digests, so that a date with both swapped has the same key."""
    return _whole((birth.year, *sorted((birth.day, birth.month))))


def _day_and_month(birth: BirthDate) -> tuple[int, ...]:
    return _whole(tuple(sorted((birth.day, birth.month)))) if birth.complete and not birth.vague else ()


def _codes(nationalities: tuple[Nationality, ...]) -> Iterator[int]:
    yield from (int.from_bytes(nationality.code, "big") for nationality in nationalities)
