"""Pairs to persons: constrained agglomeration. Never joins two that must stay apart, whichever third they share.

A pure function of the pairs and decisions: neither the order of arrival nor earlier results matter.
"""

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Generic, Protocol, TypeVar


class Sortable(Hashable, Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


Member = TypeVar("Member", bound=Sortable)
Two = tuple[Member, Member]


@dataclass(frozen=True)
class Links(Generic[Member]):
    """What is known of one candidate component; the first of each two is the lesser.

    weights: match weights in bits of the pairs that are linked automatically or asked about and not decided; automatic: those
    of them that link by themselves. same, different: people's decisions. apart: pairs that were not found different and are
    kept apart until they are decided to be the same; conflicting: those of them whose numbers differ.
    """

    weights: Mapping[Two[Member], float] = field(default_factory=dict)
    automatic: frozenset[Two[Member]] = frozenset()
    same: frozenset[Two[Member]] = frozenset()
    different: frozenset[Two[Member]] = frozenset()
    apart: frozenset[Two[Member]] = frozenset()
    conflicting: frozenset[Two[Member]] = frozenset()


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
    'same' about two that are apart holds for all reports of the persons that the two would be without it, but for numbers that
    differ: those only where it was about two such numbers.
    Arguments: every id of links is a member. Returns: Clusters over all members. Errors: none. Cost: a link that is refused
    costs the same however large the two persons are.
    Source: agglomeration by average linkage in the order of Kruskal (1956); the lead over the runner-up is CRATE's (2023).
    """
    known = list(members)
    union, held_back = _united(known, _with_answers(known, links, rules), rules)
    held_back -= {pair for pair in held_back if union.together(pair)}
    return Clusters(groups=union.groups(), held_back=frozenset(held_back))


def _with_answers(members: list[Member], links: Links[Member], rules: Rules) -> Links[Member]:
    """Of two set apart and decided to be one person, the other reports of both no longer wait for a decision either."""
    answered = links.same & links.apart
    if not answered:
        return links
    union, _ = _united(members, replace(links, same=links.same - answered), rules)
    lifted: set[Two[Member]] = set()
    for pair in answered:
        rest = {ordered(*two) for two in product(union.group(pair[0]), union.group(pair[1]))}
        lifted |= rest if pair in links.conflicting else rest - links.conflicting
    return replace(links, apart=links.apart - lifted)


def _united(members: Iterable[Member], links: Links[Member], rules: Rules) -> tuple["_Union[Member]", set[Two[Member]]]:
    outdone = _outdone(links, rules.lead)
    union = _Union(members, links.different)
    held_back = {pair for pair in sorted(links.same) if not union.join(pair)}
    union.weigh(links, rules)
    by_weight = sorted(links.automatic, key=lambda pair: (-links.weights[pair], pair))
    return union, held_back | {pair for pair in by_weight if pair in outdone or not union.join(pair)}


class _Union(Generic[Member]):
    """Disjoint sets that know which other sets they may not meet and, once weighed, how well they agree with which."""

    def __init__(self, members: Iterable[Member], barred: Iterable[Two[Member]]) -> None:
        self._set_of = {member: _Set({member}) for member in members}
        self._support: int | None = None
        self._unlike = 0
        self._bar(barred)

    def weigh(self, links: Links[Member], rules: Rules) -> None:
        """From here on look-alikes may not meet, and two sets must agree on the whole.

        Whoever is together by now was decided to be: they may differ much, and speak with one voice, that of whoever is most
        alike.
        """
        self._bar(links.apart)
        self._support, self._unlike = _exact(rules.support), _exact(rules.unlike)
        found: dict[_Set[Member], dict[_Set[Member], list[int]]] = {}
        for (first, second), weight in links.weights.items():
            one, other = self._set_of[first], self._set_of[second]
            if len(one.members) == len(other.members) == 1:
                one.agreed[other] = other.agreed[one] = (_exact(weight), 1)
            elif one is not other:
                for here, there in ((one, other), (other, one)):
                    found.setdefault(here, {}).setdefault(there, []).append(_exact(weight))
        for one, others in found.items():
            for other, weights in others.items():
                whole = len(weights) == len(one.members) * len(other.members)
                one.agreed[other] = (max(weights) if whole else max(*weights, self._unlike), 1)

    def together(self, pair: Two[Member]) -> bool:
        return self._set_of[pair[0]] is self._set_of[pair[1]]

    def join(self, pair: Two[Member]) -> bool:
        """False, and nothing changes, where two that are apart would come together or too little agrees."""
        one, other = self._set_of[pair[0]], self._set_of[pair[1]]
        if one is other:
            return True
        if other in one.barred or not self._agree(one, other):
            return False
        smaller, larger = (one, other) if one.size() <= other.size() else (other, one)
        larger.take(smaller)
        self._set_of.update(dict.fromkeys(smaller.members, larger))
        if self._support is None:
            larger.voices = 1
        return True

    def group(self, member: Member) -> Set[Member]:
        return self._set_of[member].members

    def groups(self) -> tuple[frozenset[Member], ...]:
        distinct = {id(group): group.members for group in self._set_of.values()}
        return tuple(sorted((frozenset(group) for group in distinct.values()), key=min))

    def _bar(self, pairs: Iterable[Two[Member]]) -> None:
        for first, second in pairs:
            one, other = self._set_of[first], self._set_of[second]
            if one is not other:
                one.barred.add(other)
                other.barred.add(one)

    def _agree(self, one: "_Set[Member]", other: "_Set[Member]") -> bool:
        if self._support is None or len(one.members) == len(other.members) == 1:
            return True
        total, counted = one.agreed.get(other, (0, 0))
        pairs = one.voices * other.voices
        return total + self._unlike * (pairs - counted) >= self._support * pairs


class _Set(Generic[Member]):
    """One group: whom it may not meet, and with every other that it shares pairs with the sum of their weights, and how many.

    Both are kept on either side, so that the group that is taken in only touches its own neighbours.
    """

    __slots__ = ("agreed", "barred", "members", "voices")

    def __init__(self, members: set[Member]) -> None:
        self.members, self.voices = members, 1
        self.barred: set[_Set[Member]] = set()
        self.agreed: dict[_Set[Member], tuple[int, int]] = {}

    def size(self) -> int:
        return len(self.members) + len(self.barred) + len(self.agreed)

    def take(self, other: "_Set[Member]") -> None:
        self.members |= other.members
        self.voices += other.voices
        for third in other.barred:
            third.barred.discard(other)
            third.barred.add(self)
        self.barred |= other.barred
        self.agreed.pop(other, None)
        other.agreed.pop(self, None)
        for third, (total, counted) in other.agreed.items():
            del third.agreed[other]
            known = self.agreed.get(third, (0, 0))
            self.agreed[third] = third.agreed[self] = (known[0] + total, known[1] + counted)


def _exact(weight: float) -> int:
    """In ten-thousandths of a bit, which weights are rounded to: sums do not depend on the order."""
    return round(weight * 10_000)


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


@dataclass(frozen=True)
class Difference(Generic[Member]):
    """Of two groupings of the same members: how many groups are the same, and what differs, each part with all it touches."""

    same: int
    differing: tuple[frozenset[Member], ...]


def difference(one: Iterable[frozenset[Member]], other: Iterable[frozenset[Member]]) -> Difference[Member]:
    """What differs between two groupings. A differing part holds whole groups of both. Errors: none."""
    first, second = set(one), set(other)
    union: _Union[Member] = _Union({member for group in first ^ second for member in group}, ())
    for group in first ^ second:
        ends = sorted(group)
        for member in ends[1:]:
            union.join((ends[0], member))
    return Difference(len(first & second), union.groups())
