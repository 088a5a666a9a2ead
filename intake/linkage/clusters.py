"""Pairs to persons: constrained union. Never joins two that must stay apart, whichever third they share.

A pure function of the pairs and decisions: neither the order of arrival nor earlier results matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

Two = tuple[UUID, UUID]


@dataclass(frozen=True)
class Links:
    """What is known of one candidate component; the first of each two is the lesser.

    automatic: links with their match weight. same, different: people's decisions. apart: pairs that look alike and wait for
    a decision; they are kept apart until then.
    """

    automatic: Mapping[Two, float] = field(default_factory=dict)
    same: frozenset[Two] = frozenset()
    different: frozenset[Two] = frozenset()
    apart: frozenset[Two] = frozenset()


@dataclass(frozen=True)
class Clusters:
    """groups: the persons, each a set of contributions, in order of their least member. held_back: links that were not made
    because they would join what must stay apart, or were not clearly ahead of one that contradicts them.
    """

    groups: tuple[frozenset[UUID], ...]
    held_back: frozenset[Two]


def ordered(one: UUID, other: UUID) -> Two:
    return (one, other) if one < other else (other, one)


def unite(members: Iterable[UUID], links: Links, *, lead: float) -> Clusters:
    """The persons among the members.

    Decisions 'same' are followed first, then automatic links from the heaviest down; a link that would bring together two
    that are apart is held back. Of two automatic links from one contribution to two that are apart, the lighter is held back,
    and the heavier too when it is not ahead by lead.
    Arguments: every id of links is a member. Returns: Clusters over all members. Errors: none.
    Source: constrained agglomeration in the order of Kruskal (1956); the lead over the runner-up is CRATE's (2023).
    """
    outdone = _outdone(links, lead)
    union = _Union(members, links.different | links.apart)
    held_back = {pair for pair in sorted(links.same) if not union.join(pair, links.different)}
    by_weight = sorted(links.automatic, key=lambda pair: (-links.automatic[pair], pair))
    held_back |= {pair for pair in by_weight if pair in outdone or not union.join(pair, union.apart)}
    held_back -= {pair for pair in held_back if union.together(pair)}
    return Clusters(groups=union.groups(), held_back=frozenset(held_back))


class _Union:
    """Disjoint sets that know which members may not meet. Merges the smaller into the larger."""

    def __init__(self, members: Iterable[UUID], apart: frozenset[Two]) -> None:
        self.apart = apart
        self._set_of = {member: {member} for member in members}
        self._partners: dict[UUID, set[UUID]] = {}
        for first, second in apart:
            self._partners.setdefault(first, set()).add(second)
            self._partners.setdefault(second, set()).add(first)

    def together(self, pair: Two) -> bool:
        return self._set_of[pair[0]] is self._set_of[pair[1]]

    def join(self, pair: Two, barred: frozenset[Two]) -> bool:
        """False, and nothing changes, where a barred pair would come together."""
        smaller, larger = sorted((self._set_of[pair[0]], self._set_of[pair[1]]), key=len)
        if smaller is larger:
            return True
        if any(ordered(one, other) in barred for one in smaller for other in self._partners.get(one, set()) & larger):
            return False
        larger |= smaller
        self._set_of.update(dict.fromkeys(smaller, larger))
        return True

    def groups(self) -> tuple[frozenset[UUID], ...]:
        distinct = {id(group): group for group in self._set_of.values()}
        return tuple(sorted((frozenset(group) for group in distinct.values()), key=min))


def _outdone(links: Links, lead: float) -> set[Two]:
    """Automatic links from one contribution to two that are apart, save the one that is clearly ahead."""
    neighbours: dict[UUID, set[UUID]] = {}
    for first, second in links.automatic:
        neighbours.setdefault(first, set()).add(second)
        neighbours.setdefault(second, set()).add(first)
    found: set[Two] = set()
    for one, other in links.different | links.apart:
        for shared in neighbours.get(one, set()) & neighbours.get(other, set()):
            rivals = ordered(shared, one), ordered(shared, other)
            heaviest = max(links.automatic[rival] for rival in rivals)
            found.update(rivals if _near(rivals, links, lead) else (r for r in rivals if links.automatic[r] < heaviest))
    return found - links.same


def _near(rivals: tuple[Two, Two], links: Links, lead: float) -> bool:
    return abs(links.automatic[rivals[0]] - links.automatic[rivals[1]]) < lead
