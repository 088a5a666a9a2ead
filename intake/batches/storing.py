"""The storing of one chunk of a confirmed file: its reports or its withdrawals, once, whoever is killed when.

Judging and sealing come before the transaction; in it the chunk goes and its rows are there, or neither.
"""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from intake import events
from intake.batches import checking, chunks, steps, validation
from intake.batches.validation import ReadRow
from intake.batches.workflow import State
from intake.models.batch import Batch, BatchChunk
from intake.notifications import later, policies
from intake.notifications.inputs import Problem
from intake.notifications.services import Prepared, Receipt, Verdict, prepare_many, submit_prepared
from safeguards import audit
from safeguards.actors import Actor


def store(*, chunk: UUID, by: Actor) -> Callable[[], None]:
    """Judges and seals; returns what writes."""
    row = BatchChunk.objects.select_related("batch").filter(id=chunk, batch__state=State.CONFIRMED).first()
    if row is None:
        return lambda: None
    wrong = set(row.wrong)
    packed = chunks.unpack(row, row.batch.organisation_id)
    rows = [validation.read(one) for one in packed if one.number not in wrong]
    reports = [one.notification for one in rows if one.notification is not None]
    prepared = prepare_many(notifications=reports, organisation=row.batch.organisation_id)
    return partial(_write, row, rows, prepared, by)


def _write(chunk: BatchChunk, rows: Sequence[ReadRow], prepared: Prepared, by: Actor) -> None:
    policies.locked_reporter(prepared.reporter.organisation)
    batch = steps.locked(chunk.batch_id, by)
    if batch.state != State.CONFIRMED or not BatchChunk.objects.filter(id=chunk.id).delete()[0]:
        return
    found = [*_reports(rows, prepared, batch, by), *_withdrawals(rows, batch, by)]
    details = {"rows": chunk.rows}
    audit.record(events.BATCH_CHUNK_STORED, by=by, object_type="batch", object_id=batch.id, details=details)
    checking.add(batch, found)
    batch.stored_rows += chunk.rows
    if BatchChunk.objects.filter(batch=batch).exists():
        batch.save()
    else:
        steps.close(batch, State.STORED, by)


def _reports(rows: Sequence[ReadRow], prepared: Prepared, batch: Batch, by: Actor) -> list[Verdict]:
    read = [row for row in rows if row.notification is not None]
    answers = submit_prepared(prepared=prepared, batch=batch.id, by=by) if read else ()
    return [_verdict(row, answer) for row, answer in zip(read, answers, strict=True)]


def _verdict(row: ReadRow, answer: Receipt | tuple[Problem, ...]) -> Verdict:
    if isinstance(answer, Receipt):
        return Verdict(answer.outcome)
    return Verdict(checking.ERROR, validation.place(answer, row.number, row.document))


def _withdrawals(rows: Sequence[ReadRow], batch: Batch, by: Actor) -> list[Verdict]:
    read = [row for row in rows if row.withdraws]
    if not read:
        return []
    own_references = [row.withdraws for row in read]
    said = later.withdraw_many(own_references=own_references, organisation=batch.organisation_id, batch=batch.id, by=by)
    return [checking.withdrawal_verdict(row, one) for row, one in zip(read, said, strict=True)]
