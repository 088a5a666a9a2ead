"""Which pairs to ask a person about, the most useful first. It decides nothing."""

from collections.abc import Iterator, Set

import numpy as np

from intake.linkage.clusters import Member, Two
from intake.linkage.engine import Linked
from intake.linkage.fellegi_sunter import Parameters, Weights, chance
from intake.linkage.ragged import Numbers

Useful = Iterator[tuple[float, Two[Member]]]

# Weights have so many parts to a bit: sums of whole numbers are the same for every order of arrival.
PARTS = 10_000
# How much the mean of all pairs of two persons says of them, beside the pair that is most alike.
OF_MEAN = 2 / 3


def most_useful(linked: Linked[Member], decided: frozenset[Two[Member]]) -> list[Two[Member]]:
    """Undecided pairs in the order of what an answer is expected to change: the pairs of reports that come together or fall
    apart, times the chance of it.

    Two persons are asked about once, by a pair that looks alike if there is one, since that answer holds for the rest; not at
    all where people decided about two of their reports. Within a person the links are asked about that made it one.
    Errors: none. Source: expected value of information with pairwise error as the cost.
    """
    group_of = {member: number for number, group in enumerate(linked.clusters.groups) for member in group}
    groups = np.array([group_of[member] for member in linked.members], dtype=np.int64)
    answered = {frozenset((group_of[one], group_of[other])) for one, other in decided}
    followed = sorted(two for two in decided if group_of[two[0]] == group_of[two[1]])
    useful = [*_between(linked, groups, answered), *_within(linked, groups, followed)]
    return [two for _, two in sorted((-round(use, 6), two) for use, two in useful)]


def _between(linked: Linked[Member], groups: Numbers, answered: Set[frozenset[int]]) -> Useful[Member]:
    scored, sizes = linked.scored, np.bincount(groups)
    places = np.flatnonzero(groups[scored.left] != groups[scored.right])
    ends = np.sort([groups[scored.left[places]], groups[scored.right[places]]], axis=0)
    keys = ends[0] * len(sizes) + ends[1]
    order = np.lexsort((*_by_members(linked, places), -scored.weights[places], ~scored.apart[places], keys))
    places, keys = places[order], keys[order]
    two_groups, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    one, other = two_groups // len(sizes), two_groups % len(sizes)
    reach = sizes[one] * sizes[other]
    use = reach * chance(_weights(scored.weights[places], inverse, reach))
    for place, group, another, value in zip(places[first].tolist(), one.tolist(), other.tolist(), use.tolist(), strict=True):
        if frozenset((group, another)) not in answered:
            yield value, linked.pair(place)


def _weights(weights: Weights, two_groups: Numbers, reach: Numbers) -> Weights:
    """For every two persons what their pairs say on the whole; a pair that was too light to be kept is unlike."""
    above = np.bincount(two_groups, np.rint((weights - Parameters.unlike) * PARTS), len(reach)) / PARTS
    best = np.full(len(reach), Parameters.unlike)
    np.maximum.at(best, two_groups, weights)
    found: Weights = OF_MEAN * (Parameters.unlike + above / reach) + (1 - OF_MEAN) * best
    return found


def _within(linked: Linked[Member], groups: Numbers, followed: list[Two[Member]]) -> Useful[Member]:
    """Decisions and the heaviest links first: what each of them brings together another link need not."""
    scored = linked.scored
    places = np.flatnonzero(groups[scored.left] == groups[scored.right])
    places = places[np.lexsort((*_by_members(linked, places), -scored.weights[places]))]
    doubt = 1 - chance(scored.weights[places])
    parts: dict[Member, set[Member]] = {}
    for two in followed:
        _brought_together(parts, two)
    for place, value in zip(places.tolist(), doubt.tolist(), strict=True):
        if reach := _brought_together(parts, linked.pair(place)):
            yield value * reach, linked.pair(place)


def _brought_together(parts: dict[Member, set[Member]], two: Two[Member]) -> int:
    """How many pairs of reports; 0 where the two were together already."""
    smaller, larger = sorted((parts.setdefault(member, {member}) for member in two), key=len)
    if smaller is larger:
        return 0
    reach = len(smaller) * len(larger)
    larger |= smaller
    parts.update(dict.fromkeys(smaller, larger))
    return reach


def _by_members(linked: Linked[Member], places: Numbers) -> tuple[Numbers, Numbers]:
    """Greater and lesser member by their order, so that between equal pairs the order of arrival does not decide."""
    rank = {member: number for number, member in enumerate(sorted(linked.members))}
    ranks = np.array([rank[member] for member in linked.members], dtype=np.int64)
    left, right = ranks[linked.scored.left[places]], ranks[linked.scored.right[places]]
    return np.maximum(left, right), np.minimum(left, right)
