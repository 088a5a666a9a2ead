"""Suppression: small counts are left out, and as few others as keep whoever adds and subtracts from working them out.

For every cell that needs protection a linear programme finds the cheapest way in which all tables still add up while that
cell is larger by the protection width; the cells that move must be left out too, and move for nothing afterwards. A second
round keeps only those that are still needed. After Fischetti and Salazar-González (2001), Solving the cell suppression
problem on tabular data with linear constraints, Management Science 47, whose exact search takes minutes on linked tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reports.disclosure.linking import INFINITE, Linked, check, link, sums
from reports.disclosure.programme import NoSolutionError, Numbers, Programme, Relation
from reports.disclosure.release import Key, NotProtectableError, Release, name_of

# How far apart the least and the largest count that fit must be, also for somebody who knows one person of the cell.
WIDTH = 5
# A cell is left out for the number of cells; of equals the one that shows less. Zeros last: they are what readers miss most.
OF_ZERO = 4.0
MOVED = 1e-6


@dataclass(frozen=True)
class Suppressed:
    """primary: small counts; secondary: what is left out to protect them. Outside the two look alike."""

    release: Release
    primary: frozenset[Key]
    secondary: frozenset[Key]


def suppress_release(release: Release, *, width: int = WIDTH) -> Suppressed:
    """Tables in which no small count and no whole group can be worked out, to within width.

    Raises BadReleaseError where the tables contradict themselves, NotProtectableError where a small count cannot be protected.
    """
    counted = check(release)
    linked = link(release)
    values = np.array([float(counted[key]) for key in linked.keys])
    fixed = np.array([key in release.structural() for key in linked.keys])
    places = linked.places()
    primary = {place for place, value in enumerate(values) if 0 < value < release.threshold}
    groups = {places[key] for one in _one_category(release, counted) for key in one}
    search = _Search(linked, values, fixed, width)
    wanted = sorted(primary | groups, key=lambda place: (values[place], place))
    first = search.protect(wanted, out=primary)
    left_out = search.protect(wanted, out=primary, among=first)
    names = {place: linked.keys[place] for place in left_out}
    printed = {key: None if place in left_out else counted[key] for key, place in places.items()}
    secondary = frozenset(names[place] for place in left_out - primary)
    return Suppressed(release.printed(printed, None), frozenset(linked.keys[place] for place in primary), secondary)


def _one_category(release: Release, counted: dict[Key, int]) -> Iterator[Sequence[Key]]:
    """Lines in which all are in one cell: whoever is known to be in the line is known to be in the cell.

    The cell and one that could have held somebody must be open; a line of one code, or whose others are structural, tells
    nothing new.
    """
    structural = release.structural()
    for one in sums(release):
        parts = [part for part in one.parts if part not in structural]
        held = [part for part in parts if counted[part]]
        if one.complete and len(parts) > 1 and len(held) == 1:
            yield held[0], min((part for part in parts if not counted[part]), key=lambda key: sorted(key.codes))


class _Search:
    """Moves of all counts at once: what a cell gains and what it loses are columns, 2n of them."""

    def __init__(self, linked: Linked, values: Numbers, fixed: Numbers, width: int) -> None:
        self._size, self._width = values.size, width
        self._keys, self._fixed = linked.keys, fixed
        self._gain = np.where(fixed, 0.0, INFINITE)
        self._lose = np.where(fixed, 0.0, values)
        relations = [_moving(relation, values) for relation in linked.relations]
        self._programme = Programme(np.zeros(2 * self._size), np.concatenate([self._gain, self._lose]), relations)
        self._price = np.where(values > 0, 1.0 + np.log1p(values) / 100, OF_ZERO)

    def protect(self, wanted: Sequence[int], *, out: set[int], among: set[int] | None = None) -> set[int]:
        """The cells to leave out, so that each wanted one can be larger by the width; out: what is left out anyway.

        among: only these may be, so that a second round finds no more than the first.
        """
        left_out = set(out)
        price = self._price.copy()
        if among is not None:
            price[[place for place in range(self._size) if place not in among]] = 1e3
        price[list(left_out)] = 0.0
        for place in wanted:
            moved = self._move(place, price)
            left_out |= moved
            price[list(moved)] = 0.0
        return left_out

    def _move(self, place: int, price: Numbers) -> set[int]:
        """The cells of the cheapest move that makes one cell larger by the width."""
        if self._fixed[place]:
            return set()
        self._programme.bound(place, self._width, INFINITE)
        self._programme.bound(self._size + place, 0.0, 0.0)
        try:
            solution = self._programme.minimise(np.concatenate([price, price]))
        except NoSolutionError:
            raise NotProtectableError(
                f"{name_of(self._keys[place])} cannot be protected: everything around it is fixed; take its table out."
            ) from None
        self._programme.bound(place, 0.0, self._gain[place])
        self._programme.bound(self._size + place, 0.0, self._lose[place])
        moves = np.abs(solution[: self._size] - solution[self._size :])
        return set(np.flatnonzero(moves > MOVED).tolist())


def _moving(relation: Relation, values: Numbers) -> Relation:
    """The relation for what the counts move by."""
    now = float(sum(factor * values[place] for place, factor in relation.terms))
    size = values.size
    terms = (*relation.terms, *((size + place, -factor) for place, factor in relation.terms))
    return Relation(terms, relation.lower - now, relation.upper - now)
