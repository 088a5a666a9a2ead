"""The states of an extract and the steps between them, as a table. A step is called as the state that it leads to."""

from reports import events
from reports.models import Extract

State = Extract.State

STEPS: dict[State, tuple[State, ...]] = {
    State.DESCRIBED: (State.PREVIEWED, State.IMPOSSIBLE, State.TAKEN_BACK),
    State.PREVIEWED: (State.ASKED, State.TAKEN_BACK),
    State.ASKED: (State.APPROVED, State.REFUSED, State.TAKEN_BACK),
    State.APPROVED: (State.READY, State.IMPOSSIBLE, State.TAKEN_BACK),
    State.READY: (State.EXPIRED,),
    State.REFUSED: (),
    State.IMPOSSIBLE: (),
    State.TAKEN_BACK: (),
    State.EXPIRED: (),
}
EVENTS: dict[State, str] = {
    State.DESCRIBED: events.EXTRACT_DESCRIBED,
    State.PREVIEWED: events.EXTRACT_PREVIEWED,
    State.ASKED: events.EXTRACT_ASKED,
    State.APPROVED: events.EXTRACT_APPROVED,
    State.READY: events.EXTRACT_READY,
    State.REFUSED: events.EXTRACT_REFUSED,
    State.IMPOSSIBLE: events.EXTRACT_IMPOSSIBLE,
    State.TAKEN_BACK: events.EXTRACT_TAKEN_BACK,
    State.EXPIRED: events.EXTRACT_EXPIRED,
}


def possible(state: str, step: State) -> bool:
    return step in STEPS[State(state)]
