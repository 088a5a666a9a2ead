"""Which stored contributions may be about the same person: through index tokens that are shared, and not by too many.

A token that more than the cap share is worn: it makes no pairs. Whether two are a pair is decided by who shares which token
now, so that the order of arrival leaves no trace. It scores nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from intake.linkage.clusters import ordered
from intake.linkage.fellegi_sunter import shipped
from intake.matching.portions import in_portions
from intake.models.matching import Token, Two
from safeguards import bulk

# Nobody needs to know how many more than the cap share a token: in a large register that may be half of it.
COUNT = f"""
    SELECT asked.digest, (
        SELECT count(*) FROM (SELECT 1 FROM {Token._meta.db_table} held WHERE held.digest = asked.digest LIMIT {{most}}) counted
    )
    FROM (SELECT %s AS digest{{more}}) asked
"""  # noqa: S608

# SQLite joins no more than 500 parts in one statement.
AT_ONCE = 400

TokensOf = Mapping[UUID, Sequence[bytes]]


def store(tokens: TokensOf) -> None:
    rows = ((digest, contribution) for contribution, found in tokens.items() for digest in found)
    bulk.insert(Token, ("digest", "contribution_id"), rows)


def of(contributions: Iterable[UUID]) -> dict[UUID, list[bytes]]:
    """The stored tokens of these."""
    found: dict[UUID, list[bytes]] = {contribution: [] for contribution in contributions}
    for contribution, digest in _rows_of(found).values_list("contribution", "digest"):
        found[contribution].append(bytes(digest))
    return found


def sharing(tokens: Iterable[bytes]) -> set[UUID]:
    """Those stored that share one of these tokens which is not worn."""
    shared_by = _counts(dict.fromkeys(tokens, 0))
    return holders_of(digest for digest, number in shared_by.items() if number <= shipped().cap)


def counts(tokens: TokensOf) -> dict[bytes, int]:
    """How many contributions share each of these tokens, of those that are stored; exact as far as these ones can matter."""
    return _counts(Counter(digest for found in tokens.values() for digest in found))


def pairs_of(tokens: TokensOf, shared_by: Mapping[bytes, int]) -> set[Two]:
    """The pairs that these contributions make with all that are stored, themselves included."""
    holders = _holders(digest for digest, number in shared_by.items() if 1 < number <= shipped().cap)
    new = tokens.keys()
    return {
        ordered(one, other)
        for sharing in holders.values()
        for one in sharing
        if one in new
        for other in sharing
        if one != other
    }


def worn(shared_by: Mapping[bytes, int]) -> set[bytes]:
    return {digest for digest, number in shared_by.items() if number > shipped().cap}


def newly_worn(tokens: TokensOf, shared_by: Mapping[bytes, int]) -> set[bytes]:
    """The tokens that these contributions, stored already, brought over the cap."""
    brought = Counter(digest for found in tokens.values() for digest in found)
    return {digest for digest in worn(shared_by) if shared_by[digest] - brought[digest] <= shipped().cap}


def usable_again(contributions: Iterable[UUID]) -> set[bytes]:
    """The tokens that come back under the cap when these contributions go."""
    leaving = Counter(bytes(digest) for digest in _rows_of(contributions).values_list("digest", flat=True))
    return {digest for digest, number in _counts(leaving).items() if number > shipped().cap >= number - leaving[digest]}


def pairs_sharing(digests: Iterable[bytes]) -> set[Two]:
    """Every pair of the contributions that share one of these tokens."""
    return {ordered(*two) for sharing in _holders(digests).values() for two in combinations(sharing, 2)}


def holders_of(digests: Iterable[bytes]) -> set[UUID]:
    return {contribution for sharing in _holders(digests).values() for contribution in sharing}


def without_usable_token(pairs: Iterable[Two]) -> set[Two]:
    """Those of the pairs that share no token under the cap any more."""
    asked = set(pairs)
    rows = _rows_of({contribution for pair in asked for contribution in pair}).values_list("contribution", "digest")
    tokens: defaultdict[UUID, set[bytes]] = defaultdict(set)
    for contribution, digest in rows:
        tokens[contribution].add(bytes(digest))
    shared_by = _counts(Counter({digest: 0 for found in tokens.values() for digest in found}))
    usable = {digest for digest, number in shared_by.items() if number <= shipped().cap}
    return {(one, other) for one, other in asked if tokens[one] & tokens[other] & usable == set()}


def _counts(digests: Mapping[bytes, int]) -> dict[bytes, int]:
    """How many hold each of these tokens, up to one beyond the cap and the number of those in question."""
    most = shipped().cap + max(digests.values(), default=0) + 1
    found: dict[bytes, int] = {}
    for portion in in_portions(digests, AT_ONCE):
        statement = COUNT.format(most=most, more=" UNION ALL SELECT %s" * (len(portion) - 1))
        with connection.cursor() as cursor:
            cursor.execute(statement, portion)
            found |= {bytes(digest): number for digest, number in cursor.fetchall() if number}
    return found


def _holders(digests: Iterable[bytes]) -> dict[bytes, set[UUID]]:
    found: defaultdict[bytes, set[UUID]] = defaultdict(set)
    for portion in in_portions(digests):
        for digest, contribution in Token.objects.filter(digest__any_of=portion).values_list("digest", "contribution"):
            found[bytes(digest)].add(contribution)
    return found


def _rows_of(contributions: Iterable[UUID]) -> QuerySet[Token]:
    return Token.objects.filter(contribution__in=set(contributions))
