"""All pairs of the register in portions by token, for as many workers as there are: which pairs a portion has, and which of
them are not stored as they would be made now.

A pair belongs to the least token that counts for it, and a token by its second byte, which is of a keyed digest and so as good
as drawn, to one of a power of two of portions. So every pair is compared once, by whichever worker. It changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from intake.linkage.clusters import ordered
from intake.linkage.engine import score_pairs
from intake.linkage.sharing import MARKS
from intake.matching import candidates, features, in_force, pairs
from intake.models.matching import Two

BYTES = 256
MOST = BYTES
# Contributions for one portion, up to as many portions as a byte has values: some seconds of work.
CONTRIBUTIONS = 1_000
# Holders looked at at once, and pairs compared at once: what it needs in memory.
HOLDERS_AT_ONCE = 20_000
PAIRS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Portion:
    """The tokens of one of so many portions, a power of two."""

    number: int
    many: int

    def holds(self, token: bytes) -> bool:
        return token[1] * self.many // BYTES == self.number

    def ranges(self) -> Iterator[tuple[bytes, bytes]]:
        """By kind, as they stand in the index: from the first to below the second."""
        width = BYTES // self.many
        first, behind = self.number * width, (self.number + 1) * width
        for mark in MARKS.values():
            yield bytes((mark, first)), (bytes((mark, behind)) if behind < BYTES else bytes((mark + 1,)))


def portions_for(contributions: int) -> int:
    return min(MOST, 1 << (max(contributions - 1, 0) // CONTRIBUTIONS).bit_length())


def differing(portion: Portion) -> frozenset[Two]:
    """The candidates of a portion that nobody decided about and that are not stored as they would be made, as far as can be
    seen without a lock: under it they have to be looked at again (still_differing).
    """
    owned: dict[Two, bytes] = {}
    for listed in _listed(portion):
        owners = candidates.owners(listed - owned.keys())
        owned |= {pair: token for pair, token in owners.items() if portion.holds(token)}
    # By token, so that who shares one is opened for all its pairs at once.
    asked = sorted(owned.keys() - pairs.decided_among(owned), key=lambda pair: (owned[pair], pair))
    return _differing(asked)


def still_differing(found: Iterable[Two]) -> frozenset[Two]:
    """Those of these that are candidates still and are still not stored as they would be made; see differing."""
    wanted = candidates.sharing_enough(found)
    return _differing(sorted(wanted - pairs.decided_among(wanted)))


def _listed(portion: Portion) -> Iterator[set[Two]]:
    """Whoever shares a token of the portion, for so many holders at a time."""
    listed: set[Two] = set()
    holders = 0
    for first, behind in portion.ranges():
        for found in candidates.blocks(first, behind):
            listed |= {ordered(*two) for two in combinations(found, 2)}
            holders += len(found)
            if holders >= HOLDERS_AT_ONCE:
                yield listed
                listed, holders = set(), 0
    yield listed


def _differing(asked: Sequence[Two]) -> frozenset[Two]:
    starts = range(0, len(asked), PAIRS_AT_ONCE)
    return frozenset().union(*(_differing_at_once(asked[start : start + PAIRS_AT_ONCE]) for start in starts))


def _differing_at_once(wanted: Sequence[Two]) -> set[Two]:
    records = features.load({end for pair in wanted for end in pair})
    readable = [pair for pair in wanted if pair[0] in records and pair[1] in records]
    scored = score_pairs(records, readable, in_force.parameters())
    made = {pair: pairs.kept_as(found) for pair, found in scored.items() if pairs.is_kept(pair, found)}
    stored = pairs.stored_as(readable)
    return {pair for pair in made.keys() | stored.keys() if made.get(pair) != stored.get(pair)}


def ends_of(found: Iterable[Two]) -> set[UUID]:
    return {end for pair in found for end in pair}
