"""The attack: which counts an outsider cannot rule out, from everything that is out together.

For every protected cell a linear programme finds the least and the largest count that fits all tables, what their protection
lets through and how they hang together (interval attack: Hundepool and others, Handbook on Statistical Disclosure Control,
chapter 4; Chin, Security problems on inference control, 1986). Exactly one count that fits is exact, three or fewer is near.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from reports.disclosure.linking import INFINITE, Linked, link, sums
from reports.disclosure.means import facts
from reports.disclosure.programme import NoSolutionError, Numbers, Programme, Relation
from reports.disclosure.release import BadReleaseError, Fact, Groups, Key, Release

EXACT, NEAR = 1, 3
# Glances go on while two of them leave less than this share of what was left.
HELPS = 0.95
# What the solver calls equal.
TOLERANCE = 1e-6
DO_NOT_FIT = "No counts fit these tables together; they show counts of different moments, or a number in them is wrong."


@dataclass(frozen=True)
class Fits:
    """The least and the largest whole number that an outsider cannot rule out; None where nothing bounds it."""

    key: Key
    least: int | None
    largest: int | None

    @property
    def numbers(self) -> float:
        return INFINITE if self.least is None or self.largest is None else self.largest - self.least + 1


@dataclass(frozen=True)
class Recovered:
    """attacked: how many numbers were. exact and near: those of which the attack leaves 1, and 2 or 3."""

    attacked: int
    exact: tuple[Fits, ...]
    near: tuple[Fits, ...]

    @property
    def nothing(self) -> bool:
        return not self.exact and not self.near


@dataclass(frozen=True)
class Known:
    """What an outsider knows of numbers: bounds of shape (n,) and relations between them.

    names: None for a sum of ages or the like, which helps to find counts and is none.
    """

    names: tuple[Key | None, ...]
    lower: Numbers
    upper: Numbers
    relations: tuple[Relation, ...]

    def open(self) -> list[int]:
        """The places of counts of which the print does not tell one number."""
        return [place for place in np.flatnonzero(self.upper > self.lower).tolist() if self.names[place] is not None]


def attack(releases: Sequence[Release], *, whole: bool = False, small_only: bool = True) -> Recovered:
    """Attack releases that show the same counts, together.

    small_only: a finding counts only where a small count is among what fits. whole: ask of every cell by an integer programme
    instead, which finds what lies between linear and whole; dear. Raises BadReleaseError where no counts fit.
    """
    known = known_of(releases)
    protected = known.open()
    found = narrow(known, protected, whole=whole)
    threshold = max(release.threshold for release in releases)
    if small_only:
        found = [fits for fits in found if _may_be_small(fits, threshold)]
    return recovered(len(protected), found)


def attack_difference(earlier: Release, later: Release, *, only_more: bool, most: float = INFINITE) -> Recovered:
    """What the difference between two moments tells of those who came or went in between.

    only_more: the outsider takes it that nobody was withdrawn, so that no count went down. most: the outsider knows that no
    more than so many person-years differ, each of which moves a count by one at most; then what that tells of the counts
    themselves is asked too. A difference that can only be zero is of nobody. Raises BadReleaseError where no counts fit.
    """
    before, after = known_of([earlier]), known_of([later])
    both = {key for key in before.names if key is not None} & set(after.names)
    shared = sorted(both, key=lambda key: (key.population, sorted(key.codes)))
    moves = _moves(earlier.groups + later.groups, shared, most)
    known = _with_differences(before, after, shared, (np.zeros(len(shared)) if only_more else -moves, moves))
    first = len(before.names) + len(after.names)
    threshold = max(earlier.threshold, later.threshold)
    found = narrow(known, range(first, first + len(shared)), of_somebody=True)
    telling = [fits for fits in found if _of_few(fits, threshold)]
    counts = [] if most == INFINITE else [place for place in known.open() if place < first]
    telling += [fits for fits in narrow(known, counts) if _may_be_small(fits, threshold)]
    return recovered(len(shared) + len(counts), telling)


def known_of(releases: Sequence[Release]) -> Known:
    """What releases of the same counts tell together; of means only where they fit: some may be of fewer than are counted."""
    together = merged(releases)
    linked = link(together)
    lower, upper = bounds(releases, linked)
    known = Known(linked.keys, lower, upper, (*linked.relations, *_from_elsewhere(together.facts, linked)))
    with_means = _with_means(known, linked.keys, together)
    return with_means if with_means is not known and _fit(with_means) else known


def fit(release: Release) -> bool:
    """Whether any counts fit all that is printed and all facts from elsewhere."""
    return _fit(known_of([release]))


def _from_elsewhere(facts: Sequence[Fact], linked: Linked) -> Iterator[Relation]:
    """A fact of a cell that stands in no table is of nothing that is asked."""
    places = linked.places()
    for fact in facts:
        if all(cell in places for cell in fact.cells):
            yield Relation(
                tuple((place, 1.0) for place in sorted(places[cell] for cell in fact.cells)), fact.least, fact.largest
            )


def _with_means(known: Known, keys: Sequence[Key], together: Release) -> Known:
    if not any(one.values for one in together.means):
        return known
    more, relations = facts(together.means, keys, sums(together))
    return Known(
        (*known.names, *(None for _ in range(more))),
        np.concatenate([known.lower, np.zeros(more)]),
        np.concatenate([known.upper, np.full(more, INFINITE)]),
        (*known.relations, *relations),
    )


def _fit(known: Known) -> bool:
    if np.any(known.lower > known.upper):
        return False
    try:
        Programme(known.lower, known.upper, known.relations).minimise(np.zeros(known.lower.size))
    except NoSolutionError as error:
        return error.unbounded
    return True


def bounds(releases: Sequence[Release], linked: Linked) -> tuple[Numbers, Numbers]:
    """What each printed number alone tells of its count, each of shape (cells,)."""
    places = linked.places()
    lower, upper = np.zeros(len(places)), np.full(len(places), INFINITE)
    for table in (table for release in releases for table in release.tables):
        reach = table.rounding.reach if table.rounding else 0
        for key, cell in table.named():
            place = places[key]
            if cell.structural:
                upper[place] = 0.0
            elif cell.value is not None:
                lower[place] = max(lower[place], cell.value - reach)
                upper[place] = min(upper[place], cell.value + reach)
    return lower, upper


def narrow(known: Known, asked: Sequence[int], *, whole: bool = False, of_somebody: bool = False) -> list[Fits]:
    """Of the numbers asked, those of which few fit. A number that other solutions showed far apart is not asked for itself.

    of_somebody: nor one that was seen to be zero, as it need not be of anybody.
    """
    return [fits for fits in _fits(known, asked, whole=whole, of_somebody=of_somebody) if fits.numbers <= NEAR]


def recovered(attacked: int, found: Sequence[Fits]) -> Recovered:
    exact = tuple(fits for fits in found if fits.numbers == EXACT)
    return Recovered(attacked, exact, tuple(fits for fits in found if fits.numbers > EXACT))


def merged(releases: Sequence[Release]) -> Release:
    """Releases that show the same counts, as one."""
    return replace(
        releases[0],
        tables=tuple(table for release in releases for table in release.tables),
        groups=tuple(dict.fromkeys(one for release in releases for one in release.groups)),
        populations=tuple(dict.fromkeys(pair for release in releases for pair in release.populations)),
        means=tuple(dict.fromkeys(one for release in releases for one in release.means)),
        facts=tuple(dict.fromkeys(one for release in releases for one in release.facts)),
    )


def _moves(groups: Sequence[Groups], shared: Sequence[Key], most: float) -> Numbers:
    """By how much each count can differ; a sum over codes of which one person-year has several, by any number."""
    several = {(one.dimension, code) for one in groups if one.several for code in one.members}
    return np.array([INFINITE if key.codes & several else most for key in shared])


def _with_differences(before: Known, after: Known, shared: Sequence[Key], moves: tuple[Numbers, Numbers]) -> Known:
    """The numbers of both moments, and behind them later less earlier of each that stands in both, within moves."""
    of_before, of_after = ({key: place for place, key in enumerate(one.names)} for one in (before, after))
    moved = len(before.names)
    first = moved + len(after.names)
    differences = (
        Relation(((of_before[key], 1.0), (moved + of_after[key], -1.0), (first + number, 1.0)))
        for number, key in enumerate(shared)
    )
    later = (
        Relation(tuple((moved + place, factor) for place, factor in one.terms), one.lower, one.upper) for one in after.relations
    )
    return Known(
        (*before.names, *after.names, *shared),
        np.concatenate([before.lower, after.lower, moves[0]]),
        np.concatenate([before.upper, after.upper, moves[1]]),
        (*before.relations, *later, *differences),
    )


def _fits(known: Known, asked: Sequence[int], *, whole: bool, of_somebody: bool) -> Iterator[Fits]:
    if np.any(known.lower > known.upper):
        raise BadReleaseError(DO_NOT_FIT)
    programme = Programme(known.lower, known.upper, known.relations, whole=whole)
    seen = _Seen(known.lower.size)
    try:
        seen.take(programme.minimise(np.zeros(programme.size)))
    except NoSolutionError:
        raise BadReleaseError(DO_NOT_FIT) from None
    settled = seen.wide_or_zero if of_somebody else seen.wide
    _glance(programme, seen, asked, settled)
    for place in asked:
        if settled(place):
            continue
        least = _extreme(programme, place, 1.0, known.lower[place], seen)
        if settled(place):
            continue
        largest = _extreme(programme, place, -1.0, known.upper[place], seen)
        name = known.names[place]
        if name is None:
            continue
        yield Fits(
            name,
            None if least == -INFINITE else int(np.ceil(least - TOLERANCE)),
            None if largest == INFINITE else int(np.floor(largest + TOLERANCE)),
        )


class _Seen:
    """The least and largest of each number over all solutions so far."""

    def __init__(self, size: int) -> None:
        self.least, self.largest = np.full(size, INFINITE), np.full(size, -INFINITE)

    def take(self, solution: Numbers) -> None:
        np.minimum(self.least, solution, out=self.least)
        np.maximum(self.largest, solution, out=self.largest)

    def wide(self, place: int) -> bool:
        if self.largest[place] < self.least[place]:
            return False
        return bool(np.floor(self.largest[place] + TOLERANCE) - np.ceil(self.least[place] - TOLERANCE) >= NEAR)

    def wide_or_zero(self, place: int) -> bool:
        """Between solutions on both sides of zero lies one at zero."""
        return bool(self.least[place] <= TOLERANCE and self.largest[place] >= -TOLERANCE) or self.wide(place)


def _glance(programme: Programme, seen: _Seen, asked: Sequence[int], settled: Callable[[int], bool]) -> None:
    """Solutions in a random direction, and in the opposite one, through all of the asked that are not settled yet: they settle
    most of them. As long as that helps.
    """
    random = np.random.default_rng(1)
    left, before = [place for place in asked if not settled(place)], INFINITE
    while left and len(left) <= HELPS * before:
        before = len(left)
        direction = np.zeros(programme.size)
        direction[left] = random.choice([-1.0, 1.0], size=len(left))
        for costs in (direction, -direction):
            _look(programme, seen, costs)
        left = [place for place in left if not settled(place)]


def _look(programme: Programme, seen: _Seen, costs: Numbers) -> None:
    with suppress(NoSolutionError):
        seen.take(programme.minimise(costs))


def _extreme(programme: Programme, place: int, sign: float, bound: float, seen: _Seen) -> float:
    """A solution at the bound of a number is the extreme, and was mostly seen: nothing is asked then."""
    if sign * (seen.least if sign > 0 else seen.largest)[place] <= sign * bound + TOLERANCE:
        return float(bound)
    costs = np.zeros(programme.size)
    costs[place] = sign
    try:
        solution = programme.minimise(costs)
    except NoSolutionError as error:
        if error.unbounded:
            return -sign * INFINITE
        raise BadReleaseError(DO_NOT_FIT) from None
    seen.take(solution)
    return float(solution[place])


def _may_be_small(fits: Fits, threshold: int) -> bool:
    return fits.least is not None and fits.least < threshold and (fits.largest is None or fits.largest > 0)


def _of_few(fits: Fits, threshold: int) -> bool:
    """A difference that is certainly of somebody, and of few."""
    if fits.least is None or fits.largest is None or fits.least <= 0 <= fits.largest:
        return False
    return max(abs(fits.least), abs(fits.largest)) < threshold + NEAR
