"""Blanks single values until every combination is shared by enough rows, and as few of them as it finds.

Rows that too few share are blanked in the same columns together, so that they become alike; where they are too few even then,
rows of large classes are blanked with them. The cheapest such group (blanked values for each row that it helps) goes first.
No row is removed. The smallest number of blanks is a hard problem; tests compare with all possibilities on small tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reports.disclosure.microdata.rows import BLANK, Codes, keys, sizes

Mask = NDArray[np.bool_]
# Groups this much dearer than the cheapest are taken in the same step, in blanked values per row.
_ALIKE = 0.25


class TooFewRowsError(ValueError):
    """There are fewer rows than must be alike, so that nothing makes them safe."""


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


def suppress(codes: Codes, k: int, allowed: Sequence[int] | None = None) -> Codes:
    """The same rows (shape (rows, columns)) with BLANK where needed: each is equal to at least k - 1 others.

    allowed: the columns that may be blanked; the others must be shared by k rows as they are. Raises TooFewRowsError.
    """
    if 0 < len(codes) < k:
        raise TooFewRowsError
    found = codes.copy()
    columns = tuple(range(codes.shape[1])) if allowed is None else tuple(allowed)
    patterns = [chosen for size in range(1, len(columns) + 1) for chosen in combinations(columns, size)]
    while (sizes(found) < k).any():
        _step(found, patterns, k)
    return found


def _step(codes: Codes, patterns: Sequence[tuple[int, ...]], k: int) -> None:
    size = sizes(codes)
    options = [_groups(codes, size, pattern, k) for pattern in patterns]
    cheapest = min((float(option.cost.min(initial=np.inf)) for option in options), default=np.inf)
    if not np.isfinite(cheapest):
        raise TooFewRowsError
    best = max(options, key=lambda option: option.rows_at(cheapest + _ALIKE))
    _blank(codes, size < k, best, cheapest + _ALIKE)


def _groups(codes: Codes, size: Codes, pattern: tuple[int, ...], k: int) -> _Groups:
    """What blanking these columns would do: with rows that are blank there already, and with some of large classes."""
    merged = codes.copy()
    merged[:, pattern] = BLANK
    key = np.unique(keys(merged), return_inverse=True)[1].astype(np.int64)
    number = int(key.max(initial=-1)) + 1
    there, small = (codes == merged).all(axis=1), size < k
    helped = np.bincount(key[small & ~there], minlength=number)
    blank_already = np.bincount(key[there], minlength=number)
    large = ~small & ~there
    spare = large & (size > k) & (_place_in_group(keys(codes), np.ones(len(codes), np.bool_)) >= k)
    wanted = np.maximum(0, k - helped - blank_already)
    spared = np.bincount(key[spare], minlength=number) >= wanted
    whole = _smallest_class(codes, size, key, large)
    joining = np.where(spared, wanted, np.bincount(key[whole], minlength=number))
    gained = helped + np.where(blank_already < k, blank_already, 0)
    possible = (gained > 0) & (spared | (joining > 0))
    cost = np.where(possible, len(pattern) * (helped + joining) / np.maximum(gained, 1), np.inf)
    first = spare & (_place_in_group(key, spare) < wanted[key])
    return _Groups(pattern, key, cost, np.where(possible, gained, 0), joining, first & spared[key], whole & ~spared[key])


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
