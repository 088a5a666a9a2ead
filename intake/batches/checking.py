"""The dry run of one chunk: what each row would do, its errors by row and column. It stores no report.

The rows are read and judged before the transaction, in which counts and errors are added to those of the batch.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from intake.batches import chunks, steps, validation
from intake.batches.validation import ReadRow
from intake.batches.workflow import State
from intake.models.batch import Batch, BatchChunk
from intake.notifications import later
from intake.notifications.inputs import Problem
from intake.notifications.judging import CHANGED, NEW, UNCHANGED
from intake.notifications.services import Verdict
from safeguards.actors import Actor

WITHDRAWN, ERROR = "withdrawn", "error"
_OF_WITHDRAWAL = {
    later.Withdrawal.DONE: WITHDRAWN,
    later.Withdrawal.ALREADY: UNCHANGED,
    later.Withdrawal.UNKNOWN: ERROR,
    later.Withdrawal.RESTRICTED: ERROR,
}


def check(*, chunk: UUID, by: Actor) -> Callable[[], None]:
    """Judges; returns what writes."""
    row = BatchChunk.objects.select_related("batch").filter(id=chunk, checked=False, batch__state=State.RECEIVED).first()
    if row is None:
        return lambda: None
    rows = [validation.read(one) for one in chunks.unpack(row, row.batch.organisation_id)]
    return partial(_write, row, verdicts(rows, row.batch), by)


def verdicts(rows: Sequence[ReadRow], batch: Batch) -> list[Verdict]:
    reports = [row for row in rows if row.notification is not None]
    withdrawals = [row for row in rows if row.withdraws]
    said = later.preview_withdrawals(own_references=[row.withdraws for row in withdrawals], organisation=batch.organisation_id)
    return [
        *(Verdict(ERROR, row.problems) for row in rows if row.problems),
        *validation.preview(reports, batch.organisation_id),
        *(withdrawal_verdict(row, one) for row, one in zip(withdrawals, said, strict=True)),
    ]


def withdrawal_verdict(row: ReadRow, said: later.Withdrawal) -> Verdict:
    outcome = _OF_WITHDRAWAL[said]
    problems = (Problem("own_reference", said.value),) if outcome == ERROR else ()
    return Verdict(outcome, validation.place(problems, row.number, row.document))


def add(batch: Batch, found: Sequence[Verdict]) -> None:
    """To the counts and errors of the locked batch."""
    counted = Counter(ERROR if verdict.problems else verdict.outcome for verdict in found)
    batch.new += counted[NEW]
    batch.unchanged += counted[UNCHANGED]
    batch.changed += counted[CHANGED]
    batch.withdrawn += counted[WITHDRAWN]
    batch.errors += counted[ERROR]
    steps.keep_errors(batch, [problem for verdict in found for problem in verdict.problems])


def _write(chunk: BatchChunk, found: Sequence[Verdict], by: Actor) -> None:
    batch = steps.locked(chunk.batch_id, by)
    if batch.state != State.RECEIVED or not BatchChunk.objects.filter(id=chunk.id, checked=False).exists():
        return
    wrong = sorted({problem.row for verdict in found for problem in verdict.problems})
    BatchChunk.objects.filter(id=chunk.id).update(checked=True, wrong=wrong)
    add(batch, found)
    batch.checked_rows += chunk.rows
    if BatchChunk.objects.filter(batch=batch, checked=False).exists():
        batch.save()
    else:
        steps.take(batch, State.CHECKED, by, rows=batch.rows, errors=batch.errors)
