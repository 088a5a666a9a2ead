"""The states of a statement, the events between them, and what a list of events says: now, and on a past day.

States follow from events alone, and events are only ever added. It knows no person and changes nothing itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consent import events


class Kind(StrEnum):
    """What can happen to a statement; the values are stored.

    first-approved: where the table wants a second reviewer; it goes on waiting for that one.
    superseded: the reporter corrected it, and another statement waits in its place. retracted: none was given after all.
    invalidated: it was approved, and turned out never to have been good. lapsed: not reviewed in time, or its term is over.
    confirm-sent: the reporter says that the person, sixteen by now, confirmed it; reconfirmed or confirm-refused: what the
    reviewer found of that. What a representative consented to stands meanwhile, and after a refusal too.
    doubted: the first of two says that it was never good. cleared: it is good after all.
    """

    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"
    ASKED_BACK = "asked-back"
    ANSWERED = "answered"
    FIRST_APPROVED = "first-approved"
    APPROVED = "approved"
    REJECTED = "rejected"
    CONFIRM_SENT = "confirm-sent"
    RECONFIRMED = "reconfirmed"
    CONFIRM_REFUSED = "confirm-refused"
    DOUBTED = "doubted"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    INVALIDATED = "invalidated"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class State(StrEnum):
    """given waits for review, and so does asked-back, for the reporter's answer first."""

    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"
    ASKED_BACK = "asked-back"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    INVALIDATED = "invalidated"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class OutcomeKind(StrEnum):
    """What intake has to do; the values are stored."""

    RELEASE = "release"
    MAKE_SIGNAL = "make-signal"
    WITHDRAW = "withdraw"
    TELL_RECIPIENTS = "tell-recipients"


WAITING = frozenset({State.GIVEN, State.ASKED_BACK})
_ENDINGS_UNREVIEWED = frozenset({Kind.REJECTED, Kind.LAPSED, Kind.WITHDRAWN, Kind.SUPERSEDED, Kind.RETRACTED})

# What leaves the consent as it stands: a confirmation at sixteen, and a doubt that nobody has shared yet.
STANDS = (Kind.CONFIRM_SENT, Kind.RECONFIRMED, Kind.CONFIRM_REFUSED, Kind.DOUBTED, Kind.CLEARED)

STEPS: Mapping[State, frozenset[Kind]] = {
    State.REQUESTED: frozenset({Kind.GIVEN, Kind.REFUSED, Kind.NOT_ASKED}),
    State.GIVEN: frozenset({Kind.FIRST_APPROVED, Kind.APPROVED, Kind.ASKED_BACK}) | _ENDINGS_UNREVIEWED,
    State.ASKED_BACK: frozenset({Kind.ANSWERED}) | _ENDINGS_UNREVIEWED,
    State.REFUSED: frozenset({Kind.SUPERSEDED}),
    State.NOT_ASKED: frozenset({Kind.SUPERSEDED}),
    State.APPROVED: frozenset({*STANDS, Kind.WITHDRAWN, Kind.LAPSED, Kind.INVALIDATED}),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.LAPSED: frozenset(),
    State.INVALIDATED: frozenset(),
    State.SUPERSEDED: frozenset(),
    State.RETRACTED: frozenset(),
}

_STAYS = {Kind.ANSWERED: State.GIVEN, Kind.FIRST_APPROVED: State.GIVEN} | dict.fromkeys(STANDS, State.APPROVED)
LEADS_TO: Mapping[Kind, State] = {kind: _STAYS.get(kind) or State(kind.value) for kind in Kind}

AUDIT_EVENTS: Mapping[Kind, str] = {
    Kind.REQUESTED: events.STATEMENT_REQUESTED,
    Kind.GIVEN: events.STATEMENT_RECORDED,
    Kind.REFUSED: events.REFUSAL_RECORDED,
    Kind.NOT_ASKED: events.NOT_ASKED_RECORDED,
    Kind.ASKED_BACK: events.STATEMENT_ASKED_BACK,
    Kind.ANSWERED: events.STATEMENT_ANSWERED,
    Kind.FIRST_APPROVED: events.STATEMENT_FIRST_APPROVED,
    Kind.APPROVED: events.STATEMENT_APPROVED,
    Kind.REJECTED: events.STATEMENT_REJECTED,
    Kind.CONFIRM_SENT: events.CONFIRMATION_SENT,
    Kind.RECONFIRMED: events.STATEMENT_RECONFIRMED,
    Kind.CONFIRM_REFUSED: events.CONFIRMATION_REFUSED,
    Kind.DOUBTED: events.STATEMENT_DOUBTED,
    Kind.CLEARED: events.STATEMENT_CLEARED,
    Kind.WITHDRAWN: events.STATEMENT_WITHDRAWN,
    Kind.LAPSED: events.STATEMENT_LAPSED,
    Kind.INVALIDATED: events.STATEMENT_INVALIDATED,
    Kind.SUPERSEDED: events.STATEMENT_SUPERSEDED,
    Kind.RETRACTED: events.STATEMENT_RETRACTED,
}

_OUTCOMES_UNREVIEWED: Mapping[Kind, OutcomeKind] = {
    Kind.APPROVED: OutcomeKind.RELEASE,
    Kind.REJECTED: OutcomeKind.MAKE_SIGNAL,
    Kind.LAPSED: OutcomeKind.MAKE_SIGNAL,
    Kind.RETRACTED: OutcomeKind.MAKE_SIGNAL,
    Kind.WITHDRAWN: OutcomeKind.WITHDRAW,
}
# What was linked and counted leaves as if it had never been there, whatever ended the consent.
_OUTCOMES_REVIEWED: Mapping[Kind, OutcomeKind] = {
    Kind.LAPSED: OutcomeKind.WITHDRAW,
    Kind.INVALIDATED: OutcomeKind.WITHDRAW,
    Kind.WITHDRAWN: OutcomeKind.WITHDRAW,
}


@dataclass(frozen=True)
class Event:
    """legal_date is the day on which it counts, recorded the moment at which it became known, sequence the order of writing."""

    kind: Kind
    legal_date: date
    recorded: datetime
    sequence: int


@dataclass(frozen=True)
class Period:
    """The days on which consent stands: from the first on, and until the day before the last, where there is one."""

    first: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


def allowed(current: State, following: Kind) -> bool:
    return following in STEPS[current]


def outcome_of(current: State, following: Kind) -> OutcomeKind | None:
    """What is left for intake when this happens to a statement in this state; of waiting and asking nothing is."""
    return (_OUTCOMES_REVIEWED if current is State.APPROVED else _OUTCOMES_UNREVIEWED).get(following)


def outcome_of_research(current: State, following: Kind) -> OutcomeKind | None:
    """As outcome_of, of research extracts alone: the report stays, and who was given an extract with it is told."""
    return OutcomeKind.TELL_RECIPIENTS if current is State.APPROVED and following in _OUTCOMES_REVIEWED else None


def state_of(history: Iterable[Event]) -> State | None:
    """The present state: where the last event that was written leads. None for a statement without events."""
    last = max(history, key=lambda event: event.sequence, default=None)
    return LEADS_TO[last.kind] if last else None


def in_legal_order(history: Iterable[Event]) -> Sequence[Event]:
    """Total: events of one day stand in the order in which they were recorded, and of one moment in that of writing."""
    return sorted(history, key=lambda event: (event.legal_date, event.recorded, event.sequence))


def period(history: Iterable[Event], *, valid_until: date | None = None) -> Period | None:
    """On which days consent stands, as known now; None for no day at all.

    A review says whether the statement is good; a good one counts from the day of signing on, however late it was reviewed.
    Without an approval, or once it turned out to be invalid or was superseded, it counts on no day. A withdrawal or lapse ends
    it from its legal date on, for good, and leaves the days before as they were; so does the end of its term.
    """
    known = list(history)
    kinds = {event.kind for event in known}
    first = min((event.legal_date for event in known if event.kind is Kind.GIVEN), default=None)
    if first is None or Kind.APPROVED not in kinds or kinds & {Kind.INVALIDATED, Kind.SUPERSEDED}:
        return None
    ends = [event.legal_date for event in known if event.kind in (Kind.WITHDRAWN, Kind.LAPSED)]
    until = min([*ends, *([valid_until] if valid_until else [])], default=None)
    return Period(first, until) if until is None or first < until else None


def consent_stands(history: Iterable[Event], day: date, *, valid_until: date | None = None) -> bool:
    """Whether, as known now, consent held at the end of that day."""
    stands = period(history, valid_until=valid_until)
    return stands is not None and stands.holds(day)
