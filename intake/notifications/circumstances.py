"""The rules of the coded fields alone: their lists, the period, the steps with a date, and what contradicts itself.

It knows no reporter and no identity; which reporter may answer what is for rules.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils import timezone

from intake.codes import lists, partial_days
from intake.codes.characteristics import Characteristics
from intake.notifications.fields import MOST_CODES, PERIOD, SETS, SINGLES
from intake.notifications.inputs import Problem

NETHERLANDS_PLACE, NETHERLANDS = "netherlands", "NL"
# A step and the one that it follows on.
_FOLLOWS = {
    "reflection-accepted": "reflection-offered",
    "help-ended": "help-started",
    "shelter-ended": "shelter-started",
    "intake": "intake-asked",
    "granted": "requested",
    "refused": "requested",
}


class _BrokenError(Exception):
    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def problems(characteristics: Characteristics, on: date, *, today: date | None = None) -> tuple[Problem, ...]:
    """Of a report of that day."""
    try:
        _check(characteristics, on, today or timezone.localdate())
    except _BrokenError as error:
        return error.problems
    return ()


@lru_cache(maxsize=4096)
def _check(characteristics: Characteristics, on: date, today: date) -> None:
    """Remembers what is right, codes and days alone: a file repeats them row after row. What is wrong may be anything."""
    if found := tuple(_found(characteristics, on, today)):
        raise _BrokenError(found)


def _found(characteristics: Characteristics, on: date, today: date) -> tuple[Problem, ...]:
    return (
        *_list_problems(characteristics, on),
        *_further_problems(characteristics, on),
        *_period_problems(characteristics, on),
        *_phase_problems(characteristics, on, today),
        *_place_problems(characteristics),
    )


def _list_problems(characteristics: Characteristics, on: date) -> Iterator[Problem]:
    for field, codes in SETS.items():
        values = getattr(characteristics, field)
        if len(values) > MOST_CODES:
            yield Problem(field, "too-many")
        elif not all(codes.valid(value, on) for value in values):
            yield Problem(field, "unknown-code")
    for field, codes in SINGLES.items():
        if (value := getattr(characteristics, field)) and not codes.valid(value, on):
            yield Problem(field, "unknown-code")


def _further_problems(characteristics: Characteristics, on: date) -> Iterator[Problem]:
    if len(dict(characteristics.further)) != len(characteristics.further):
        yield Problem("further", "answered-twice")
    for question, answer in characteristics.further:
        codes = lists.FURTHER_QUESTIONS.get(question)
        if codes is None:
            yield Problem("further", "unknown-code")
        elif not codes.valid(answer, on):
            yield Problem(question, "unknown-code")


def _period_problems(characteristics: Characteristics, on: date) -> Iterator[Problem]:
    spans = {}
    for field in PERIOD:
        if day := getattr(characteristics, field):
            if not partial_days.is_one(day):
                yield Problem(field, "impossible-date")
            elif (span := partial_days.span(day))[0] > on:
                yield Problem(field, "after-report")
            else:
                spans[field] = span
    start, end = (spans.get(field) for field in PERIOD)
    if start and end and end[1] < start[0]:
        yield Problem("exploitation_to", "before-start")


def _phase_problems(characteristics: Characteristics, on: date, today: date) -> Iterator[Problem]:
    days = dict(characteristics.phases)
    if len(days) != len(characteristics.phases):
        yield Problem("phases", "answered-twice")
    for code, day in characteristics.phases:
        found = lists.PHASE_CODES.get(code)
        if found is None or not found.valid(on):
            yield Problem("phases", "unknown-code")
        elif day and not partial_days.is_one(day):
            yield Problem(f"phase-{code}", "impossible-date")
        elif day and partial_days.span(day)[0] > today:
            yield Problem(f"phase-{code}", "in-future")
    spans = {code: partial_days.span(day) for code, day in days.items() if day and partial_days.is_one(day)}
    for later, earlier in _FOLLOWS.items():
        if later in spans and earlier in spans and spans[later][1] < spans[earlier][0]:
            yield Problem(f"phase-{later}", "before-start")


def _place_problems(characteristics: Characteristics) -> Iterator[Problem]:
    """Who was exploited only abroad has no Dutch municipality of exploitation."""
    if not characteristics.municipality_of_exploitation:
        return
    places, countries = characteristics.exploitation_places, characteristics.exploitation_countries
    abroad = NETHERLANDS_PLACE not in places if places else bool(countries) and NETHERLANDS not in countries
    if abroad:
        yield Problem("municipality_of_exploitation", "only-abroad")
