"""The whole register anew, by as many workers as there are: by night it is proved, or weighed anew where other parameters hold.

The pairs are compared in portions by token, each a job of its own that is killed and run again without harm; when the last
portion is done, the persons follow in portions by id. Comparing takes no lock. What differs is looked at once more under the
register's one lock, so that a proof tells nothing that a change in the meantime made, and a weighing writes nothing stale.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.matching import by_tokens, candidates, changes, copies, features, in_force, pairs, person_events, persons, proof
from intake.matching.by_tokens import Portion
from intake.matching.person_events import Cause, Reason
from intake.matching.portions import in_portions
from intake.models.change import Register
from intake.models.contribution import Contribution
from intake.models.matching import Two
from intake.models.portion import TokenPortion
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

Purpose = TokenPortion.Purpose
JOB = "intake.compare-tokens"
REGROUP = "intake.regroup"
AT_ONCE = 250


def begin_night(*, by: Actor) -> None:
    """Put in force what the size of the register asks for and have all pairs weighed anew, or if that is as it was, proved."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        register, size = changes.lock_register(), in_force.size()
        if in_force.follow(register, size):
            _begin_weighing(size, by)
        elif register.weighing:
            _go_on_weighing()
        elif not TokenPortion.objects.filter(purpose=Purpose.PROVE).exists():
            proof.begin(by)
            _divide(Purpose.PROVE, size)
        else:
            _ask(Purpose.PROVE)


def weigh(*, by: Actor) -> int:
    """Have all pairs weighed anew now, by the parameters that the register asks for. Returns in how many portions."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        register, size = changes.lock_register(), in_force.size()
        in_force.follow(register, size)
        return _begin_weighing(size, by)


def compare(*, portion: int, by: Actor) -> Callable[[], None]:
    """Compare a portion, without a lock and changing nothing; returns the effect. None if it was done already."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    row = TokenPortion.objects.filter(pk=portion).first()
    found = by_tokens.differing(Portion(row.number, row.many)) if row else None
    return lambda: None if found is None else _finish(portion, found, by)


def regroup(*, after: UUID = proof.FIRST, limit: int = AT_ONCE, by: Actor) -> UUID | None:
    """The persons of the next contributions as their pairs give them now, each portion asking for the next; then the proof.

    Decided pairs are weighed anew here, since they stay where they are candidates no more. Returns the last contribution, none
    where it was the last portion, or all is weighed anew once more.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        changes.lock_register()
        if TokenPortion.objects.filter(purpose=Purpose.WEIGH).exists():
            return None
        asked = proof.portion(after, limit)
        _weigh_decided(set(asked))
        grouped = persons.regroup(asked, Cause(Reason.WEIGHED_ANEW, by))
        for portion in in_portions(copies.unlike(asked) | copies.surplus(asked)):
            Contribution.objects.filter(id__in=portion, leaving=False).update(needs_linking=True)
        audit.record_many(person_events.told(grouped.counted), by=by)
        changes.touch(grouped.touched)
        if len(asked) < limit:
            Register.objects.update(weighing=False)
            jobs.record(proof.LINK, key=proof.LINK)
            jobs.record(proof.NIGHT)
            return None
        jobs.record(REGROUP, asked[-1])
    return asked[-1]


def _begin_weighing(size: int, by: Actor) -> int:
    """From the beginning, also where one was under way, whose portions were weighed by something else. A proof is given up."""
    TokenPortion.objects.all().delete()
    Register.objects.update(weighing=True)
    many = _divide(Purpose.WEIGH, size)
    details: dict[str, audit.Detail] = {"contributions": size, "portions": many}
    audit.record(events.LINKAGE_WEIGHED_ANEW, by=by, details={"parameters": in_force.parameters().version, **details})
    return many


def _go_on_weighing() -> None:
    """Asks again for what is left, in case that it was given up."""
    _ask(Purpose.WEIGH)
    if not TokenPortion.objects.filter(purpose=Purpose.WEIGH).exists():
        jobs.record(REGROUP, proof.FIRST)


def _divide(purpose: TokenPortion.Purpose, size: int) -> int:
    many = by_tokens.portions_for(size)
    TokenPortion.objects.bulk_create(TokenPortion(purpose=purpose, number=number, many=many) for number in range(many))
    _ask(purpose)
    return many


def _ask(purpose: TokenPortion.Purpose) -> None:
    for portion in TokenPortion.objects.filter(purpose=purpose).values_list("pk", flat=True):
        jobs.record(JOB, str(portion))


def _finish(portion: int, found: frozenset[Two], by: Actor) -> None:
    """Whoever finishes the last portion sees no other, since all wait for the register's lock."""
    with transaction.atomic():
        changes.lock_register()
        row = TokenPortion.objects.filter(pk=portion).first()
        if row is None:
            return
        row.delete()
        EFFECTS[Purpose(row.purpose)](found, by)
        if not TokenPortion.objects.filter(purpose=row.purpose).exists():
            jobs.record(PERSONS[Purpose(row.purpose)], proof.FIRST)


def _weigh(found: frozenset[Two], by: Actor) -> None:
    """The trail has no counts of it: two that differ by one report would tell whether its person was known."""
    differing = by_tokens.still_differing(found)
    pairs.weigh_anew(set(differing), features.load(by_tokens.ends_of(differing)))
    audit.record(events.LINKAGE_PAIRS_WEIGHED, by=by)


def _weigh_decided(first: set[UUID]) -> None:
    decided = {pair: row for pair, row in pairs.decided_about(first).items() if pair[0] in first}
    records = features.load(by_tokens.ends_of(decided))
    pairs.score_and_store(candidates.sharing_enough(decided), records, decided)


EFFECTS: Mapping[TokenPortion.Purpose, Callable[[frozenset[Two], Actor], None]] = {
    Purpose.PROVE: proof.tell_pairs,
    Purpose.WEIGH: _weigh,
}
PERSONS = {Purpose.PROVE: proof.JOB, Purpose.WEIGH: REGROUP}
