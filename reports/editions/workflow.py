"""The states of an edition and the steps between them, as a table. A step is called as the state that it leads to."""

from collections.abc import Collection
from enum import StrEnum

from reports import events


class State(StrEnum):
    FROZEN = "frozen"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


STEPS: dict[State, tuple[State, ...]] = {
    State.FROZEN: (State.PUBLISHED, State.WITHDRAWN),
    State.PUBLISHED: (State.SUPERSEDED, State.WITHDRAWN),
    State.SUPERSEDED: (State.WITHDRAWN,),
    State.WITHDRAWN: (),
}
EVENTS = {
    State.FROZEN: events.EDITION_FROZEN,
    State.PUBLISHED: events.EDITION_PUBLISHED,
    State.SUPERSEDED: events.EDITION_SUPERSEDED,
    State.WITHDRAWN: events.EDITION_WITHDRAWN,
}


def state_of(steps: Collection[str]) -> State:
    """Of an edition of which these steps were taken."""
    last = (State.WITHDRAWN, State.SUPERSEDED, State.PUBLISHED)
    return next((state for state in last if state in steps), State.FROZEN)


def possible(state: State, step: State) -> bool:
    return step in STEPS[state]
