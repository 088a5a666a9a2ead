"""How a delivery takes a step: its row locked, its state changed, the step audited. Which steps there are is workflow's."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from accounts import webhooks
from accounts.webhooks import Topic
from intake.batches import workflow
from intake.batches.selectors import MOST_ERRORS
from intake.batches.workflow import State
from intake.errors import UnknownBatchError
from intake.models.batch import Batch, BatchChunk, BatchError, BatchErrorCount, UploadPart
from intake.notifications import policies
from intake.notifications.inputs import Problem
from safeguards import audit, drafts
from safeguards.actors import Actor

COUNTS = ("rows", "new", "changed", "unchanged", "withdrawn", "errors")


def locked(batch: UUID, by: Actor) -> Batch:
    """Of another organisation is answered like one that does not exist."""
    row = Batch.objects.select_for_update(no_key=True).filter(id=batch, kind=Batch.Kind.REPORTS).first()
    if row is None or by.organisation not in (None, row.organisation_id):
        raise UnknownBatchError
    policies.check_may_submit_batch(row.organisation_id, by)
    return row


def take(row: Batch, state: State, by: Actor, **details: int | bool) -> None:
    workflow.check_step(row.state, state)
    row.state = state
    row.save()
    record(row, by, **details)
    announce(row)


def close(row: Batch, state: State, by: Actor) -> None:
    """The last step: nothing is left of the upload."""
    destroy_content(row)
    row.finished, row.content = timezone.now(), None
    take(row, state, by, **{name: getattr(row, name) for name in COUNTS})


def destroy_content(row: Batch) -> None:
    drafts.destroy(row.id)
    UploadPart.objects.filter(batch=row).delete()
    BatchChunk.objects.filter(batch=row).delete()


def record(row: Batch, by: Actor, **details: int | bool) -> None:
    audit.record(workflow.EVENTS[State(row.state)], by=by, object_type="batch", object_id=row.id, details=details)


def announce(row: Batch) -> None:
    """The state that the organisation's own pages show. A feed's delivery that lapsed was never stored: its sender knows."""
    if row.kind == Batch.Kind.REPORTS:
        where, told = row.organisation_id, workflow.TOLD[State(row.state)]
        webhooks.announce(organisation=where, topic=Topic.BATCH, object_id=str(row.id), status=told)


def keep_errors(row: Batch, problems: Iterable[Problem]) -> None:
    """By row and column, up to a bound; beyond it they are in the counts alone. The batch is locked."""
    found = list(problems)
    if not found:
        return
    room = max(0, MOST_ERRORS - BatchError.objects.filter(batch=row).count())
    BatchError.objects.bulk_create(
        BatchError(batch=row, row=problem.row, column=problem.field, code=problem.code) for problem in found[:room]
    )
    kept = {(count.column, count.code): count for count in BatchErrorCount.objects.filter(batch=row)}
    for column, code in {(problem.field, problem.code) for problem in found}:
        rows = len({problem.row for problem in found if (problem.field, problem.code) == (column, code)})
        count = kept.get((column, code)) or BatchErrorCount(batch=row, column=column, code=code, rows=0)
        count.rows += rows
        count.save()
