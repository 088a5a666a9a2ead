"""Writes down every merge and split of persons as it happens: who moved, why, on whose word, by which pair.

Replayed in order the moves give who is one person now. An event that brings contributions back to where the one before had
taken them from says so, and with a split the person that had ended comes back under its id. It groups nobody.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake import events
from intake.matching import in_force
from intake.matching.pairs import Stored
from intake.matching.portions import in_portions
from intake.models.decision import LinkDecision
from intake.models.matching import Pair, Person, PersonContribution, Two
from intake.models.person_event import PersonEvent, PersonMove
from safeguards import audit, bulk
from safeguards.actors import Actor

Kind = PersonEvent.Kind
Reason = PersonEvent.Reason
Persons = Mapping[UUID, UUID]
OPPOSITE = {Kind.MERGE: Kind.SPLIT, Kind.SPLIT: Kind.MERGE}

# In bits; those at which review_names changes its words for strength.
STEPS = (7, 3, 1, -1, -3)
LOWEST = -7


@dataclass(frozen=True)
class Cause:
    """Why persons are grouped anew and by whom. anew: what is linked again. answers: what was just said, by pair."""

    reason: str
    by: Actor
    anew: Collection[UUID] = ()
    answers: Mapping[Two, LinkDecision] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    reason: str
    merges: int
    splits: int


@dataclass(frozen=True)
class Part:
    """Contributions that go the same way: from one person, or new to the register, to another. rest: whom they come to, or
    leave."""

    kind: PersonEvent.Kind
    moved: frozenset[UUID]
    person: UUID
    other: UUID | None
    rest: frozenset[UUID]

    @property
    def target(self) -> UUID:
        return self.other if self.kind is Kind.SPLIT and self.other else self.person


def record(before: Persons, after: Persons, found: Mapping[Two, Stored], cause: Cause) -> Counted:
    """before and after: the person of each contribution of a component; found: its pairs. Returns how many were written."""
    begun, parts = _parts(before, after)
    written = _events(parts, _Neighbours(found), cause) if parts else []
    rows: list[tuple[UUID, UUID, int | None]] = [(contribution, after[contribution], None) for contribution in sorted(begun)]
    for part, event in zip(parts, written, strict=True):
        rows += [(contribution, part.target, event.id) for contribution in sorted(part.moved)]
    bulk.insert(PersonMove, ("contribution_id", "person", "event_id"), rows)
    kinds = [part.kind for part in parts]
    return Counted(cause.reason, kinds.count(Kind.MERGE), kinds.count(Kind.SPLIT))


def told(counted: Counted) -> list[audit.Event]:
    """For the audit trail: that persons changed, and neither which nor by what."""
    changed = counted.merges or counted.splits
    return [audit.Event(events.LINKAGE_PERSONS_CHANGED, details=asdict(counted))] if changed else []


def came_from(groups: Collection[frozenset[UUID]]) -> dict[frozenset[UUID], UUID]:
    """Of groups that came to a person as they are, the person that they were before, where that one is no more."""
    last = _last_events({contribution for group in groups for contribution in group})
    former = {group: last[group].other for group in groups if group in last and last[group].kind == Kind.MERGE}
    wanted = {person for person in former.values() if person}
    taken = set(Person.objects.filter(id__in=wanted).values_list("id", flat=True)) if wanted else set()
    free = {person: group for group, person in former.items() if person and person not in taken}
    return {group: person for person, group in free.items()}


def leave(contributions: Collection[UUID]) -> None:
    """They stand under no person for a while; what they were moved in before stays."""
    for portion in in_portions(contributions):
        linked = PersonContribution.objects.filter(contribution__in=portion).values_list("contribution", flat=True)
        bulk.insert(PersonMove, ("contribution_id", "person", "event_id"), [(one, None, None) for one in sorted(linked)])


def forget(contributions: Collection[UUID]) -> None:
    """As if they had never moved: for when their pairs are gone.

    An event that moved nobody else goes; what is left of those of their persons tells of no pair that is no more, which may
    have been one of theirs.
    """
    touched: set[int] = set()
    persons: set[UUID] = set()
    for portion in in_portions(contributions):
        moves = PersonMove.objects.filter(contribution__in=portion)
        touched |= set(moves.exclude(event=None).values_list("event", flat=True))
        persons |= {person for person in moves.values_list("person", flat=True) if person}
        moves.delete()
    for of_them in in_portions(touched):
        events_of_them = PersonEvent.objects.filter(id__in=of_them)
        events_of_them.exclude(Exists(PersonMove.objects.filter(event=OuterRef("id")))).delete()
    for of_persons in in_portions(persons):
        PersonEvent.objects.filter(Q(person__in=of_persons) | Q(other__in=of_persons)).forget_lost_pairs()


def close(contributions: Collection[UUID]) -> None:
    """Of what became of them only stays where they stand."""
    forget(contributions)
    for portion in in_portions(contributions):
        rows = PersonContribution.objects.filter(contribution__in=portion).values_list("contribution", "person")
        bulk.insert(PersonMove, ("contribution_id", "person", "event_id"), [(*row, None) for row in sorted(rows)])


def step(weight: float) -> int:
    return next((bound for bound in STEPS if weight >= bound), LOWEST)


def _parts(before: Persons, after: Persons) -> tuple[set[UUID], list[Part]]:
    """Who begins a person, and who goes which way; a person of which nobody is left has ended in the other."""
    members = _members(after)
    ways: defaultdict[tuple[UUID | None, UUID], set[UUID]] = defaultdict(set)
    for contribution, person in after.items():
        if before.get(contribution) != person:
            ways[before.get(contribution), person].add(contribution)
    # Where all are new, one of them begins the person and the others come to it.
    begun = {min(moved) for (source, target), moved in ways.items() if source is None and moved == members[target]}
    parts = [_part(way, frozenset(moved - begun), members) for way, moved in ways.items() if moved - begun]
    return begun, sorted(parts, key=lambda part: min(part.moved))


def _part(way: tuple[UUID | None, UUID], moved: frozenset[UUID], members: Mapping[UUID, set[UUID]]) -> Part:
    source, target = way
    if source is not None and source in members:
        return Part(Kind.SPLIT, moved, source, target, frozenset(members[source]))
    return Part(Kind.MERGE, moved, target, source, frozenset(members[target] - moved))


def _members(after: Persons) -> dict[UUID, set[UUID]]:
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for contribution, person in after.items():
        found[person].add(contribution)
    return found


class _Neighbours:
    """The pairs of a component by their ends."""

    def __init__(self, found: Mapping[Two, Stored]) -> None:
        self._of: defaultdict[UUID, list[Stored]] = defaultdict(list)
        for (first, second), pair in found.items():
            self._of[first].append(pair)
            self._of[second].append(pair)

    def deciding(self, part: Part, answers: Collection[Two]) -> Stored | None:
        """The pair of the two sides that was just answered, else that was decided so before, else the heaviest."""
        said = Pair.Decision.SAME if part.kind is Kind.MERGE else Pair.Decision.DIFFERENT
        fewer, more = sorted((part.moved, part.rest), key=len)
        across = [pair for one in fewer for pair in self._of[one] if not more.isdisjoint(pair.ends)]
        return max(across, key=lambda pair: (pair.ends in answers, pair.decision == said, pair.weight, pair.ends), default=None)


def _events(parts: Sequence[Part], neighbours: _Neighbours, cause: Cause) -> list[PersonEvent]:
    deciding = [neighbours.deciding(part, cause.answers) for part in parts]
    answers = _answers(pair for pair in deciding if pair and pair.ends not in cause.answers)
    last = _last_events({one for part in parts if part.kind is Kind.SPLIT or part.other for one in part.moved})
    made, version = [], in_force.parameters().version
    for part, pair in zip(parts, deciding, strict=True):
        event = _event(part, pair, cause)
        event.parameters = version
        event.decision = _answer(part, pair, cause) or (answers.get(pair.id) if pair else None)
        if event.decision:
            event.reading = event.decision.reading
        undone = last.get(part.moved)
        event.undoes = undone if undone and undone.kind == OPPOSITE[part.kind] else None
        made.append(event)
    return PersonEvent.objects.bulk_create(made)


def _event(part: Part, pair: Stored | None, cause: Cause) -> PersonEvent:
    answer = _answer(part, pair, cause)
    anew = not (part.moved | part.rest).isdisjoint(cause.anew)
    reason = answer.answer if answer else Reason.LINKED_ANEW if anew else cause.reason
    made = PersonEvent(kind=part.kind, person=part.person, other=part.other, at=_moment(cause), reason=reason)
    made.actor_kind, made.actor_id = cause.by.kind, cause.by.id
    made.pair, weight = (pair.id, pair.weight) if pair else (None, answer.weight if answer else None)
    made.weight = None if weight is None else step(weight)
    return made


def _moment(cause: Cause) -> datetime:
    """The trail names at which moment which report was removed: by the day alone nobody finds what it had joined."""
    now = timezone.now()
    return now.replace(hour=0, minute=0, second=0, microsecond=0) if cause.reason == Reason.REMOVED else now


def _answer(part: Part, pair: Stored | None, cause: Cause) -> LinkDecision | None:
    """Also of what only follows from the answer: the one about somebody of the two sides."""
    if pair and pair.ends in cause.answers:
        return cause.answers[pair.ends]
    ends = part.moved | part.rest
    near = [answer for two, answer in sorted(cause.answers.items()) if not ends.isdisjoint(two)]
    return near[0] if near else next(iter(cause.answers.values()), None)


def _answers(pairs: Iterable[Stored]) -> dict[UUID, LinkDecision]:
    """The last answer about each of these that was decided before."""
    decided = [pair.id for pair in pairs if pair.decision]
    rows = (LinkDecision.objects.filter(pair__in=portion).order_by("id") for portion in in_portions(decided))
    return {answer.pair: answer for found in rows for answer in found}


def _last_events(contributions: Collection[UUID]) -> dict[frozenset[UUID], PersonEvent]:
    """The events that were the last to move each of those that they moved, by these."""
    last: dict[UUID, int | None] = {}
    for portion in in_portions(contributions):
        rows = PersonMove.objects.filter(contribution__in=portion).order_by("id")
        last |= dict(rows.values_list("contribution", "event"))
    moved: defaultdict[int, set[UUID]] = defaultdict(set)
    for of_events in in_portions(event for event in last.values() if event):
        for event, contribution in PersonMove.objects.filter(event__in=of_events).values_list("event", "contribution"):
            moved[event].add(contribution)
    whole = {event: frozenset(ends) for event, ends in moved.items() if all(last.get(one) == event for one in ends)}
    rows_of = (PersonEvent.objects.filter(id__in=portion) for portion in in_portions(whole))
    return {whole[row.id]: row for found in rows_of for row in found}
