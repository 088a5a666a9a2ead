"""State and consent on a day, over every history that the steps allow."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from consent import workflow
from consent.workflow import (
    AUDIT_EVENTS,
    LEADS_TO,
    STANDS,
    STEPS,
    WAITING,
    Event,
    Kind,
    OutcomeKind,
    State,
    consent_stands,
    in_legal_order,
    outcome_of,
    outcome_of_research,
    period,
    state_of,
)

FIRST = date(2019, 1, 1)
MOMENT = datetime(2019, 6, 1, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)


def event(kind: Kind, day: int, sequence: int, recorded: datetime = MOMENT) -> Event:
    return Event(kind, FIRST + day * A_DAY, recorded, sequence)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Any walk through the steps; legal dates and moments of recording in any order, often the same."""
    state = State.REQUESTED
    found = [event(Kind.REQUESTED, draw(st.integers(0, 5)), 1)]
    while STEPS[state] and draw(st.integers(0, 4)):
        kind = draw(st.sampled_from(sorted(STEPS[state])))
        recorded = MOMENT + draw(st.integers(0, 2)) * A_DAY
        found.append(event(kind, draw(st.integers(0, 10)), len(found) + 1, recorded))
        state = LEADS_TO[kind]
    return found


DAYS = st.integers(-3, 15).map(lambda days: FIRST + days * A_DAY)


@given(histories(), DAYS)
def test_consent_never_stands_before_it_was_given(history: list[Event], day: date) -> None:
    given_on = [found.legal_date for found in history if found.kind is Kind.GIVEN]
    if not given_on or day < min(given_on):
        assert not consent_stands(history, day)


@given(histories(), DAYS)
def test_consent_never_stands_without_an_approval(history: list[Event], day: date) -> None:
    if Kind.APPROVED not in [found.kind for found in history]:
        assert not consent_stands(history, day)


@given(histories(), DAYS)
def test_consent_never_stands_from_its_end_on(history: list[Event], day: date) -> None:
    for found in history:
        if found.kind in (Kind.WITHDRAWN, Kind.LAPSED) and found.legal_date <= day:
            assert not consent_stands(history, day)


@given(histories())
def test_end_leaves_the_days_before_as_they_were(history: list[Event]) -> None:
    if history[-1].kind in (Kind.WITHDRAWN, Kind.LAPSED) and state_of(history[:-1]) is State.APPROVED:
        for days in range(15):
            day = FIRST + days * A_DAY
            if day < history[-1].legal_date:
                assert consent_stands(history, day) == consent_stands(history[:-1], day)


@given(histories(), DAYS)
def test_what_was_never_good_counts_on_no_day(history: list[Event], day: date) -> None:
    if {Kind.INVALIDATED, Kind.SUPERSEDED, Kind.REJECTED, Kind.RETRACTED, Kind.REFUSED} & {found.kind for found in history}:
        assert not consent_stands(history, day)


@given(histories(), DAYS, st.integers(0, 12))
def test_consent_never_stands_from_the_end_of_its_term_on(history: list[Event], day: date, term: int) -> None:
    until = FIRST + term * A_DAY
    stands = consent_stands(history, day, valid_until=until)
    assert stands == (day < until and consent_stands(history, day))


@given(histories(), DAYS)
def test_days_of_consent_are_one_period(history: list[Event], day: date) -> None:
    found = period(history)
    assert consent_stands(history, day) == (found is not None and found.holds(day))
    assert found is None or found.until is None or found.first < found.until


@given(histories(), st.randoms(use_true_random=False))
def test_answers_do_not_depend_on_the_order_of_reading(history: list[Event], random: Random) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)
    assert in_legal_order(shuffled) == in_legal_order(history)
    assert state_of(shuffled) == LEADS_TO[history[-1].kind]
    for days in range(-1, 12):
        day = FIRST + days * A_DAY
        assert consent_stands(shuffled, day) == consent_stands(history, day)


@given(histories())
def test_order_of_events_is_total(history: list[Event]) -> None:
    keys = [(found.legal_date, found.recorded, found.sequence) for found in history]
    assert len(set(keys)) == len(keys)


def test_events_of_one_day_count_in_the_order_of_recording() -> None:
    approved = [event(Kind.GIVEN, 0, 1), event(Kind.APPROVED, 0, 2)]
    withdrawn = [*approved, event(Kind.WITHDRAWN, 0, 3)]
    for order in permutations(withdrawn):
        assert not consent_stands(order, FIRST)
    assert consent_stands(approved, FIRST)


def test_late_review_counts_from_the_day_of_signing() -> None:
    history = [event(Kind.GIVEN, 0, 1), event(Kind.APPROVED, 9, 2)]
    assert not consent_stands(history, FIRST - A_DAY)
    assert consent_stands(history, FIRST)
    assert consent_stands(history, FIRST + 30 * A_DAY)


def test_no_events_is_no_state_and_no_consent() -> None:
    assert state_of([]) is None
    assert not consent_stands([], FIRST)


def test_every_state_has_steps_and_every_event_an_audit_event_of_its_own() -> None:
    assert set(STEPS) == set(State)
    assert set(LEADS_TO) == set(AUDIT_EVENTS) == set(Kind)
    assert len(set(AUDIT_EVENTS.values())) == len(Kind)
    assert set(LEADS_TO.values()) == set(State)


def test_every_end_of_a_registration_leaves_an_outcome_and_waiting_leaves_none() -> None:
    """Of a statement that was superseded the next one waits."""
    for state, kinds in STEPS.items():
        for kind in kinds:
            ends = not STEPS[LEADS_TO[kind]] and kind is not Kind.SUPERSEDED
            assert (outcome_of(state, kind) is not None) == (ends or kind is Kind.APPROVED)


def test_end_of_an_approved_statement_withdraws_the_report_whatever_ended_it() -> None:
    ends = STEPS[State.APPROVED] - set(STANDS)
    assert {outcome_of(State.APPROVED, kind) for kind in ends} == {OutcomeKind.WITHDRAW}


def test_end_of_research_extracts_alone_is_told_to_recipients_whatever_ended_it() -> None:
    ends = STEPS[State.APPROVED] - set(STANDS)
    assert {outcome_of_research(State.APPROVED, kind) for kind in ends} == {OutcomeKind.TELL_RECIPIENTS}
    others = [
        (state, kind) for state, kinds in STEPS.items() for kind in kinds if state is not State.APPROVED or kind in STANDS
    ]
    assert {outcome_of_research(state, kind) for state, kind in others} == {None}


def test_only_what_waits_can_be_reviewed_and_nothing_follows_a_refusal() -> None:
    reviewed: Sequence[Kind] = (Kind.APPROVED, Kind.REJECTED, Kind.LAPSED)
    assert all(workflow.allowed(State.GIVEN, kind) for kind in reviewed)
    assert not any(workflow.allowed(LEADS_TO[kind], kind) for kind in (Kind.APPROVED, Kind.REJECTED))
    final = (State.REJECTED, State.LAPSED, State.WITHDRAWN, State.INVALIDATED, State.SUPERSEDED, State.RETRACTED)
    assert not any(STEPS[state] for state in final)


def test_question_stops_the_approval_but_not_the_clock() -> None:
    assert State.ASKED_BACK in WAITING
    assert not workflow.allowed(State.ASKED_BACK, Kind.APPROVED)
    assert workflow.allowed(State.ASKED_BACK, Kind.LAPSED)
    assert LEADS_TO[Kind.ANSWERED] is State.GIVEN


def test_what_was_reviewed_is_neither_superseded_nor_retracted() -> None:
    assert not workflow.allowed(State.APPROVED, Kind.SUPERSEDED)
    assert not workflow.allowed(State.APPROVED, Kind.RETRACTED)
