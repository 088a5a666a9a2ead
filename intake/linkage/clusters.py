"""Pairs to persons: constrained agglomeration. Never joins two that must stay apart, whichever third they share.

A pure function of the pairs and decisions: neither the order of arrival nor earlier results matter.
"""

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import product
from math import fsum
from typing import Any, Generic, Protocol, TypeVar


class Sortable(Hashable, Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


Member = TypeVar("Member", bound=Sortable)
Two = tuple[Member, Member]


@dataclass(frozen=True)
class Links(Generic[Member]):
    """What is known of one candidate component; the first of each two is the lesser.

    weights: match weights in bits of the pairs that are linked automatically or asked about and not decided; automatic: those
    of them that link by themselves. same, different: people's decisions. apart: pairs that look alike and were not found
    different; they are kept apart until they are decided to be the same.
    """

    weights: Mapping[Two[Member], float] = field(default_factory=dict)
    automatic: frozenset[Two[Member]] = frozenset()
    same: frozenset[Two[Member]] = frozenset()
    different: frozenset[Two[Member]] = frozenset()
    apart: frozenset[Two[Member]] = frozenset()


@dataclass(frozen=True)
class Clusters(Generic[Member]):
    """groups: the persons, each a set of contributions, in order of their least member. held_back: links that were not made
    because they would join what must stay apart, were not clearly ahead of one that contradicts them, or because the other
    pairs of the two groups speak against them.
    """

    groups: tuple[frozenset[Member], ...]
    held_back: frozenset[Two[Member]]


@dataclass(frozen=True)
class Rules:
    """lead: bits that a link must be ahead of one that contradicts it. support: the mean weight that all pairs of two groups
    must reach; unlike: what a pair counts that shared no token or was too light to be kept.
    """

    lead: float
    support: float
    unlike: float


def ordered(one: Member, other: Member) -> Two[Member]:
    return (one, other) if one < other else (other, one)


def unite(members: Iterable[Member], links: Links[Member], rules: Rules) -> Clusters[Member]:
    """The persons among the members.

    Decisions 'same' are followed first, then automatic links from the heaviest down; a link that would bring together two
    that are apart is held back, and one of which the groups agree too little on the whole. Of two automatic links from one
    contribution to two that are apart, the lighter is held back, and the heavier too when it is not ahead by lead. A decision
    'same' about two that look alike holds for all reports of the persons that the two would be without it.
    Arguments: every id of links is a member. Returns: Clusters over all members. Errors: none.
    Source: agglomeration by average linkage in the order of Kruskal (1956); the lead over the runner-up is CRATE's (2023).
    """
    known = list(members)
    union, held_back = _united(known, _with_answers(known, links, rules), rules)
    held_back -= {pair for pair in held_back if union.together(pair)}
    return Clusters(groups=union.groups(), held_back=frozenset(held_back))


def _with_answers(members: list[Member], links: Links[Member], rules: Rules) -> Links[Member]:
    """Of two look-alikes decided to be one person, the other reports of the two no longer wait for a decision either."""
    answered = links.same & links.apart
    if not answered:
        return links
    union, _ = _united(members, replace(links, same=links.same - answered), rules)
    lifted = {ordered(*two) for pair in answered for two in product(union.group(pair[0]), union.group(pair[1]))}
    return replace(links, apart=links.apart - lifted)


def _united(members: Iterable[Member], links: Links[Member], rules: Rules) -> tuple["_Union[Member]", set[Two[Member]]]:
    outdone = _outdone(links, rules.lead)
    union = _Union(members, links, rules)
    held_back = {pair for pair in sorted(links.same) if not union.follow(pair)}
    by_weight = sorted(links.automatic, key=lambda pair: (-links.weights[pair], pair))
    return union, held_back | {pair for pair in by_weight if pair in outdone or not union.join(pair)}


class _Union(Generic[Member]):
    """Disjoint sets that know which members may not meet. Merges the smaller into the larger."""

    def __init__(self, members: Iterable[Member], links: Links[Member], rules: Rules) -> None:
        self._links, self._rules = links, rules
        self._set_of = {member: {member} for member in members}
        self._voice: dict[Member, Member] = {}
        self._partners: dict[Member, set[Member]] = {}
        for first, second in links.different | links.apart:
            self._partners.setdefault(first, set()).add(second)
            self._partners.setdefault(second, set()).add(first)

    def together(self, pair: Two[Member]) -> bool:
        return self._set_of[pair[0]] is self._set_of[pair[1]]

    def follow(self, pair: Two[Member]) -> bool:
        """A decision 'same': only another decision stands in its way."""
        smaller, larger = self._two(pair)
        followed = smaller is larger or self._merged(smaller, larger, self._links.different)
        if followed:
            self._voice.update(dict.fromkeys(self._set_of[pair[0]], min(self._set_of[pair[0]])))
        return followed

    def join(self, pair: Two[Member]) -> bool:
        """False, and nothing changes, where two that are apart would come together or too little agrees."""
        smaller, larger = self._two(pair)
        if smaller is larger:
            return True
        if len(larger) > 1 and self._mean(smaller, larger) < self._rules.support:
            return False
        return self._merged(smaller, larger, None)

    def group(self, member: Member) -> Set[Member]:
        return self._set_of[member]

    def groups(self) -> tuple[frozenset[Member], ...]:
        distinct = {id(group): group for group in self._set_of.values()}
        return tuple(sorted((frozenset(group) for group in distinct.values()), key=min))

    def _two(self, pair: Two[Member]) -> tuple[set[Member], set[Member]]:
        one, other = self._set_of[pair[0]], self._set_of[pair[1]]
        return (one, other) if len(one) <= len(other) else (other, one)

    def _mean(self, smaller: set[Member], larger: set[Member]) -> float:
        """Those decided to be one person speak with one voice, that of whoever is most alike: they may differ much."""
        weights, unlike, voice = self._links.weights, self._rules.unlike, self._voice
        found: dict[tuple[Member, Member], float] = {}
        for one, other in product(smaller, larger):
            voices = voice.get(one, one), voice.get(other, other)
            weight = weights.get(ordered(one, other), unlike)
            found[voices] = max(weight, found.get(voices, weight))
        # Exact, so that no order of sets shows in the last bit.
        return fsum(found.values()) / len(found)

    def _merged(self, smaller: set[Member], larger: set[Member], barred: frozenset[Two[Member]] | None) -> bool:
        for one in smaller:
            for other in self._partners.get(one, set()) & larger:
                if barred is None or ordered(one, other) in barred:
                    return False
        larger |= smaller
        self._set_of.update(dict.fromkeys(smaller, larger))
        return True


def _outdone(links: Links[Member], lead: float) -> set[Two[Member]]:
    """Automatic links from one contribution to two that are apart, save the one that is clearly ahead."""
    neighbours: dict[Member, set[Member]] = {}
    for first, second in links.automatic:
        neighbours.setdefault(first, set()).add(second)
        neighbours.setdefault(second, set()).add(first)
    found: set[Two[Member]] = set()
    for one, other in links.different | links.apart:
        for shared in neighbours.get(one, set()) & neighbours.get(other, set()):
            rivals = ordered(shared, one), ordered(shared, other)
            heaviest = max(links.weights[rival] for rival in rivals)
            near = abs(links.weights[rivals[0]] - links.weights[rivals[1]]) < lead
            found.update(rivals if near else (rival for rival in rivals if links.weights[rival] < heaviest))
    return found
