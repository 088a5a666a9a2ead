"""Proves by night that what linking stored is what the whole register gives: pairs made anew of tokens and features, persons of
pairs and decisions. It repairs nothing: what differs is told, and linked anew like a correction.

The pairs come in portions by token (matching.whole), then the persons in portions by id, each asking for the next. When every
pair is as it would be made now, none is stored beside, and every component is grouped as its pairs say, the register is what
linking it as a whole would give.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.matching import by_tokens, candidates, changes, copies, features, pairs, persons
from intake.matching.portions import in_portions
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures, PersonContribution, Two
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor
from safeguards.models import AuditEntry

NIGHT = "intake.prove"
JOB = "intake.prove-persons"
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


def begin(by: Actor) -> None:
    """In the transaction that divides the pairs into portions."""
    audit.record_many(_events(0, frozenset(), first=True, last=False), by=by)


def tell_pairs(found: frozenset[Two], by: Actor) -> None:
    """Of a portion of pairs what differs, now that nobody changes links."""
    wrong = by_tokens.ends_of(by_tokens.still_differing(found))
    _tell(0, frozenset(persons.companions(wrong)) | wrong, last=False, by=by)


def prove(*, after: UUID = FIRST, limit: int = PORTION, by: Actor) -> Proven:
    """The persons of the next portion after this one. Whoever changes links waits for it, so that it sees one moment.

    Given up where all is weighed anew in the meantime, which is proved when that is done.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        if changes.lock_register().weighing:
            return Proven(0, frozenset())
        asked = portion(after, limit)
        differing = _differing(asked) if asked else frozenset()
        last = len(asked) < limit
        _tell(len(asked), differing, last=last, by=by)
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


def portion(after: UUID, limit: int) -> Sequence[UUID]:
    """Of whom linking has features and a person: who is closed, restricted or unreadable takes part in nothing."""
    rows = PersonContribution.objects.filter(contribution__gt=after)
    rows = rows.filter(contribution__in=MatchingFeatures.objects.values("contribution"))
    return list(rows.order_by("contribution").values_list("contribution", flat=True)[:limit])


def _differing(asked: Sequence[UUID]) -> frozenset[UUID]:
    """Everybody who hangs together with a person that is not as its pairs give it now, with a pair that should not be there, or
    with features that cannot be read, as after a change of their format: linking makes them anew where the identity is still
    there. Who is linked anew already was told.
    """
    wrong = set(asked) - features.load(asked).keys() | copies.unlike(asked)
    undecided = pairs.undecided(asked)
    wrong |= by_tokens.ends_of(undecided - candidates.sharing_enough(undecided))
    return (frozenset(persons.companions(wrong)) | persons.grouped_otherwise(asked)) - _linked_anew(asked)


def _linked_anew(asked: Sequence[UUID]) -> set[UUID]:
    everybody = in_portions(persons.companions(asked))
    rows = (Contribution.objects.filter(id__in=portion, needs_linking=True) for portion in everybody)
    return {one for found in rows for one in found.values_list("id", flat=True)}


def _tell(number: int, differing: Set[UUID], *, last: bool, by: Actor) -> None:
    for portion in in_portions(differing):
        Contribution.objects.filter(id__in=portion, leaving=False).update(needs_linking=True)
    audit.record_many(_events(number, differing, first=False, last=last), by=by)
    if differing:
        jobs.record(LINK, key=LINK)


def _events(number: int, differing: Set[UUID], *, first: bool, last: bool) -> list[audit.Event]:
    counts = {"contributions": number, "differing": len(differing), "first": first, "last": last}
    found = (audit.Event(events.LINKAGE_DIFFERS, "contribution", one) for one in sorted(differing))
    return [audit.Event(events.LINKAGE_PROVED, details=counts), *found]
