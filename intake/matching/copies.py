"""Reports that say the very same of a person: a few stand for all, so that one sent five hundred times wears no token out.

Of equal reports that would link by themselves the first FEW hold tokens and make pairs; every further one follows one of them:
it has features and no tokens, no pairs, and the person of whom it follows. It scores no pair and writes no person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from intake.linkage import engine
from intake.linkage.decisions import Band
from intake.linkage.engine import Record
from intake.linkage.fellegi_sunter import Parameters
from intake.linkage.sharing import MARKS, STEPS
from intake.linkage.sharing import Token as Kind
from intake.matching import candidates, features, in_force, pairs
from intake.matching.candidates import TokensOf
from intake.matching.portions import chosen, in_portions
from intake.models.matching import Copy
from safeguards import bulk

# A token that equal reports hold alone is worth all that a token can be.
FEW = STEPS[0][0]
WHOLE = MARKS[Kind.WHOLE]

FOLLOWING = f"SELECT contribution_id, of_id FROM {Copy._meta.db_table} WHERE contribution_id IN ({{ids}})"  # noqa: S608
FOLLOWERS = f"SELECT contribution_id, of_id FROM {Copy._meta.db_table} WHERE of_id IN ({{ids}})"  # noqa: S608

Groups = tuple[frozenset[UUID], ...]


def follow(tokens: TokensOf, records: Mapping[UUID, Record], decided: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of these, whose tokens are not stored yet, those that follow another now, and whom; people decided about no such one."""
    own = {one: digest for one, found in tokens.items() for digest in found if digest[0] == WHOLE}
    standing = {digest: sorted(map(UUID, found)) for digest, found in candidates.holders(own.values()).items()}
    apart, following, used = set(decided), {}, in_force.parameters()
    for one, digest in sorted(own.items()):
        known = standing.setdefault(digest, [])
        if len(known) < FEW or one in apart:
            known.append(one)
        elif _links_itself(records[one], used):
            following[one] = known[0]
    Copy.objects.bulk_create(Copy(contribution_id=one, of_id=other) for one, other in following.items())
    return following


def among(contributions: Iterable[UUID]) -> dict[UUID, UUID]:
    """Those of these that follow another, and whom."""
    return {bulk.as_uuid(one): bulk.as_uuid(other) for one, other in chosen(FOLLOWING, contributions)}


def with_followers(groups: Iterable[frozenset[UUID]]) -> Groups:
    known = tuple(groups)
    followers = _followers(member for group in known for member in group)
    return tuple(group.union(*(followers.get(member, ()) for member in group)) for group in known)


def unlike(contributions: Iterable[UUID]) -> set[UUID]:
    """Those of these that follow another though they say something else, or would not link by themselves now."""
    following, used = among(contributions), in_force.parameters()
    records = features.load({*following, *following.values()})
    return {
        one
        for one, other in following.items()
        if one not in records or records[one] != records.get(other) or not _links_itself(records[one], used)
    }


def surplus(contributions: Collection[UUID]) -> set[UUID]:
    """Those of these that stand beside FEW equal ones though they would follow if they came now, as after other parameters."""
    whole = {digest for found in candidates.of(contributions).values() for digest in found if digest[0] == WHOLE}
    beyond = {one for found in candidates.holders(whole).values() for one in sorted(map(UUID, found))[FEW:]}
    standing = beyond & set(contributions)
    decided, used = {end for pair in pairs.decided_about(standing) for end in pair}, in_force.parameters()
    return {one for one, record in features.load(standing - decided).items() if _links_itself(record, used)}


def leave(leaving: set[UUID]) -> dict[UUID, Record]:
    """These follow nobody any more, and of those who followed them as many stand as there is room for now.

    Call it while the tokens of those who leave are still stored. Returns: who stands now, with their features; the tokens are
    to be made.
    """
    for portion in in_portions(leaving):
        Copy.objects.filter(contribution__in=portion).delete()
    whole = {digest for found in candidates.of(leaving).values() for digest in found if digest[0] == WHOLE}
    standing: dict[UUID, Record] = {}
    for holders in candidates.holders(whole).values():
        standing |= _succeed({UUID(holder) for holder in holders}, leaving)
    return standing


def _succeed(holders: set[UUID], leaving: set[UUID]) -> dict[UUID, Record]:
    """Of equal reports: those who held tokens, and those of all reports who leave."""
    left = holders - leaving
    followers = Copy.objects.filter(of__in=holders).order_by("contribution")
    standing = features.load(followers.values_list("contribution", flat=True)[: FEW - len(left)])
    Copy.objects.filter(contribution__in=standing).delete()
    for first in sorted(left | standing.keys())[:1]:
        Copy.objects.filter(of__in=holders & leaving).update(of=first)
    return standing


def _links_itself(record: Record, used: Parameters) -> bool:
    return engine.score(record, record, used).band is Band.AUTOMATIC


def _followers(contributions: Iterable[UUID]) -> Mapping[UUID, list[UUID]]:
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for one, other in chosen(FOLLOWERS, contributions):
        found[bulk.as_uuid(other)].append(bulk.as_uuid(one))
    return found
