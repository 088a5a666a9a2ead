"""Freezes an edition, a bounded portion at a time: collects its inputs, follows what changes meanwhile, counts, stores.

Each portion and how far it is commit together, with the job for the next one: killed anywhere, the work goes on from there.
Inputs are recorded as used in the portion that reads them, so that a withdrawal comes before it, or takes them away again;
that they left is recorded when the edition is published.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import facts
from jobs import services as jobs
from reports import events
from reports.disclosure.release import NotProtectableError
from reports.editions import auditing, comparing, counting, errors, reading, storing
from reports.editions.inputs import Digest, Input, by_person
from reports.editions.policies import check_may_freeze
from reports.models import Edition, Freeze, FrozenInput
from reports.releases import services as releases
from reports.releases.services import EVERYBODY, Kind, Leaving, Purpose
from safeguards import audit
from safeguards.actors import Actor, system

JOB = "reports.freeze"
PORTION = 2000
CHANGES_AT_ONCE = 400
FIRST_YEAR, LAST_YEAR = 1990, 2100
WORKER = system("editions")
_NAME = re.compile(r"[0-9]{4}-[1-9][0-9]?")

State = Freeze.State


@dataclass(frozen=True)
class Asked:
    """What an administrator fills in: contributions about these years that were recorded up to the cut-off."""

    name: str
    first_year: int
    last_year: int
    cutoff: datetime


def freeze(*, asked: Asked, by: Actor) -> UUID:
    """Ask for an edition; jobs make it. Raises EditionError."""
    check_may_freeze(by)
    _check(asked)
    with transaction.atomic():
        if reading.under_way().exists():
            raise errors.under_way()
        if Freeze.objects.filter(name=asked.name).exclude(state=State.REFUSED).exists():
            raise errors.name_taken()
        row = Freeze.objects.create(**vars(asked), asked_by=by.id, sequence=facts.latest_sequence())
        jobs.record(JOB, row.id)
        audit.record(events.EDITION_ASKED, by=by, object_type="edition", object_id=row.id, details={"name": row.name})
    return row.id


def _check(asked: Asked) -> None:
    if not _NAME.fullmatch(asked.name):
        raise errors.name_not_right()
    if not FIRST_YEAR <= asked.first_year <= asked.last_year <= LAST_YEAR:
        raise errors.period_not_right()
    if asked.cutoff > timezone.now():
        raise errors.cutoff_ahead()


def go_on(freezing: UUID, portion: int = PORTION) -> None:
    """The next portion of this freeze, and the job for the one after it. Of one that has ended, or is gone, nothing."""
    with transaction.atomic():
        row = reading.under_way().select_for_update().filter(id=freezing).first()
        if row is None:
            return
        _STEPS[State(row.state)](row, portion)
        row.save()
        if row.state in _STEPS:
            jobs.record(JOB, row.id)


def _collect(row: Freeze, portion: int) -> None:
    years = range(row.first_year, row.last_year + 1)
    if row.last is None:
        row.total = facts.number_linked(until=row.cutoff, years=years)
        signals = facts.signals(years=years, until=row.cutoff.date())
        row.signals = counting.to_json(counting.counters_of_all_signals(signals))
    found = facts.linked(after=row.last, until=row.cutoff, years=years, limit=portion)
    _keep(row, [Input.of(fact) for fact in found])
    row.done += len(found)
    if found:
        row.last = found[-1].contribution
    else:
        _begin(row, State.CATCHING_UP)


def _catch_up(row: Freeze, portion: int) -> None:
    """What was linked, separated, corrected or removed since the collecting began is read again."""
    changes = facts.changes_since(row.sequence, limit=min(portion, CHANGES_AT_ONCE))
    if not changes:
        _begin(row, State.COUNTING)
        row.total = reading.number_of_inputs(row.id)
        return
    keys = {(change.person, change.year) for change in changes}
    _drop_of(row, keys)
    found = facts.contributions_of((person, year) for person, year in keys if row.first_year <= year <= row.last_year)
    _keep(row, [Input.of(fact) for of_one in found.values() for fact in of_one if fact.recorded <= row.cutoff])
    row.sequence = changes[-1].sequence


def _drop_of(row: Freeze, keys: set[tuple[UUID, int]]) -> None:
    there = FrozenInput.objects.filter(freeze=row, person__in={person for person, _ in keys})
    stale = [pk for pk, person, year in there.values_list("pk", "person", "year") if (person, year) in keys]
    FrozenInput.objects.filter(pk__in=stale).delete()


def _keep(row: Freeze, inputs: Sequence[Input]) -> None:
    if not inputs:
        return
    used = [one.contribution for one in inputs]
    facts.record_use(release=row.id, contributions=used, by=WORKER, left=False)
    FrozenInput.objects.filter(freeze=row, contribution__in=used).delete()
    FrozenInput.objects.bulk_create(
        FrozenInput(freeze=row, contribution_id=one.contribution, person=one.person, year=one.year, said=one.said)
        for one in inputs
    )


def _count(row: Freeze, portion: int) -> None:
    inputs = reading.next_inputs(row.id, row.last, portion)
    if not inputs:
        _after_counting(row)
        return
    digest, counters = Digest(row.counters.get("digest", "0")), counting.from_json(row.counters.get("is", ()))
    persons = list(by_person(inputs))
    for person in persons:
        digest.add(person)
    counters.update(counting.counters_of(persons))
    row.counters |= {"digest": digest.carried, "is": counting.to_json(counters)}
    _done(row, inputs)


def _after_counting(row: Freeze) -> None:
    if reading.number_of_inputs(row.id) != row.done:
        # Something was withdrawn that had been counted already: count again.
        row.total = reading.number_of_inputs(row.id)
        _begin(row, State.COUNTING)
        return
    before = reading.newest_published()
    counted = row.counters | {"inputs": row.done}
    _begin(row, State.COMPARING if before else State.FROZEN)
    row.counters = counted
    if before is None:
        _finish(row, None)
    else:
        row.counters |= {"before": str(before.id)}
        row.total = FrozenInput.objects.filter(freeze__in=(row.id, before.id)).count()


def _compare(row: Freeze, portion: int) -> None:
    before = Edition.objects.get(id=row.counters["before"])
    inputs = comparing.go_on(row, before, portion)
    if inputs:
        _done(row, inputs)
        return
    if reading.number_of_inputs(row.id) != row.counters["inputs"]:
        row.total = reading.number_of_inputs(row.id)
        _begin(row, State.COUNTING)
        return
    _finish(row, before)


def _finish(row: Freeze, before: Edition | None) -> None:
    try:
        storing.store(row, before)
    except NotProtectableError:
        _refuse(row)
        return
    row.state, row.last, row.counters = State.FROZEN, None, {}
    details = {"name": row.name}
    audit.record(events.EDITION_FROZEN, by=WORKER, object_type="edition", object_id=row.id, details=details)
    jobs.record(auditing.JOB, row.id)


def _refuse(row: Freeze) -> None:
    """Who asked asks for another one: tried again with these counts it would mostly end the same. Its inputs go."""
    FrozenInput.objects.filter(freeze=row).delete()
    _begin(row, State.REFUSED)
    row.signals = []
    leaving = Leaving(
        release=row.id,
        kind=Kind.EDITION,
        what=row.name,
        recipient=EVERYBODY,
        purpose=Purpose.PUBLICATION,
        protection="",
        parameters={"first_year": row.first_year, "last_year": row.last_year},
    )
    releases.record_refusal(leaving=leaving, reason=str(errors.not_protected()), by=WORKER)


def _begin(row: Freeze, state: State) -> None:
    row.state, row.last, row.done, row.counters = state, None, 0, {}


def _done(row: Freeze, inputs: Iterable[Input]) -> None:
    counted = list(inputs)
    row.last = counted[-1].person
    row.done += len(counted)


_STEPS = {State.COLLECTING: _collect, State.CATCHING_UP: _catch_up, State.COUNTING: _count, State.COMPARING: _compare}
