"""A file of reports from receipt to storage: received, checked as a dry run, confirmed, stored in chunks by jobs.

The upload lies encrypted under a draft key of its own until it is stored, cancelled or refused. A chunk is stored and gone,
or waits: a killed worker stores no row twice and leaves none out.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from intake import events
from intake.batches import checking, splitting, steps, uploads
from intake.batches.uploads import Incoming
from intake.batches.workflow import State
from intake.errors import WrongStateError
from intake.models.batch import Batch, BatchChunk
from intake.notifications import policies
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

SPLIT_JOB = "intake.batch"
STORE_JOB = "intake.batch-store"
EXPIRE_CHUNK = 50
UNCONFIRMED_FOR = timedelta(days=7)
UNFINISHED_FOR = timedelta(hours=1)
TRIED_FOR = timedelta(days=1)


def receive(*, parts: Iterable[bytes], organisation: UUID, trial: bool = False, by: Actor) -> UUID:
    """Keeps the upload as it comes in and asks for its dry run. A trial is that dry run alone."""
    incoming = uploads.begin(organisation=organisation, by=by)
    try:
        for part in parts:
            incoming.write(part)
        return complete(incoming=incoming, trial=trial, by=by)
    except BaseException:
        incoming.abandon()
        raise


def complete(*, incoming: Incoming, trial: bool = False, by: Actor) -> UUID:
    """The upload is in: its dry run may begin. Raises TooManyOpenError."""
    incoming.close()
    with transaction.atomic():
        row = steps.locked(incoming.batch.id, by)
        uploads.check_room(row.organisation_id)
        row.trial, row.received = trial, timezone.now()
        steps.take(row, State.RECEIVED, by, trial=trial)
        jobs.record(SPLIT_JOB, row.id)
    return row.id


def check(*, batch: UUID, by: Actor) -> None:
    """The whole dry run now, instead of by the jobs; for files that are small."""
    with transaction.atomic():
        splitting.split(batch=batch, by=by)()
        for chunk in BatchChunk.objects.filter(batch=batch, checked=False).order_by("number").values_list("id", flat=True):
            checking.check(chunk=chunk, by=by)()


def confirm(*, batch: UUID, leave_out_errors: bool = False, by: Actor) -> None:
    """Stores the file. If rows have errors, the choice to store the others must be made; it cannot be cancelled any more."""
    with transaction.atomic():
        row = steps.locked(batch, by)
        _check_may_be_stored(row, leave_out_errors)
        row.confirmed, row.confirmed_by, row.leave_out_errors = timezone.now(), by.id, leave_out_errors
        row.new = row.unchanged = row.changed = row.withdrawn = 0
        steps.take(row, State.CONFIRMED, by, leave_out_errors=leave_out_errors)
        _ask_for_storing(row)


def pause(*, batch: UUID, by: Actor) -> None:
    """What is stored stays stored; the rest waits until somebody of the organisation lets it go on."""
    with transaction.atomic():
        row = steps.locked(batch, by)
        steps.take(row, State.PAUSED, by, rows=row.stored_rows)


def resume(*, batch: UUID, by: Actor) -> None:
    """The rest is stored."""
    with transaction.atomic():
        row = steps.locked(batch, by)
        if row.state != State.PAUSED:
            raise WrongStateError("This delivery is not paused.")
        row.state = State.CONFIRMED
        row.save()
        audit.record(events.BATCH_RESUMED, by=by, object_type="batch", object_id=row.id)
        steps.announce(row)
        _ask_for_storing(row)


def cancel(*, batch: UUID, by: Actor) -> None:
    """Before it is confirmed nothing is left; of one that is paused, what was stored stays, and the rest goes."""
    with transaction.atomic():
        row = steps.locked(batch, by)
        steps.close(row, State.STOPPED if row.state == State.PAUSED else State.CANCELLED, by)


def expire_unconfirmed(*, by: Actor) -> int:
    """What nobody completed, confirmed or let go on in time goes, a feed's too; trials after a day; a chunk of them.

    So does what stands still since a job of it was given up: its upload would lie here for ever.
    """
    policies.check_may_run(by)
    with transaction.atomic():
        rows = {row.id: row for found in _overdue(timezone.now()) for row in found[:EXPIRE_CHUNK]}
        rows |= {row.id: row for row in _silent(timezone.now())[:EXPIRE_CHUNK] if _stands_still(row)}
        for row in [*rows.values()][:EXPIRE_CHUNK]:
            _let_go(row, by)
    return min(len(rows), EXPIRE_CHUNK)


def _overdue(now: datetime) -> Iterator[QuerySet[Batch]]:
    waiting = Batch.objects.select_for_update(no_key=True, skip_locked=True).order_by("received")
    yield waiting.filter(state=State.ARRIVING, received__lt=now - UNFINISHED_FOR)
    yield waiting.filter(trial=True, received__lt=now - TRIED_FOR)
    yield waiting.filter(state__in=(State.RECEIVED, State.CHECKED), received__lt=now - UNCONFIRMED_FOR)
    yield waiting.filter(state=State.PAUSED, confirmed__lt=now - UNCONFIRMED_FOR)


def _silent(now: datetime) -> QuerySet[Batch]:
    waiting = Batch.objects.select_for_update(no_key=True, skip_locked=True).filter(kind=Batch.Kind.REPORTS)
    long_ago = now - UNFINISHED_FOR
    received, confirmed = Q(state=State.RECEIVED, received__lt=long_ago), Q(state=State.CONFIRMED, confirmed__lt=long_ago)
    return waiting.filter(received | confirmed).order_by("received")


def _stands_still(batch: Batch) -> bool:
    chunks = BatchChunk.objects.filter(batch=batch).values_list("id", flat=True)
    return not jobs.under_way([batch.id, *chunks])


def _let_go(batch: Batch, by: Actor) -> None:
    if batch.trial:
        steps.destroy_content(batch)
        audit.record(events.BATCH_TRIAL_DELETED, by=by, object_type="batch", object_id=batch.id)
        batch.delete()
    elif batch.confirmed is not None:
        steps.close(batch, State.STOPPED, by)
    else:
        steps.close(batch, State.CANCELLED, by)


def _check_may_be_stored(batch: Batch, leave_out_errors: bool) -> None:
    if batch.confirmed is not None:
        raise WrongStateError("This delivery is confirmed already.")
    if batch.trial:
        raise WrongStateError("A trial cannot be stored; send the file again without trial.", code="trial")
    if batch.state == State.CHECKED and batch.rows == batch.errors:
        raise WrongStateError("No row of this file can be stored.", code="nothing-to-store")
    if batch.errors and not leave_out_errors:
        raise WrongStateError("Rows have errors; say that the others may be stored without them.", code="has-errors")


def _ask_for_storing(batch: Batch) -> None:
    for chunk in BatchChunk.objects.filter(batch=batch).order_by("number").values_list("id", flat=True):
        jobs.record(STORE_JOB, chunk)
