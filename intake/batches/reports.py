"""The user's own rows with what is wrong beside them: made in memory for that user alone, on record, and kept nowhere."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from intake import events
from intake.batches import chunks, parsing, steps, workbooks
from intake.batches.workflow import State
from intake.errors import UnknownBatchError, WrongStateError
from intake.models.batch import Batch, BatchChunk, BatchError
from intake.notifications.inputs import Problem
from safeguards import audit
from safeguards.actors import Actor


def error_workbook(*, batch: UUID, by: Actor) -> bytes:
    """As long as the rows are here: until the file is confirmed, cancelled or expired. Raises WrongStateError after that.

    To anybody but the sender, a colleague too, there are no rows.
    """
    with transaction.atomic():
        row = steps.locked(batch, by)
        if row.submitted_by != by.id:
            raise UnknownBatchError
        if row.state != State.CHECKED:
            raise WrongStateError("The rows of this delivery are not here any more.")
        audit.record(events.BATCH_ROWS_SHOWN, by=by, object_type="batch", object_id=row.id)
    wrong = BatchError.objects.filter(batch=row).order_by("row", "id").values_list("column", "code", "row")
    return workbooks.error_report([Problem(*problem) for problem in wrong], _rows(row))


def _rows(batch: Batch) -> Iterator[parsing.Row]:
    for chunk in BatchChunk.objects.filter(batch=batch).order_by("number").iterator(chunk_size=1):
        yield from chunks.unpack(chunk, batch.organisation_id)
