"""The tables of states: every step leads to a state of the table, and every state that is reached has its audit event."""

import pytest

from intake.batches import workflow as batches
from intake.errors import WrongStateError
from intake.models.batch import Batch
from intake.notifications import workflow
from intake.notifications.workflow import State


def test_every_state_of_a_report_has_its_steps():
    assert set(workflow.STEPS) == set(State)
    assert workflow.STEPS[State.ENTERED] == set(workflow.EVENT_AT_ENTRY)


def test_report_that_is_withdrawn_or_a_signal_goes_nowhere():
    assert workflow.STEPS[State.WITHDRAWN] == workflow.STEPS[State.SIGNAL] == frozenset()


def test_accepted_report_never_becomes_a_signal():
    assert not workflow.allowed(State.ACCEPTED, State.SIGNAL)


def test_every_state_of_a_file_has_its_steps_and_event():
    assert set(batches.STEPS) == set(batches.EVENTS) == set(batches.State)


def test_states_of_a_file_are_those_of_the_model():
    assert [state.value for state in batches.State] == Batch.State.values


@pytest.mark.parametrize("state", list(batches.State))
def test_only_a_checked_or_paused_file_goes_on_to_storing(state):
    if state in (batches.State.CHECKED, batches.State.PAUSED):
        batches.check_step(state, batches.State.CONFIRMED)
    else:
        with pytest.raises(WrongStateError):
            batches.check_step(state, batches.State.CONFIRMED)
