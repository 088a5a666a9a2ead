"""The interface has a Dutch word for every state that there is, and its document lists the same words."""

from intake.api import schemas
from intake.batches.workflow import TOLD as TOLD_OF_FILES
from intake.batches.workflow import State as BatchState
from intake.enrichment.selectors import DeliveryView
from intake.notifications.workflow import TOLD, State


def test_every_state_of_a_report_has_its_word() -> None:
    assert set(TOLD) == set(State) - {State.ENTERED}
    assert list(TOLD.values()) == schemas.STATES["enum"]


def test_every_state_of_a_file_that_is_in_has_its_word() -> None:
    assert set(TOLD_OF_FILES) == set(BatchState) - {BatchState.ARRIVING}
    assert sorted(TOLD_OF_FILES.values()) == sorted(schemas.BATCH_STATES)


def test_counts_of_a_feed_are_those_of_the_document() -> None:
    nothing = dict.fromkeys(DeliveryView.__dataclass_fields__, 0)
    assert tuple(DeliveryView(**nothing).counts) == schemas.DELIVERY_COUNTS  # type: ignore[arg-type]
