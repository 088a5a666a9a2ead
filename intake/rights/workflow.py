"""The states of a case, the steps of its log and the audit event of each. It changes nothing itself."""

from collections.abc import Mapping
from enum import StrEnum

from intake import events


class State(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"


class Step(StrEnum):
    """What the log of a case says was done."""

    RECEIVED = "received"
    IDENTIFIED = "identified"
    EXTENDED = "extended"
    SEARCH_ASKED = "search-asked"
    SEARCH_GRANTED = "search-granted"
    SEARCH_REFUSED = "search-refused"
    SEARCH_DONE = "search-done"
    REMOVAL_ASKED = "removal-asked"
    REMOVAL_GRANTED = "removal-granted"
    REMOVAL_REFUSED = "removal-refused"
    REPORTS_ADDED = "reports-added"
    REPORT_LEFT_OUT = "report-left-out"
    COPY_SHOWN = "copy-shown"
    RECTIFIED = "rectified"
    DECIDED = "decided"
    RESTRICTED = "restricted"
    LIFTED = "restriction-lifted"
    ERASED = "erased"
    CLOSED = "closed"


STEPS: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.DECIDED}),
    State.DECIDED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}

EVENTS: Mapping[State, str] = {
    State.OPEN: events.RIGHTS_RECEIVED,
    State.DECIDED: events.RIGHTS_DECIDED,
    State.CLOSED: events.RIGHTS_CLOSED,
}

EVENT_OF_STEP: Mapping[Step, str] = {
    Step.RECEIVED: EVENTS[State.OPEN],
    Step.DECIDED: EVENTS[State.DECIDED],
    Step.CLOSED: EVENTS[State.CLOSED],
    Step.IDENTIFIED: events.RIGHTS_IDENTIFIED,
    Step.EXTENDED: events.RIGHTS_EXTENDED,
    Step.SEARCH_ASKED: events.SEARCH_ASKED,
    Step.SEARCH_GRANTED: events.SEARCH_GRANTED,
    Step.SEARCH_REFUSED: events.SEARCH_REFUSED,
    Step.SEARCH_DONE: events.SEARCH_DONE,
    Step.REMOVAL_ASKED: events.REMOVAL_ASKED,
    Step.REMOVAL_GRANTED: events.REMOVAL_GRANTED,
    Step.REMOVAL_REFUSED: events.REMOVAL_REFUSED,
    Step.REPORTS_ADDED: events.RIGHTS_REPORTS_ADDED,
    Step.REPORT_LEFT_OUT: events.RIGHTS_REPORT_LEFT_OUT,
    Step.COPY_SHOWN: events.RIGHTS_COPY_SHOWN,
    Step.RECTIFIED: events.RIGHTS_RECTIFIED,
    Step.RESTRICTED: events.RIGHTS_RESTRICTED,
    Step.LIFTED: events.RIGHTS_LIFTED,
    Step.ERASED: events.RIGHTS_ERASED,
}


def allowed(current: State, following: State) -> bool:
    return following in STEPS[current]
