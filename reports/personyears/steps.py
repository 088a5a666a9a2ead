"""What the dated steps of a person-year say: how long a B8 decision took, and who had help half a year after the report.

A step is given by its days, each perhaps without its day or month (intake.codes.partial_days); an empty one has no date at all.
Where unknown parts of a date decide, the answer is unknown. The rules are the project's own: no document has any.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from intake.codes import waits
from intake.codes.partial_days import span

HALF_A_YEAR = timedelta(days=183)
HELPED, NOT_HELPED = "helped", "not-helped"
# The longest wait for a decision of each band in days.
WAITS = {band: days for band, days in waits.LONGEST.items() if band != waits.WEEK}
_UNSURE = "unsure"

Days = Iterable[str]


def helped_after_half_a_year(reported: date | None, helped: tuple[Days, Days], sheltered: tuple[Days, Days], gone: Days) -> str:
    """Half a year after the first report of the year; helped and sheltered are the days of starting and of ending.

    HELPED: one of the two had started last. NOT_HELPED: the last that was known is an end, or leaving for an unknown
    destination, or help started only later. Empty: nothing with a certain date says so.
    """
    if not reported:
        return ""
    on = reported + HALF_A_YEAR
    states = [_state(on, *helped, gone), _state(on, *sheltered, gone)]
    if HELPED in states:
        return HELPED
    return NOT_HELPED if NOT_HELPED in states and _UNSURE not in states else ""


def _state(on: date, started: Days, ended: Days, gone: Days) -> str:
    """HELPED, NOT_HELPED, unsure, or empty where there is no step at all. On one day a start counts after an end."""
    events = [(*found, True) for found in _dated(started)] + [(*found, False) for found in _dated((*ended, *gone))]
    if any(first <= on < last for first, last, _ in events):
        return _UNSURE
    before = [(last, starts) for _, last, starts in events if last <= on]
    if before:
        return HELPED if max(before)[1] else NOT_HELPED
    return NOT_HELPED if any(starts for _, _, starts in events) else ""


def wait_for_decision(requested: Days, granted: Days, refused: Days) -> str:
    """The band of the days from the first request for B8 to the first decision after it; empty where one is not dated."""
    asked = [found for found in _dated(requested) if found[0] == found[1]]
    decided = [found for found in _dated((*granted, *refused)) if found[0] == found[1]]
    if not asked:
        return ""
    first = min(asked)[0]
    waited = [(day - first).days for day, _ in decided if day >= first]
    return waits.band_of(min(waited), WAITS) if waited else ""


def _dated(days: Days) -> Iterator[tuple[date, date]]:
    return (span(day) for day in days if day)
