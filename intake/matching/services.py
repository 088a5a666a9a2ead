"""Links what waits: opens identities in memory, keeps keyed features, scores pairs, groups persons. One bounded chunk a call.

All who change links lock the register's one row first, so that two workers never make two persons of one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.linkage import engine
from intake.linkage.decisions import Band
from intake.linkage.engine import Record, ScoredPair
from intake.linkage.features import Maker
from intake.matching import candidates, changes, copies, features, identities, pairs, persons, unlink, wearing
from intake.matching.features import Made
from intake.matching.person_events import Cause, Reason
from intake.matching.persons import Regrouped
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from intake.models.restriction import Restriction
from jobs import services as jobs
from safeguards import audit, blind_index
from safeguards.actors import Actor, system

LINK = "intake.link"
BRING_BACK = "intake.bring-back"
CHUNK = 250
LINKER = system("linkage")
OF_PAIRS = ("automatic", "questions", "held_back", "merges", "splits", "copies")


@dataclass(frozen=True)
class Prepared:
    """What is stored of one chunk before pairs are made: features and tokens; none where the identity could not be opened."""

    made: tuple[Made, ...]
    tokens: dict[UUID, tuple[bytes, ...]]
    unreadable: frozenset[UUID]


def link_waiting(*, limit: int = CHUNK, by: Actor = LINKER) -> int:
    """Link the next contributions that wait, oldest first; asks for the next chunk if more wait. Returns how many it linked."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        changes.lock_register()
        waiting = _waiting(limit + 1)
        chunk = waiting[:limit]
        corrected = _link(chunk, by) if chunk else set()
        if corrected or len(waiting) > limit:
            jobs.record(LINK, key=LINK)
    return len(chunk)


def bring_back(*, contribution: UUID, by: Actor = LINKER) -> bool:
    """A contribution that is restricted no more takes part again, from the features that were kept; whether it does.

    One that waits for linking anyway, or was restricted anew or removed in the meantime, is left to that.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        changes.lock_register()
        pairs.bring_back([contribution])
        records = features.load(_set_aside(contribution))
        if not records:
            jobs.record(LINK, key=LINK)
            return False
        tokens = _tokens_of(records)
        summary, grouped = _enter(tokens, records, set(), Cause(Reason.BROUGHT_BACK, by))
        audit.record(events.LINKAGE_BROUGHT_BACK, by=by, object_type="contribution", object_id=contribution, details=summary)
        changes.touch(grouped.touched | persons.years_of([contribution]))
    return True


def _set_aside(contribution: UUID) -> list[UUID]:
    rows = Contribution.objects.filter(id=contribution, state=Contribution.State.ACCEPTED, needs_linking=False, leaving=False)
    free = rows.exclude(id__in=Restriction.objects.values("contribution"))
    return list(free.exclude(id__in=PersonContribution.objects.values("contribution")).values_list("id", flat=True))


def _waiting(limit: int) -> Sequence[Contribution]:
    """Not locked: whoever corrects one would wait for as long as it takes to link it, which is longer for who is known."""
    found = Contribution.objects.filter(needs_linking=True, state=Contribution.State.ACCEPTED)
    return list(found.exclude(id__in=Restriction.objects.values("contribution")).order_by("recorded", "id")[:limit])


def _link(chunk: Sequence[Contribution], by: Actor) -> set[UUID]:
    """Returns whom somebody corrected meanwhile: they wait to be linked again."""
    ids = {contribution.id for contribution in chunk}
    read = _as_said(chunk)
    known = features.stored_among(ids)
    erased = identities.erased_among(known)
    chunk = [contribution for contribution in chunk if contribution.id not in erased]
    corrected = known - erased
    disturbed = unlink.forget_features(corrected) | unlink.forget_tokens(erased) if known else set()
    prepared = _prepare(chunk)
    kept = features.load(erased)
    records = {one.contribution: one.record for one in prepared.made} | kept
    tokens = prepared.tokens | _tokens_of(kept)
    summary, grouped = _enter(tokens, records, ids | disturbed, Cause(Reason.LINKED, by, anew=known))
    changed = _settled(read)
    # Of one report alone the counts would tell whoever reads the trail whether the person was known.
    if len(ids) == 1:
        summary = {name: number for name, number in summary.items() if name not in OF_PAIRS}
    summary |= {"contributions": len(ids)}
    audit.record_many(_events(summary, prepared.unreadable - changed), by=by)
    # Also where nobody moved: a correction may have changed what is counted of the person.
    changes.touch(grouped.touched | persons.years_of(ids))
    return changed


def _as_said(rows: Iterable[Contribution]) -> dict[UUID, tuple[Any, ...]]:
    """All that is stored of each report, its sealed identity too."""
    known = {row.id: tuple(getattr(row, field.attname) for field in Contribution._meta.concrete_fields) for row in rows}
    sealed = identities.sealed(known)
    return {one: (*said, sealed.get(one)) for one, said in known.items()}


def _settled(read: Mapping[UUID, tuple[Any, ...]]) -> set[UUID]:
    """Nothing of the chunk waits any more, but what is not as it was read: that is returned. Locked from here to the end."""
    rows = Contribution.objects.filter(id__in=read).select_for_update(no_key=True).order_by("id")
    changed = read.keys() - {one for one, said in _as_said(rows).items() if said == read[one]}
    Contribution.objects.filter(id__in=read.keys() - changed).update(needs_linking=False)
    return changed


def _tokens_of(records: Mapping[UUID, Record]) -> dict[UUID, tuple[bytes, ...]]:
    """Made anew of features that were kept, with or without the identity."""
    return dict(zip(records, engine.tokens(records.values(), blind_index.linker()), strict=True))


def _prepare(chunk: Sequence[Contribution]) -> Prepared:
    digest = blind_index.linker()
    opened = identities.open_details(chunk)
    maker = Maker(digest)
    made = tuple(
        Made(contribution.id, contribution.organisation_id, maker.make(opened[contribution.id]))
        for contribution in chunk
        if contribution.id in opened
    )
    found = engine.tokens([one.record for one in made], digest)
    tokens = {one.contribution: held for one, held in zip(made, found, strict=True)}
    features.store(made, link_key=digest.version)
    unreadable = frozenset(contribution.id for contribution in chunk if contribution.id not in opened)
    return Prepared(made, tokens | dict.fromkeys(unreadable, ()), unreadable)


def _enter(
    tokens: candidates.TokensOf, records: Mapping[UUID, Record], disturbed: set[UUID], cause: Cause
) -> tuple[dict[str, Any], Regrouped]:
    """What these tokens make: pairs, and persons grouped anew of all whom that touches. Copies store none and follow."""
    decided = pairs.decided_about(tokens)
    following = copies.follow(tokens, records, {end for pair in decided for end in pair})
    own = {one: found for one, found in tokens.items() if one not in following}
    candidates.store(own)
    held_by = candidates.held(own)
    lessened, worn = candidates.lessened(own, held_by), candidates.worn(held_by)
    disturbed = disturbed | records.keys() | _end_lost(lessened)
    wanted = candidates.pairs_of(own, held_by)
    others = features.load({end for pair in wanted | decided.keys() for end in pair} - records.keys())
    scored = pairs.score_and_store(wanted, {**records, **others}, decided).values()
    grouped = persons.follow(following, persons.regroup(disturbed - following.keys(), cause), cause)
    worn_by = wearing.told({digest: holders for digest, holders in lessened.items() if digest in worn})
    counts = {"worn_tokens": len(worn), "copies": len(following)}
    return _summary(scored, grouped) | counts | worn_by, grouped


def _end_lost(lessened: Mapping[bytes, set[UUID]]) -> set[UUID]:
    """Pairs that rest on a token which more hold now may be no pairs any more; whom those joined is returned."""
    stored = pairs.among(set().union(*lessened.values())) if lessened else {}
    lost = stored.keys() - candidates.sharing_enough(stored)
    pairs.end(stored[pair] for pair in lost)
    return {end for pair in lost for end in pair}


def _summary(scored: Collection[ScoredPair], grouped: Regrouped) -> dict[str, Any]:
    bands = Counter(pair.band for pair in scored)
    of_pairs = {"automatic": bands[Band.AUTOMATIC], "questions": bands[Band.QUESTION], "held_back": grouped.held_back}
    return of_pairs | {"merges": grouped.counted.merges, "splits": grouped.counted.splits}


def _events(summary: Mapping[str, Any], unreadable: Iterable[UUID]) -> list[audit.Event]:
    left_out = (audit.Event(events.LINKAGE_UNREADABLE, "contribution", contribution) for contribution in sorted(unreadable))
    return [audit.Event(events.LINKAGE_LINKED, details=summary), *left_out]
