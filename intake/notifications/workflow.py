"""The states of a report, the steps between them and the audit event of each. It changes nothing itself."""

from enum import StrEnum

from intake import events


class State(StrEnum):
    """accepted and held are rows; signal and withdrawn are what is left of a report in the end."""

    ENTERED = "entered"
    HELD = "held"
    ACCEPTED = "accepted"
    SIGNAL = "signal"
    WITHDRAWN = "withdrawn"


STEPS: dict[State, frozenset[State]] = {
    State.ENTERED: frozenset({State.HELD, State.ACCEPTED, State.SIGNAL}),
    State.HELD: frozenset({State.ACCEPTED, State.SIGNAL, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.WITHDRAWN}),
    State.SIGNAL: frozenset(),
    State.WITHDRAWN: frozenset(),
}

EVENT_AT_ENTRY: dict[State, str] = {
    State.HELD: events.NOTIFICATION_HELD,
    State.ACCEPTED: events.NOTIFICATION_ACCEPTED,
    State.SIGNAL: events.NOTIFICATION_SIGNAL,
}

EVENT_OF_OUTCOME: dict[State, str] = {
    State.ACCEPTED: events.OUTCOME_RELEASED,
    State.SIGNAL: events.OUTCOME_SIGNAL,
    State.WITHDRAWN: events.OUTCOME_WITHDRAWN,
}


EVENT_BY_REPORTER: dict[State, str] = {
    State.WITHDRAWN: events.NOTIFICATION_WITHDRAWN,
}


# What an organisation's own systems are told, by the interface and by webhooks.
TOLD: dict[State, str] = {
    State.ACCEPTED: "aanvaard",
    State.HELD: "wacht-op-toestemming",
    State.SIGNAL: "anoniem-signaal",
    State.WITHDRAWN: "ingetrokken",
}


def allowed(current: State, following: State) -> bool:
    return following in STEPS[current]
