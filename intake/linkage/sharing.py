"""Which two reports are worth comparing: by the kinds of tokens they share and how few hold those.

One rule for one report and for files. It finds no tokens and scores nothing.

The rule looks at who holds which token now and at nothing else, so that the order of arrival leaves no trace.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from intake.linkage.ragged import FACTOR

Points = NDArray[np.uint8]


class Token(StrEnum):
    """The kinds of index tokens, from finest to coarsest. Their order is stored: a new kind goes last.

    WHOLE is of all that is compared: by it equal reports are found (matching.copies), and it makes no pair.
    """

    NUMBER = "token-number"
    NAME_DATE = "token-name-date"
    NAME_DAY = "token-name-day-and-month"
    TWO_NAMES = "token-two-names"
    NAME_YEAR_NATIONALITY = "token-name-year-nationality"
    NAME_INITIAL_YEAR = "token-name-initial-year"
    NAME_INITIAL_NATIONALITY = "token-name-initial-nationality"
    STARTS = "token-starts"
    DATE_NATIONALITY = "token-date-nationality"
    DATE_PLACE = "token-date-place"
    NAME_PLACE = "token-name-place"
    ONE_BOX = "token-one-box-nationality"
    WHOLE = "token-whole"


# The first byte of a stored token. How many of its tokens a report shares with others tells the kind to whoever looks anyway.
MARKS: Mapping[Token, int] = {kind: mark for mark, kind in enumerate(Token, start=1)}
KINDS: Mapping[int, Token] = {mark: kind for kind, mark in MARKS.items()}

# At most so many hold it: so many points, and one up to the cap. Two are compared from ENOUGH on: for one token that hardly
# anybody holds, for two kinds of which one is rare, for three kinds. Chosen on made-up registers: benchmarks/linkage.md.
STEPS = ((5, 3), (10, 2))
ENOUGH = 3
_PLACES = 4
# Kinds are noted in the bits below it. A token worth two and a kind beside it are as much as three kinds.
_WORTH_TWO = np.uint16(1 << 15)
# Places for every pair that is listed, as a power of two: so few others fall on one by chance.
_SPARSE = 1


def mark(kind: Token, digest: bytes) -> bytes:
    """A token as it is stored: of the same length, with its kind in front. Errors: none."""
    return bytes((MARKS[kind],)) + digest[:-1]


def points(token: bytes, holders: int, cap: int) -> int:
    """What sharing this stored token is worth when so many hold it, the two themselves included; none beyond the cap.

    A shared number is always worth a look, and a token of no known kind never. Errors: none.
    """
    return _points(token[0], cap)[min(holders, cap + 1)]


@cache
def _points(marked: int, cap: int) -> tuple[int, ...]:
    return tuple(_table(KINDS[marked], cap).tolist()) if marked in KINDS else (0,) * (cap + 2)


def _table(kind: Token, cap: int) -> Points:
    """Points by number of holders up to one beyond the cap."""
    found = np.ones(cap + 2, dtype=np.uint8)
    for most, worth in reversed(STEPS):
        found[: most + 1] = worth
    if kind in (Token.NUMBER, Token.WHOLE):
        found[:] = ENOUGH if kind is Token.NUMBER else 0
    found[cap + 1] = 0
    return found


def enough(shared: Iterable[tuple[bytes, int]], cap: int) -> bool:
    """Whether two reports that share these stored tokens, each with the number of its holders, are compared.

    Of several tokens of one kind (spellings of one name) the best counts. Errors: none. Source: the project's own rule; in
    registers of 5,000 persons it loses nothing that can be measured, in larger ones what benchmarks/linkage.md says.
    """
    best: dict[int, int] = {}
    for token, holders in shared:
        best[token[0]] = max(best.get(token[0], 0), points(token, holders, cap))
    return sum(best.values()) >= ENOUGH


def points_of(kind: Token, holders: NDArray[np.int64], cap: int) -> Points:
    """As points, for many keys of one kind at once. Errors: none."""
    found: Points = _table(kind, cap)[np.minimum(holders, cap + 1)]
    return found


def perhaps_enough(of_kinds: Sequence[tuple[NDArray[np.int64], Points]]) -> list[tuple[NDArray[np.int64], Points]]:
    """Of the pairs of every kind, as in best_of_kind, those that may have ENOUGH: all that have, and few others.

    Which kinds a pair shares is noted in a table at a place that a few pairs have in common, so that what is noted is too
    much at times and never too little; sorting is for the few that are left. Errors: none.
    """
    bits = max(sum(len(pairs) for pairs, _ in of_kinds), 1).bit_length() + _SPARSE
    noted = np.zeros(1 << bits, dtype=np.uint16)
    places = [((pairs.astype(np.uint64) * FACTOR) >> np.uint64(64 - bits)).astype(np.int64) for pairs, _ in of_kinds]
    for kind, (at, (_, points)) in enumerate(zip(places, of_kinds, strict=True)):
        noted[at] |= np.uint16(1 << kind)
        noted[at[points > 1]] |= _WORTH_TWO
    every = np.arange(1 << 16, dtype=np.uint16)
    enough = np.bitwise_count(every) >= ENOUGH
    kept = [enough[noted[at]] | (points >= ENOUGH) for at, (_, points) in zip(places, of_kinds, strict=True)]
    return [(pairs[few], points[few]) for (pairs, points), few in zip(of_kinds, kept, strict=True)]


def best_of_kind(pairs: NDArray[np.int64], points: Points) -> NDArray[np.int64]:
    """Pairs, as any number below 2^61 for two rows, with the points of one kind: of each pair its best.

    Returns: four times the pair plus its points, ascending. Errors: none.
    """
    found = np.sort(pairs * _PLACES + points)
    return found[np.append(found[1:] // _PLACES != found[:-1] // _PLACES, True)] if len(found) else found


def with_enough(of_kinds: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The pairs, ascending, of which the points of all kinds (see best_of_kind) are ENOUGH. Errors: none."""
    found = np.sort(np.concatenate(of_kinds))
    pairs, points = found // _PLACES, found % _PLACES
    starts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else pairs
    kept: NDArray[np.int64] = pairs[starts][np.add.reduceat(points, starts) >= ENOUGH] if len(pairs) else pairs
    return kept
