"""Which stored contributions may be about the same person: by the index tokens they share, and how few hold those.

Whether two are a pair is decided by who holds which token now (linkage.sharing), so that the order of arrival leaves no trace.
It scores nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from intake.linkage import sharing
from intake.linkage.clusters import ordered
from intake.linkage.fellegi_sunter import shipped
from intake.matching.portions import chosen, in_portions
from intake.models.matching import Token, Two
from safeguards import bulk

# One row a token: what a worn token costs does not grow with those who hold it, and no row is made of each holder.
HELD = f"""
    SELECT asked.column1, (
        SELECT {{told}} FROM (
            SELECT contribution_id FROM {Token._meta.db_table} WHERE digest = asked.column1 LIMIT {{most}}
        ) found
    )
    FROM (VALUES {{values}}) asked
"""  # noqa: S608
# Every token from one to below another that at least two hold and no more than the cap.
BETWEEN = f"""
    SELECT {{joined}} FROM {Token._meta.db_table} WHERE digest >= %s AND digest < %s
    GROUP BY digest HAVING count(*) BETWEEN 2 AND {{cap}}
"""  # noqa: S608
TOKENS = f"SELECT contribution_id, digest FROM {Token._meta.db_table} WHERE contribution_id IN ({{ids}})"  # noqa: S608
JOINED = {"sqlite": "group_concat(contribution_id)", "postgresql": "string_agg(contribution_id::text, ',')"}
AT_ONCE = 500

TokensOf = Mapping[UUID, Sequence[bytes]]
Held = Mapping[bytes, Sequence[str]]
"""Who holds each token, as the database writes ids; of a worn token no more than are needed to know that it is."""


def store(tokens: TokensOf) -> None:
    rows = ((digest, contribution) for contribution, found in tokens.items() for digest in found)
    bulk.insert(Token, ("digest", "contribution_id"), rows)


def of(contributions: Iterable[UUID]) -> dict[UUID, list[bytes]]:
    """The stored tokens of these."""
    asked = set(contributions)
    found: defaultdict[UUID | str, list[bytes]] = defaultdict(list)
    for contribution, digest in chosen(TOKENS, asked):
        found[contribution].append(bytes(digest))
    return {one: [] for one in asked} | {bulk.as_uuid(one): digests for one, digests in found.items()}


def of_one(tokens: Sequence[bytes]) -> set[UUID]:
    """Those stored with which one is compared that has these tokens and is not stored."""
    return set(_compared_with(tokens, holders(tokens), beside=1))


def held(tokens: TokensOf) -> Held:
    """Who holds each of these stored tokens; all of them as far as these contributions can matter."""
    return _held(Counter(digest for found in tokens.values() for digest in found))


def holders(digests: Iterable[bytes]) -> Held:
    """Who holds each of these tokens, no more than one beyond the cap."""
    return _held(dict.fromkeys(digests, 0))


def pairs_of(tokens: TokensOf, by: Held) -> set[Two]:
    """The pairs that these contributions make with all that are stored, themselves included."""
    found = ((one, other) for one, digests in tokens.items() for other in _compared_with(digests, by))
    return {ordered(one, other) for one, other in found if one != other}


def worn(by: Held) -> set[bytes]:
    whole = sharing.MARKS[sharing.Token.WHOLE]
    return {digest for digest, found in by.items() if len(found) > shipped().cap and digest[0] != whole}


def lessened(tokens: TokensOf, by: Held) -> dict[bytes, set[UUID]]:
    """The tokens that are worth less since these contributions, stored already, hold them too; with all their holders."""
    brought = Counter(digest for found in tokens.values() for digest in found)
    numbers = {digest: len(by.get(digest, ())) for digest in brought}
    changed = (
        digest for digest, number in numbers.items() if _points(digest, number) < _points(digest, number - brought[digest])
    )
    return {digest: set(map(UUID, by[digest])) for digest in changed}


def restored_without(contributions: Iterable[UUID]) -> set[bytes]:
    """The tokens that are worth more when these contributions go."""
    leaving = Counter(digest for found in of(contributions).values() for digest in found)
    numbers = {digest: len(found) for digest, found in _held(leaving).items()}
    return {digest for digest, number in numbers.items() if _points(digest, number) < _points(digest, number - leaving[digest])}


def pairs_through(digests: Iterable[bytes]) -> set[Two]:
    """Every pair of contributions that share one of these tokens, and enough."""
    by = holders(digests)
    return sharing_enough({ordered(*two) for found in by.values() for two in combinations(map(UUID, found), 2)})


def sharing_enough(pairs: Iterable[Two]) -> set[Two]:
    """Those of the pairs that share enough to be compared, as things are now."""
    return set(owners(pairs))


def owners(pairs: Iterable[Two]) -> dict[Two, bytes]:
    """Those of the pairs that share enough to be compared, as things are now, each with the least token that counts for it."""
    asked = set(pairs)
    tokens = {one: set(found) for one, found in of({end for pair in asked for end in pair}).items()}
    shared = {pair: tokens[pair[0]] & tokens[pair[1]] for pair in asked}
    numbers = _numbers({one for found in shared.values() for one in found})
    return {
        pair: min(digest for digest in found if _points(digest, numbers[digest]))
        for pair, found in shared.items()
        if sharing.enough([(digest, numbers[digest]) for digest in found], shipped().cap)
    }


def blocks(first: bytes, behind: bytes) -> Iterator[list[UUID]]:
    """The holders of every token from the first to below the one behind, but for what is worn or held by one alone."""
    with connection.cursor() as cursor:
        cursor.execute(BETWEEN.format(joined=JOINED[connection.vendor], cap=shipped().cap), [first, behind])
        yield from ([UUID(holder) for holder in joined.split(",")] for (joined,) in cursor.fetchall())


def holding(by: Held) -> set[UUID]:
    """Everybody who holds one of these tokens, but for what is worn."""
    passed_over = worn(by)
    return {UUID(holder) for digest, found in by.items() if digest not in passed_over for holder in found}


def _compared_with(tokens: Iterable[bytes], by: Held, *, beside: int = 0) -> list[UUID]:
    """Who shares enough with the holder of these tokens, that holder among them; beside, holders that are not stored.

    Of the tokens of one kind the best counts, so the better ones overwrite the others.
    """
    total: defaultdict[str, int] = defaultdict(int)
    for _, of_kind in groupby(sorted(tokens), key=itemgetter(0)):
        worth = ((_points(digest, len(by[digest]) + beside), by[digest]) for digest in of_kind if digest in by)
        best: dict[str, int] = {}
        for points, found in sorted(worth, key=itemgetter(0)):
            if points:
                best |= dict.fromkeys(found, points)
        for holder, points in best.items():
            total[holder] += points
    return [UUID(holder) for holder, points in total.items() if points >= sharing.ENOUGH]


def _points(digest: bytes, number: int) -> int:
    return sharing.points(digest, number, shipped().cap)


def _held(digests: Mapping[bytes, int]) -> dict[bytes, list[str]]:
    """Who holds each of these tokens, up to one beyond the cap and the number of those in question."""
    most = shipped().cap + max(digests.values(), default=0) + 1
    return {digest: joined.split(",") for digest, joined in _of_holders(JOINED[connection.vendor], digests, most) if joined}


def _numbers(digests: Iterable[bytes]) -> dict[bytes, int]:
    """How many hold each of these tokens, no more than one beyond the cap."""
    return dict(_of_holders("count(*)", digests, shipped().cap + 1))


def _of_holders(told: str, digests: Iterable[bytes], most: int) -> Iterator[tuple[bytes, Any]]:
    """What is told of the holders of each of these tokens, so many at most."""
    for portion in in_portions(digests, AT_ONCE):
        values = ", ".join(["(%s)"] * len(portion))
        with connection.cursor() as cursor:
            cursor.execute(HELD.format(told=told, most=most, values=values), portion)
            yield from ((bytes(digest), found) for digest, found in cursor.fetchall())
