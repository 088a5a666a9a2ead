"""The states of an edition and the steps between them, as a table. It stores nothing."""

from collections.abc import Collection
from enum import StrEnum

from reports.models import EditionStep

Kind = EditionStep.Kind


class State(StrEnum):
    FROZEN = "frozen"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


STEPS: dict[tuple[State, Kind], State] = {
    (State.FROZEN, Kind.PUBLISHED): State.PUBLISHED,
    (State.FROZEN, Kind.WITHDRAWN): State.WITHDRAWN,
    (State.PUBLISHED, Kind.SUPERSEDED): State.SUPERSEDED,
    (State.PUBLISHED, Kind.WITHDRAWN): State.WITHDRAWN,
    (State.SUPERSEDED, Kind.WITHDRAWN): State.WITHDRAWN,
}


def state_of(steps: Collection[str]) -> State:
    """Of an edition of which these steps were taken."""
    for kind, state in (
        (Kind.WITHDRAWN, State.WITHDRAWN),
        (Kind.SUPERSEDED, State.SUPERSEDED),
        (Kind.PUBLISHED, State.PUBLISHED),
    ):
        if kind in steps:
            return state
    return State.FROZEN


def possible(state: State, kind: Kind) -> bool:
    return (state, kind) in STEPS
