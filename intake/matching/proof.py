"""Proves by night that what linking stored is what the whole register gives: pairs made anew of tokens and features, persons of
pairs and decisions. It repairs nothing: what differs is told, and linked anew like a correction.

One portion a call, in order of id, each asking for the next until all were seen. When every pair of every report is as it would
be made now, and every component is grouped as its pairs say, the register is what linking it as a whole would give.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.linkage.decisions import Band
from intake.linkage.engine import Record, ScoredPair, score_pairs
from intake.matching import candidates, changes, copies, features, pairs, persons
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures, PersonContribution, Two
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor
from safeguards.models import AuditEntry

JOB = "intake.prove"
LINK = "intake.link"
PORTION = 250
FIRST = UUID(int=0)


@dataclass(frozen=True)
class Proven:
    """How many contributions were looked at, which hang together with what differs, and after which the next portion begins."""

    contributions: int
    differing: frozenset[UUID]
    following: UUID | None = None


@dataclass(frozen=True)
class Finished:
    """Until when all contributions were looked at, how many they were, and how many hung together with what differed."""

    begun: datetime
    when: datetime
    contributions: int
    differing: int


def prove(*, after: UUID = FIRST, limit: int = PORTION, by: Actor) -> Proven:
    """The next portion after this contribution. Whoever changes links waits for it, so that it sees one moment."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        changes.lock_register()
        asked = _portion(after, limit)
        differing = _differing(asked) if asked else frozenset()
        if differing:
            Contribution.objects.filter(id__in=differing, leaving=False).update(needs_linking=True)
        last = len(asked) < limit
        audit.record_many(_events(len(asked), differing, first=after == FIRST, last=last), by=by)
        if differing:
            jobs.record(LINK, key=LINK)
        following = None if last else asked[-1]
        if following:
            jobs.record(JOB, str(following))
    return Proven(len(asked), differing, following)


def last_finished() -> Finished | None:
    """The last time that all were seen; None if never, as on the first day."""
    entries = AuditEntry.objects.filter(action=events.LINKAGE_PROVED).order_by("-sequence")
    ended = entries.filter(details__last=True).values_list("sequence", flat=True)[:1]
    if not ended:
        return None
    begun = entries.filter(details__first=True, sequence__lte=ended[0]).values_list("sequence", flat=True).first()
    # One that was given up half-way has no end of its own, and is no part of the next.
    of_it = list(entries.filter(sequence__gte=begun or 0, sequence__lte=ended[0]))
    contributions, differing = (sum(entry.details[name] for entry in of_it) for name in ("contributions", "differing"))
    return Finished(of_it[-1].time, of_it[0].time, contributions, differing)


def _portion(after: UUID, limit: int) -> Sequence[UUID]:
    """Of whom linking has features and a person: who is closed, restricted or unreadable takes part in nothing."""
    rows = PersonContribution.objects.filter(contribution__gt=after)
    rows = rows.filter(contribution__in=MatchingFeatures.objects.values("contribution"))
    return list(rows.order_by("contribution").values_list("contribution", flat=True)[:limit])


def _differing(asked: Sequence[UUID]) -> frozenset[UUID]:
    """Everybody who hangs together with a pair or a person that is not as it would be made now, and whose features cannot be
    read, as after a change of their format: linking makes them anew where the identity is still there.
    """
    records = features.load(asked)
    made, stored = _made(asked, records), pairs.undecided(asked)
    wrong = {end for pair in made.keys() | stored.keys() if not _agree(made.get(pair), stored.get(pair)) for end in pair}
    wrong |= (set(asked) - records.keys()) | copies.unlike(asked)
    return frozenset(persons.companions(wrong)) | persons.grouped_otherwise(asked)


def _made(asked: Sequence[UUID], records: Mapping[UUID, Record]) -> dict[Two, ScoredPair]:
    """The pairs that these make with all that are stored, but for those that people decided about."""
    tokens = candidates.of(asked)
    wanted = candidates.pairs_of(tokens, candidates.held(tokens)) - pairs.decided(asked)
    known = {**features.load({end for pair in wanted for end in pair} - set(asked)), **records}
    readable = [pair for pair in wanted if pair[0] in known and pair[1] in known]
    return {pair: found for pair, found in score_pairs(known, readable).items() if found.band is not Band.NONE}


def _agree(made: ScoredPair | None, stored: tuple[float, bool] | None) -> bool:
    return stored == (None if made is None else (made.weight, made.band is Band.AUTOMATIC))


def _events(number: int, differing: frozenset[UUID], *, first: bool, last: bool) -> list[audit.Event]:
    counts = {"contributions": number, "differing": len(differing), "first": first, "last": last}
    found = (audit.Event(events.LINKAGE_DIFFERS, "contribution", one) for one in sorted(differing))
    return [audit.Event(events.LINKAGE_PROVED, details=counts), *found]
