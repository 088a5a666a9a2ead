"""Printed means as facts for the attack: a mean bounds the sum of what it is of, and so the counts by range.

With n the counts by range of one cell, low and high the ranges' ends, and S the sum over all who are counted: sum(low n) <= S
<= sum(high n), least sum(n) <= S <= largest sum(n) for a mean between least and largest, and S adds up where the counts do.
"""

from collections.abc import Iterable, Mapping, Sequence

from reports.disclosure.linking import INFINITE, Sum
from reports.disclosure.programme import Relation
from reports.disclosure.release import Key, Means


def facts(declared: Iterable[Means], keys: Sequence[Key], sums: Iterable[Sum]) -> tuple[int, tuple[Relation, ...]]:
    """How many columns of sums stand behind those of the keys, and all that the means tell of both."""
    places = {key: place for place, key in enumerate(keys)}
    rules, found, width = tuple(sums), list[Relation](), len(keys)
    for means in declared:
        columns = {cell: width + number for number, cell in enumerate(_cells(means, places))}
        width += len(columns)
        for cell, column in columns.items():
            found += _of_ranges(means, cell, column, places)
        for mean in means.values:
            if mean.cell in columns:
                found += _of_mean(mean.least, mean.largest, columns[mean.cell], _parts(means, mean.cell, places))
        found += _adding_up(means, columns, rules)
    return width - len(keys), tuple(found)


def _cells(means: Means, places: Mapping[Key, int]) -> list[Key]:
    """The cells of which all ranges are counted."""
    first = (means.dimension, means.ranges[0][0])
    wider = [Key(key.population, key.codes - {first}) for key in places if first in key.codes]
    return [cell for cell in wider if all(part in places for part in _by_range(means, cell))]


def _by_range(means: Means, cell: Key) -> list[Key]:
    return [Key(cell.population, cell.codes | {(means.dimension, code)}) for code, _low, _high in means.ranges]


def _parts(means: Means, cell: Key, places: Mapping[Key, int]) -> list[int]:
    return [places[key] for key in _by_range(means, cell)]


def _of_ranges(means: Means, cell: Key, column: int, places: Mapping[Key, int]) -> Iterable[Relation]:
    parts = _parts(means, cell, places)
    lows = ((place, -float(low)) for place, (_code, low, _high) in zip(parts, means.ranges, strict=True) if low)
    highs = ((place, float(high)) for place, (_code, _low, high) in zip(parts, means.ranges, strict=True))
    yield Relation((*lows, (column, 1.0)), 0.0, INFINITE)
    yield Relation((*highs, (column, -1.0)), 0.0, INFINITE)


def _of_mean(least: float, largest: float, column: int, parts: Sequence[int]) -> Iterable[Relation]:
    yield Relation((*((place, -least) for place in parts), (column, 1.0)), 0.0, INFINITE)
    yield Relation((*((place, largest) for place in parts), (column, -1.0)), 0.0, INFINITE)


def _adding_up(means: Means, columns: Mapping[Key, int], rules: Iterable[Sum]) -> Iterable[Relation]:
    """Told by what the counts of the first range add up to."""
    first = (means.dimension, means.ranges[0][0])
    for one in rules:
        if not one.complete or first not in one.whole.codes:
            continue
        cells = [Key(key.population, key.codes - {first}) for key in (one.whole, *one.parts) if first in key.codes]
        if len(cells) == 1 + len(one.parts) and all(cell in columns for cell in cells):
            whole, *parts = (columns[cell] for cell in cells)
            yield Relation(((whole, 1.0), *((part, -1.0) for part in parts)))
