"""Carries out what consent decided: releases a held report, turns it into a signal, or removes it as if it never was.

It decides nothing, and does each outcome in the transaction that marks it as carried out: twice is once.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import webhooks
from accounts.reporters import Source
from accounts.webhooks import Topic
from consent import gate
from intake import events, uses
from intake.codes.characteristics import Characteristics
from intake.matching import changes, unlink
from intake.matching.portions import in_portions
from intake.models.contribution import Contribution
from intake.notifications import endings, restrictions, signals, storing, stubs
from intake.notifications.services import LINK_JOB
from intake.notifications.workflow import EVENT_OF_OUTCOME, TOLD, State, allowed
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor, system

CHUNK = 100
LEADS_TO = {
    gate.OutcomeKind.RELEASE: State.ACCEPTED,
    gate.OutcomeKind.MAKE_SIGNAL: State.SIGNAL,
    gate.OutcomeKind.WITHDRAW: State.WITHDRAWN,
}


def carry_out(limit: int = CHUNK) -> int:
    """The oldest outcomes that wait, at most limit of them; returns how many there were."""
    by = system("intake.outcomes")
    with transaction.atomic():
        changes.lock_register()  # Before any row and the audit trail, as linking does: one order of locks for all.
        waiting = _waiting(limit)
        _lock(outcome.notification for outcome in waiting)
        for state in (State.ACCEPTED, State.SIGNAL, State.WITHDRAWN):
            asked = [outcome.notification for outcome in waiting if LEADS_TO.get(outcome.kind) is state]
            _bring_to(state, asked, by)
        _tell_recipients([outcome.notification for outcome in waiting if outcome.kind is gate.OutcomeKind.TELL_RECIPIENTS], by)
        gate.mark_all_carried_out([outcome.id for outcome in waiting], by=by)
    return len(waiting)


def _waiting(limit: int) -> list[gate.WaitingOutcome]:
    """The oldest that nothing holds. However many are held, they do not take the place of the others."""
    asked = limit
    while True:
        waiting = gate.outcomes_waiting(asked)
        held = _held(waiting)
        free = [outcome for outcome in waiting if outcome.id not in held]
        if len(free) >= limit or len(waiting) < asked:
            return free[:limit]
        asked *= 2


def _held(waiting: Sequence[gate.WaitingOutcome]) -> set[int]:
    """What is restricted is kept as it is until that ends, whatever was decided; only the person can stop it sooner."""
    asked = [outcome.notification for outcome in waiting]
    restricted = {one for portion in in_portions(asked) for one in restrictions.among(portion)}
    standing = gate.standing_statements(restricted) if restricted else {}
    stopped = {notification for notification, kept in standing.items() if kept.withdrawn}
    return {
        outcome.id
        for outcome in waiting
        if outcome.notification in restricted
        and outcome.kind is not gate.OutcomeKind.TELL_RECIPIENTS
        and not (outcome.kind is gate.OutcomeKind.WITHDRAW and outcome.notification in stopped)
    }


def remove_leaving(limit: int = CHUNK) -> int:
    """What reporters took back, and records of a feed that are no victim's after all, as if they had never been there.

    Returns how many there were.
    """
    by = system("intake.outcomes")
    with transaction.atomic():
        changes.lock_register()
        leaving = list(Contribution.objects.select_for_update().filter(leaving=True).order_by("id")[:limit])
        if leaving:
            _remove(leaving, by)
            removed = [audit.Event(_removed(row), "contribution", row.id) for row in leaving]
            audit.record_many(removed, by=by)
    return len(leaving)


def _removed(row: Contribution) -> str:
    return events.NOTIFICATION_REMOVED if row.source == Source.REPORT else events.FEED_RECORD_REMOVED


def _lock(contributions: Iterable[UUID]) -> None:
    """All rows before the first audit entry: a correction that holds one of them goes on to the trail as well."""
    list(Contribution.objects.select_for_update().filter(id__in=list(contributions)).order_by("id").values_list("id"))


def _bring_to(state: State, contributions: Collection[UUID], by: Actor) -> None:
    """A release goes before a withdrawal of the same report, so the order of the two outcomes makes no difference."""
    if not contributions:
        return
    rows = list(Contribution.objects.filter(id__in=contributions).order_by("id"))
    ready = [row for row in rows if allowed(State(row.state), state)]
    if state is State.ACCEPTED:
        _release(ready)
    elif ready:
        if state is State.SIGNAL:
            _leave_signals(ready)
        # Of what was taken back by its reporter both are there already.
        here = [row for row in ready if not row.leaving]
        stubs.leave(here, state)
        if state is State.WITHDRAWN:
            endings.leave(here, endings.Rule.CONSENT_WITHDRAWN)
        _remove(ready, by)
    audit.record_many([_event(state, identifier, ready) for identifier in contributions], by=by)
    _announce(state, ready)
    # After the audit entry, as everywhere: its lock comes before those of jobs.
    if state is State.ACCEPTED and ready:
        jobs.record(LINK_JOB, key=LINK_JOB)
    if state is State.SIGNAL and ready:
        signals.mix_soon()


def _tell_recipients(contributions: Collection[UUID], by: Actor) -> None:
    """The report stays; only those who were given an extract with it have to be told, as after a withdrawal of the whole."""
    if contributions:
        uses.must_be_told(contributions=contributions, by=by)


def _announce(state: State, rows: Sequence[Contribution]) -> None:
    """What the reporter's own pages show from now on; linking has not begun, so it cannot show in this.

    Not what the reporter took back, of which the moment is known: its removal takes longer where others reported the person.
    """
    for row in rows:
        if row.source == Source.REPORT and not row.leaving:
            told = TOLD[state]
            webhooks.announce(organisation=row.organisation_id, topic=Topic.REPORT, object_id=row.reference, status=told)


def _release(rows: Sequence[Contribution]) -> None:
    if rows:
        held = Contribution.objects.filter(id__in=[row.id for row in rows], leaving=False)
        held.update(state=Contribution.State.ACCEPTED, needs_linking=True, released=timezone.now().astimezone(UTC).date())


def _leave_signals(rows: Sequence[Contribution]) -> None:
    """The signal refers to nothing; the stub lets the reporter see what became of the report, for a while."""
    signals.store([_signal(row) for row in rows])


def _remove(rows: Sequence[Contribution], by: Actor) -> None:
    doomed = [row.id for row in rows]
    uses.must_be_told(contributions=doomed, by=by)
    unlink.remove(contributions=doomed, by=by)
    storing.delete(doomed)


def _signal(row: Contribution) -> signals.Signal:
    return signals.signal_of(
        on=row.date,
        group=row.group,
        age_band=row.age_band,
        characteristics=Characteristics.from_json(row.characteristics),
    )


def _event(state: State, identifier: UUID, done: Sequence[Contribution]) -> audit.Event:
    """An outcome for a report that is gone already is carried out by doing nothing, and says so."""
    action = EVENT_OF_OUTCOME[state] if any(row.id == identifier for row in done) else events.OUTCOME_NOTHING_LEFT
    return audit.Event(action, "contribution", identifier)
