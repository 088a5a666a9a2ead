"""Blanks single values until every combination is shared by enough persons, and as few of them as it finds.

Rows that too few persons share are blanked in the same columns together, so that they become alike; where those are too few
even then, rows of large classes are blanked with them. The cheapest such group (blanked values for each row that it helps) goes
first.
No row is removed. The smallest number of blanks is a hard problem; tests compare with all possibilities on small tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reports.disclosure.microdata.rows import BLANK, Codes, Mask, firsts, keys, sizes

# Groups this much dearer than the cheapest are taken in the same step, in blanked values per row.
_ALIKE = 0.25


class TooFewRowsError(ValueError):
    """There are fewer persons than must be alike, so that nothing makes them safe."""


@dataclass(frozen=True)
class _Groups:
    """Ways to blank one set of columns. For each group of rows that become alike: what each small row of it costs, how many
    small rows it helps, and how many rows of large classes must join. key[i] is the group of row i.

    whole[i]: row i is of the smallest large class of its group, which joins as a whole where too few rows can be spared.
    """

    columns: tuple[int, ...]
    key: Codes
    cost: NDArray[np.float64]
    small: Codes
    joining: Codes
    spared: Mask
    whole: Mask

    def rows_at(self, cost: float) -> int:
        return int(self.small[self.cost <= cost].sum())


def suppress(codes: Codes, persons: Codes, k: int, allowed: Sequence[int] | None = None) -> Codes:
    """The same rows (shape (rows, columns)) with BLANK where needed: each is equal to rows of at least k - 1 other persons.

    persons: whose row it is, as in Rows. allowed: the columns that may be blanked; the others must be shared by k persons as
    they are. Raises TooFewRowsError.
    """
    if 0 < len(np.unique(persons)) < k:
        raise TooFewRowsError
    found = codes.copy()
    columns = tuple(range(codes.shape[1])) if allowed is None else tuple(allowed)
    patterns = [chosen for size in range(1, len(columns) + 1) for chosen in combinations(columns, size)]
    while (sizes(found, persons) < k).any():
        _step(found, persons, patterns, k)
    return found


def _step(codes: Codes, persons: Codes, patterns: Sequence[tuple[int, ...]], k: int) -> None:
    size = sizes(codes, persons)
    options = [_groups(codes, persons, size, pattern, k) for pattern in patterns]
    cheapest = min((float(option.cost.min(initial=np.inf)) for option in options), default=np.inf)
    if not np.isfinite(cheapest):
        raise TooFewRowsError
    best = max(options, key=lambda option: option.rows_at(cheapest + _ALIKE))
    _blank(codes, size < k, best, cheapest + _ALIKE)


def _groups(codes: Codes, persons: Codes, size: Codes, pattern: tuple[int, ...], k: int) -> _Groups:
    """What blanking these columns would do: with rows that are blank there already, and with some of large classes."""
    merged = codes.copy()
    merged[:, pattern] = BLANK
    key = np.unique(keys(merged), return_inverse=True)[1].astype(np.int64)
    number = int(key.max(initial=-1)) + 1
    there, small = (codes == merged).all(axis=1), size < k
    helped = np.bincount(key[small & ~there], minlength=number)
    unsafe_there = np.bincount(key[small & there], minlength=number)
    large = ~small & ~there
    together = firsts(np.where(large, key + number, key), persons) & ~large
    wanted = np.maximum(0, k - np.bincount(key[together], minlength=number))
    spare = _new_persons(key, persons, large & (_place_of_person(keys(codes), persons) >= k), ~large)
    spared = np.bincount(key[spare], minlength=number) >= wanted
    whole = _smallest_class(codes, size, key, large)
    joining = np.where(spared, wanted, np.bincount(key[whole], minlength=number))
    gained = helped + unsafe_there
    possible = (gained > 0) & (spared | (joining > 0))
    cost = np.where(possible, len(pattern) * (helped + joining) / np.maximum(gained, 1), np.inf)
    first = spare & (_place_in_group(key, spare) < wanted[key])
    return _Groups(pattern, key, cost, np.where(possible, gained, 0), joining, first & spared[key], whole & ~spared[key])


def _new_persons(key: Codes, persons: Codes, among: Mask, present: Mask) -> Mask:
    """One row among these of each person of a group who has no row that is present in it; shape (rows,)."""
    number = int(persons.max(initial=0)) + 1
    pair = key * number + persons
    rows = np.flatnonzero(among)
    new = rows[~np.isin(pair[rows], pair[present])]
    chosen: Mask = np.zeros(len(key), np.bool_)
    chosen[new[firsts(key[new], persons[new])]] = True
    return chosen


def _place_of_person(key: Codes, persons: Codes) -> Codes:
    """The place of each row's person among those of its key, from 0; shape (rows,)."""
    number = int(persons.max(initial=0)) + 1
    _, first, pair = np.unique(key * number + persons, return_index=True, return_inverse=True)
    leading: Mask = np.zeros(len(key), np.bool_)
    leading[first] = True
    place: Codes = _place_in_group(key, leading)[first][pair]
    return place


def _smallest_class(codes: Codes, size: Codes, key: Codes, large: Mask) -> Mask:
    """The rows of the smallest of these classes in each group; shape (rows,)."""
    rows = np.flatnonzero(large)
    own = keys(codes)
    order = rows[np.lexsort((own[rows], size[rows], key[rows]))]
    starts = np.r_[True, key[order][1:] != key[order][:-1]] if len(order) else np.empty(0, np.bool_)
    chosen: Codes = np.full(int(key.max(initial=-1)) + 1, -1, np.int64)
    chosen[key[order[starts]]] = own[order[starts]]
    smallest: Mask = large & (own == chosen[key])
    return smallest


def _blank(codes: Codes, small: Mask, groups: _Groups, cost: float) -> None:
    taken = (np.isfinite(groups.cost) & (groups.cost <= cost))[groups.key]
    rows = np.flatnonzero(taken & (small | groups.spared | groups.whole))
    codes[rows[:, np.newaxis], groups.columns] = BLANK


def _place_in_group(key: Codes, among: Mask) -> Codes:
    """The place of each of these rows among those of its key, from 0; of other rows a large number. Shape (rows,)."""
    place: Codes = np.full(len(key), np.iinfo(np.int64).max, np.int64)
    rows = np.flatnonzero(among)
    order = rows[np.argsort(key[rows], kind="stable")]
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(order) else np.empty(0, np.int64)
    lengths = np.diff(np.append(starts, len(order)))
    place[order] = np.arange(len(order)) - np.repeat(starts, lengths)
    return place
