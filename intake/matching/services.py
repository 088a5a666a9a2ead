"""Links what waits: opens identities in memory, keeps keyed features, scores pairs, groups persons. One bounded chunk a call.

All who change links lock the register's one row first, so that two workers never make two persons of one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.linkage import engine
from intake.linkage.decisions import Band
from intake.linkage.engine import Record, ScoredPair
from intake.linkage.features import Maker
from intake.matching import candidates, changes, features, identities, pairs, persons, unlink
from intake.matching.features import Made
from intake.matching.person_events import Cause, Reason
from intake.matching.persons import Regrouped
from intake.matching.portions import in_portions
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
OF_PAIRS = ("automatic", "questions", "held_back", "merges", "splits")


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
        if chunk:
            _link(chunk, by)
        if len(waiting) > limit:
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
        digest = blind_index.linker()
        tokens = dict(zip(records, engine.tokens([*records.values()], digest), strict=True))
        candidates.store(tokens)
        summary, grouped = _enter(tokens, records, set(), Cause(Reason.BROUGHT_BACK, by))
        audit.record(events.LINKAGE_BROUGHT_BACK, by=by, object_type="contribution", object_id=contribution, details=summary)
        changes.touch(grouped.touched | persons.years_of([contribution]))
    return True


def _set_aside(contribution: UUID) -> list[UUID]:
    rows = Contribution.objects.filter(id=contribution, state=Contribution.State.ACCEPTED, needs_linking=False, leaving=False)
    free = rows.exclude(id__in=Restriction.objects.values("contribution"))
    return list(free.exclude(id__in=PersonContribution.objects.values("contribution")).values_list("id", flat=True))


def _waiting(limit: int) -> Sequence[Contribution]:
    """Locked, so that a correction waits and asks for linking again instead of being overlooked."""
    found = Contribution.objects.filter(needs_linking=True, state=Contribution.State.ACCEPTED)
    found = found.exclude(id__in=Restriction.objects.values("contribution"))
    return list(found.select_for_update().order_by("recorded", "id")[:limit])


def _link(chunk: Sequence[Contribution], by: Actor) -> None:
    ids = {contribution.id for contribution in chunk}
    known = features.stored_among(ids)
    erased = identities.erased_among(known)
    chunk = [contribution for contribution in chunk if contribution.id not in erased]
    corrected = known - erased
    disturbed = unlink.forget_features(corrected) if corrected else set()
    prepared = _prepare(chunk)
    records = {one.contribution: one.record for one in prepared.made}
    summary, grouped = _enter(prepared.tokens, records, ids | disturbed, Cause(Reason.LINKED, by, anew=known))
    for portion in in_portions(ids):
        Contribution.objects.filter(id__in=portion).update(needs_linking=False)
    # Of one report alone the counts would tell whoever reads the trail whether the person was known.
    if len(ids) == 1:
        summary = {name: number for name, number in summary.items() if name not in OF_PAIRS}
    summary |= {"contributions": len(ids)}
    audit.record_many(_events(summary, prepared.unreadable), by=by)
    # Also where nobody moved: a correction may have changed what is counted of the person.
    changes.touch(grouped.touched | persons.years_of(ids))


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
    candidates.store(tokens)
    unreadable = frozenset(contribution.id for contribution in chunk if contribution.id not in opened)
    return Prepared(made, tokens | dict.fromkeys(unreadable, ()), unreadable)


def _enter(
    tokens: candidates.TokensOf, records: Mapping[UUID, Record], disturbed: set[UUID], cause: Cause
) -> tuple[dict[str, int], Regrouped]:
    """What these stored tokens make: pairs, and persons grouped anew of all whom that touches."""
    shared_by = candidates.counts(tokens)
    disturbed = disturbed | records.keys() | _wear_tokens(tokens, shared_by)
    wanted, decided = candidates.pairs_of(tokens, shared_by), pairs.decided_about(tokens)
    others = features.load({end for pair in wanted | decided.keys() for end in pair} - records.keys())
    scored = pairs.score_and_store(wanted, {**records, **others}, decided).values()
    grouped = persons.regroup(disturbed, cause)
    return _summary(scored, grouped) | {"worn_tokens": len(candidates.worn(shared_by))}, grouped


def _wear_tokens(tokens: candidates.TokensOf, shared_by: Mapping[bytes, int]) -> set[UUID]:
    """Pairs that rest on a token which too many share now are no pairs any more; whom they joined is returned."""
    worn = candidates.newly_worn(tokens, shared_by)
    if not worn:
        return set()
    stored = pairs.among(candidates.holders_of(worn))
    lost = candidates.without_usable_token(stored)
    pairs.end(stored[pair] for pair in lost)
    return {end for pair in lost for end in pair}


def _summary(scored: Collection[ScoredPair], grouped: Regrouped) -> dict[str, int]:
    bands = Counter(pair.band for pair in scored)
    of_pairs = {"automatic": bands[Band.AUTOMATIC], "questions": bands[Band.QUESTION], "held_back": grouped.held_back}
    return of_pairs | {"merges": grouped.counted.merges, "splits": grouped.counted.splits}


def _events(summary: Mapping[str, int], unreadable: Iterable[UUID]) -> list[audit.Event]:
    left_out = (audit.Event(events.LINKAGE_UNREADABLE, "contribution", contribution) for contribution in sorted(unreadable))
    return [audit.Event(events.LINKAGE_LINKED, details=summary), *left_out]
