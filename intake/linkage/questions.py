"""Which pairs to ask a person about, the most useful first. It decides nothing."""

from collections.abc import Iterator

import numpy as np

from intake.linkage.clusters import Clusters, Member, Two, ordered
from intake.linkage.columns import Numbers
from intake.linkage.engine import Linked
from intake.linkage.fellegi_sunter import Weights, chance


def most_useful(linked: Linked[Member], decided: frozenset[Two[Member]]) -> list[Two[Member]]:
    """Undecided pairs, one for each two persons, in the order of what an answer is expected to change.

    What an answer changes: the pairs of reports that come together or fall apart, times the chance that the answer is not what
    the clusters say already. Links within a person are asked about too, its least certain one first. Errors: none.
    Source: expected value of information with pairwise error as the cost.
    """
    group_of = _groups(linked.clusters)
    order = np.lexsort((*_pairs_in_order(linked), -_usefulness(linked, group_of)))
    return list(_one_for_each_two_groups(linked, group_of, order.tolist(), decided))


def _pairs_in_order(linked: Linked[Member]) -> tuple[Numbers, Numbers]:
    """Greater and lesser member by their order, so that of equal use the order of arrival does not decide."""
    place = {member: number for number, member in enumerate(sorted(linked.members))}
    places = np.array([place[member] for member in linked.members], dtype=np.int64)
    left, right = places[linked.scored.left], places[linked.scored.right]
    return np.maximum(left, right), np.minimum(left, right)


def _groups(clusters: Clusters[Member]) -> dict[Member, int]:
    return {member: number for number, group in enumerate(clusters.groups) for member in group}


def _usefulness(linked: Linked[Member], group_of: dict[Member, int]) -> Weights:
    sizes = [len(group) for group in linked.clusters.groups]
    left, right = (
        [group_of[linked.members[row]] for row in rows.tolist()] for rows in (linked.scored.left, linked.scored.right)
    )
    same = chance(linked.scored.weights)
    together = np.array(left) == np.array(right)
    reach = np.array(
        [sizes[one] - 1 if one == other else sizes[one] * sizes[other] for one, other in zip(left, right, strict=True)]
    )
    found: Weights = np.where(together, 1 - same, same) * reach
    return found


def _one_for_each_two_groups(
    linked: Linked[Member], group_of: dict[Member, int], order: list[int], decided: frozenset[Two[Member]]
) -> Iterator[Two[Member]]:
    asked: set[tuple[int, int]] = set()
    for place in order:
        two = linked.pair(place)
        groups = ordered(group_of[two[0]], group_of[two[1]])
        within = groups[0] == groups[1]
        if two in decided or (not within and groups in asked):
            continue
        asked.add(groups)
        yield two
