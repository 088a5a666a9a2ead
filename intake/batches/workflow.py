"""The states of a delivered file, the steps between them and the audit event of each. It changes nothing itself."""

from enum import StrEnum

from intake import events
from intake.errors import WrongStateError


class State(StrEnum):
    """The same values as the model's, which cannot be asked for without a database setting."""

    ARRIVING = "arriving"
    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    STORED = "stored"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


STEPS: dict[State, frozenset[State]] = {
    State.ARRIVING: frozenset({State.RECEIVED, State.CANCELLED}),
    State.RECEIVED: frozenset({State.CHECKED, State.REFUSED, State.CANCELLED}),
    State.CHECKED: frozenset({State.CONFIRMED, State.CANCELLED}),
    State.CONFIRMED: frozenset({State.STORED, State.PAUSED, State.STOPPED}),
    State.PAUSED: frozenset({State.CONFIRMED, State.STOPPED}),
    State.REFUSED: frozenset(),
    State.STORED: frozenset(),
    State.STOPPED: frozenset(),
    State.CANCELLED: frozenset(),
}

EVENTS: dict[State, str] = {
    State.ARRIVING: events.BATCH_ARRIVING,
    State.RECEIVED: events.BATCH_RECEIVED,
    State.CHECKED: events.BATCH_CHECKED,
    State.REFUSED: events.BATCH_REFUSED,
    State.CONFIRMED: events.BATCH_CONFIRMED,
    State.PAUSED: events.BATCH_PAUSED,
    State.STORED: events.BATCH_STORED,
    State.STOPPED: events.BATCH_STOPPED,
    State.CANCELLED: events.BATCH_CANCELLED,
}


# What an organisation's own systems are told, by the interface and by webhooks.
TOLD: dict[State, str] = {
    State.RECEIVED: "ontvangen",
    State.CHECKED: "gecontroleerd",
    State.REFUSED: "afgewezen",
    State.CONFIRMED: "bevestigd",
    State.PAUSED: "gepauzeerd",
    State.STORED: "verwerkt",
    State.STOPPED: "gestopt",
    State.CANCELLED: "geannuleerd",
}


def check_step(current: str, following: State) -> None:
    if following not in STEPS[State(current)]:
        raise WrongStateError("This delivery is no longer in the state for this step.")
