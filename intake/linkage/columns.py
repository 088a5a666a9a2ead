"""Records as columns of numbers, and the comparison of many pairs at once: every two distinct values are compared once.

One report against its candidates and a million reports among themselves go through the same lines. It knows no weights.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from intake.linkage import arrays, comparisons
from intake.linkage.arrays import Arrays
from intake.linkage.comparisons import ALIKE, MATCHING, MISSING, Field, Found, Level
from intake.linkage.ragged import Ids, Numbers, Small, Truths
from intake.linkage.records import Name, Record

Quick = Callable[[Ids, Ids], tuple[Small, Small]]
"""Levels and rarities of two columns, of the places of their values."""

# Up to so many pairs are compared one by one.
FEW = 100
LEVELS = tuple(Level)
CODE = {level: code for code, level in enumerate(LEVELS)}
_WRITTEN = MATCHING - {Level.SOUNDS_ALIKE}
_MISSING, _OTHER_BOX = CODE[Level.MISSING], CODE[Level.OTHER_BOX]


@dataclass(frozen=True)
class Column:
    """ids[row] is the place in values of the row's value; place 0 is the empty value."""

    values: Sequence[Any]
    ids: Ids


@dataclass(frozen=True)
class Compared:
    """Per field, for every pair: the code of its level (LEVELS) and the rarity of what is shared, in quarters of a bit."""

    levels: Mapping[Field, Small]
    rarities: Mapping[Field, Small]

    def is_in(self, field: Field, wanted: Iterable[Level]) -> Truths:
        return is_in(self.levels[field], wanted)


def is_in(levels: Small, wanted: Iterable[Level]) -> Truths:
    """For every level whether it is one of those wanted."""
    found: Truths = _wanted(frozenset(wanted))[levels]
    return found


@cache
def _wanted(levels: frozenset[Level]) -> Truths:
    return np.array([level in levels for level in LEVELS])


def ascending(keys: Numbers) -> Numbers:
    """The distinct keys in order; quicker than numpy's unique."""
    found = np.sort(keys)
    return found[np.concatenate(([True], found[1:] != found[:-1]))] if len(found) else found


def distinct(keys: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct keys, ascending, and of every key its place among them; quicker than numpy's unique."""
    order = np.argsort(keys)
    found = keys[order]
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[1:] = found[1:] != found[:-1]
    places = np.empty(len(keys), dtype=np.int64)
    places[order] = np.cumsum(fresh) - 1
    return found[fresh], places


def _name_key(name: Name) -> Hashable:
    return tuple((word.exact, word.rarity) for word in name.words), name.joined.rarity if name.joined else 0


_VALUES: dict[str, tuple[Callable[[Record], Any], Callable[[Any], Hashable]]] = {
    "given": (lambda record: record.given, _name_key),
    "family": (lambda record: record.family, _name_key),
    "aliases": (lambda record: record.aliases, _name_key),
    "place": (lambda record: record.place, _name_key),
    "birth": (
        lambda record: record.birth,
        lambda birth: (birth.year, birth.month, birth.day, birth.estimated) if birth.year else (),
    ),
    "sex": (lambda record: record.sex, lambda sex: sex),
    "nationalities": (lambda record: record.nationalities, lambda found: tuple(one.code for one in found)),
    "v_number": (lambda record: record.v_number, lambda number: number.exact),
    "bsn": (lambda record: record.bsn, lambda number: number.exact),
    "document": (lambda record: record.document, lambda number: number.exact),
}


class Columns:
    """The columns of records, in their order; add() puts more behind them."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._known: dict[str, dict[Hashable, int]] = {name: {} for name in _VALUES}
        self._values: dict[str, list[Any]] = {name: [] for name in _VALUES}
        self._ids: dict[str, list[int]] = {name: [] for name in _VALUES}
        empty = Record()
        for name, (value, key) in _VALUES.items():
            self._known[name][key(value(empty))] = 0
            self._values[name].append(value(empty))
        self.add(records)

    def add(self, records: Iterable[Record]) -> None:
        fields = [(v, k, self._known[n], self._values[n], self._ids[n]) for n, (v, k) in _VALUES.items()]
        for record in records:
            for value_of, key_of, known, values, ids in fields:
                value = value_of(record)
                key = key_of(value)
                place = known.get(key)
                if place is None:
                    place = known[key] = len(values)
                    values.append(value)
                ids.append(place)

    def column(self, name: str) -> Column:
        return Column(self._values[name], np.array(self._ids[name], dtype=np.int32))

    def frozen(self) -> "Frozen":
        return Frozen({name: self.column(name) for name in _VALUES})


@dataclass(frozen=True)
class Frozen:
    """Columns that are complete; compare() takes rows by their number.

    quick compares two columns in another way with the same result, which is worth its preparation for many pairs only.
    of_values are the values of the names and numbers as arrays; where they are given those columns need no values beside.
    """

    columns: Mapping[str, Column]
    quick: Mapping[tuple[str, str], Quick] | None = None
    of_values: Arrays | None = None

    def __len__(self) -> int:
        return len(self.columns["given"].ids)

    def arrays(self) -> Arrays:
        return self.of_values or arrays.of_values({name: column.values for name, column in self.columns.items()})

    def rows(self, kept: Numbers) -> "Frozen":
        columns = {name: Column(column.values, column.ids[kept]) for name, column in self.columns.items()}
        return replace(self, columns=columns)

    def compare(self, left: Numbers, right: Numbers) -> Compared:
        """The levels of all fields for the pairs (left[n], right[n]).

        Arguments: row numbers, two arrays of one length. Returns: Compared. Symmetric. Errors: none.
        """
        levels: dict[Field, Small] = {}
        rarities: dict[Field, Small] = {}
        found = self._names(left, right)
        for field, (name, compare) in _PLAIN.items():
            found[field] = self._one(name, name, compare, left, right)
        for field in Field:
            levels[field], rarities[field] = found[field]
        return Compared(levels, rarities)

    def _one(
        self, first: str, second: str, compare: Callable[[Any, Any], Found], left: Numbers, right: Numbers
    ) -> tuple[Small, Small]:
        one, other = self.columns[first], self.columns[second]
        if self.quick and (found := self.quick.get((first, second))):
            return found(one.ids[left], other.ids[right])
        if len(left) <= FEW:
            return _of_few(one, other, compare, left, right)
        ids, others = one.ids[left].astype(np.int64), other.ids[right].astype(np.int64)
        if first == second:
            ids, others = np.minimum(ids, others), np.maximum(ids, others)
        both = (ids > 0) & (others > 0)
        levels = np.full(len(left), _MISSING, dtype=np.uint8)
        rarities = np.zeros(len(left), dtype=np.uint8)
        if not both.any():
            return levels, rarities
        size = len(other.values)
        keys, places = distinct(ids[both] * size + others[both])
        compared = [compare(one.values[key // size], other.values[key % size]) for key in keys.tolist()]
        levels[both] = np.array([CODE[level] for level, _ in compared], dtype=np.uint8)[places]
        rarities[both] = np.array([rarity for _, rarity in compared], dtype=np.uint8)[places]
        return levels, rarities

    def _names(self, left: Numbers, right: Numbers) -> dict[Field, tuple[Small, Small]]:
        """Family and given name; where neither box agrees, and where a box is empty, they are compared across the boxes."""
        family = self._one("family", "family", comparisons.names, left, right)
        given = self._one("given", "given", comparisons.names, left, right)
        open_pairs = np.flatnonzero(~(is_in(family[0], MATCHING) & is_in(given[0], MATCHING)))
        crossed = [
            self._one(first, second, comparisons.names, left[open_pairs], right[open_pairs])
            for first, second in (("family", "given"), ("given", "family"))
        ]
        self._across(family, given, open_pairs, crossed)
        alias = self._aliases(left, right, is_in(family[0], ALIKE) & is_in(given[0], ALIKE))
        return {Field.FAMILY_NAME: family, Field.GIVEN_NAME: given, Field.ALIAS: alias}

    def _across(
        self, family: tuple[Small, Small], given: tuple[Small, Small], at: Numbers, crossed: list[tuple[Small, Small]]
    ) -> None:
        alike = [is_in(levels, MATCHING) for levels, _ in crossed]
        neither = ~is_in(family[0][at], MATCHING) & ~is_in(given[0][at], MATCHING)
        swapped = alike[0] & alike[1] & neither
        # Which of the two rows comes first must not show: the rarer word counts for the given name.
        for (levels, rarities), pick in ((family, np.minimum), (given, np.maximum)):
            levels[at[swapped]] = _OTHER_BOX
            rarities[at[swapped]] = pick(crossed[0][1], crossed[1][1])[swapped]
        # One name in the other's box: the whole name in one box, or a single name that is a given name to one.
        best = np.maximum(crossed[0][1] * alike[0], crossed[1][1] * alike[1])
        written = [is_in(levels, _WRITTEN) for levels, _ in crossed]
        once = (written[0] | written[1]) & ~swapped & ~is_in(given[0][at], MATCHING)
        given[0][at[once]] = _OTHER_BOX
        given[1][at[once]] = best[once]

    def _aliases(self, left: Numbers, right: Numbers, answered: Truths) -> tuple[Small, Small]:
        """Not asked where both names agree already."""
        has = self.columns["aliases"].ids > 0
        at = np.flatnonzero((has[left] | has[right]) & ~answered)
        levels = np.full(len(left), _MISSING, dtype=np.uint8)
        rarities = np.zeros(len(left), dtype=np.uint8)
        if not len(at):
            return levels, rarities
        sides = [(left[at], right[at]), (right[at], left[at])]
        for name in ("given", "family", "aliases"):
            for one, other in sides:
                found, rarity = self._one("aliases", name, comparisons.aliases, one, other)
                better = (found != _MISSING) & ((levels[at] == _MISSING) | (rarity > rarities[at]))
                levels[at[better]], rarities[at[better]] = found[better], rarity[better]
        return levels, rarities


def _of_few(
    one: Column, other: Column, compare: Callable[[Any, Any], Found], left: Numbers, right: Numbers
) -> tuple[Small, Small]:
    """As Frozen._one, of pairs so few that arrays would take longer to make than to fill."""
    known: dict[tuple[int, int], Found] = {}
    found = []
    for two in zip(one.ids[left].tolist(), other.ids[right].tolist(), strict=True):
        if two not in known:
            known[two] = compare(one.values[two[0]], other.values[two[1]]) if two[0] and two[1] else MISSING
        found.append(known[two])
    levels = np.array([CODE[level] for level, _ in found], dtype=np.uint8)
    return levels, np.array([rarity for _, rarity in found], dtype=np.uint8)


_PLAIN: dict[Field, tuple[str, Callable[[Any, Any], Found]]] = {
    Field.BIRTH_DATE: ("birth", comparisons.birth_dates),
    Field.SEX: ("sex", comparisons.codes),
    Field.NATIONALITY: ("nationalities", comparisons.nationalities),
    Field.PLACE: ("place", comparisons.names),
    Field.V_NUMBER: ("v_number", comparisons.numbers),
    Field.BSN: ("bsn", comparisons.numbers),
    Field.DOCUMENT: ("document", comparisons.numbers),
}
