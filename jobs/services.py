"""Record work with the change that asks for it, claim it with a lease, finish it with its effect. Knows no broker.

A job is done exactly once: its effect and its state 'done' commit together, and only under the newest lease.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import SystemRandom
from traceback import extract_tb
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import wake
from jobs.errors import LeaseLostError, OutsideTransactionError
from jobs.models import Job
from jobs.registry import handler_of
from safeguards import audit
from safeguards.actions import action
from safeguards.actors import Actor

MAXIMUM_ATTEMPTS = 5
FIRST_BACKOFF = timedelta(seconds=5)
LONGEST_BACKOFF = timedelta(hours=1)
KEEP_DONE = timedelta(days=7)
REPLAYED = action("jobs.replayed", _("Work that was given up asked for again"))

_COLUMNS = ("id", "kind", "queue", "object_id", "key", "state", "due", "attempts", "last_error", "created")

# A waiting job of the same kind and key is locked by the update until we commit: a claimer skips it meanwhile and
# therefore sees our change. A claimed job is no longer in conflict, so that a new one is inserted behind it.
_UPSERT = """
    INSERT INTO jobs_job ({columns}) VALUES ({places})
    ON CONFLICT (kind, key) WHERE state = 'waiting'
    DO UPDATE SET due = CASE WHEN jobs_job.attempts = 0 AND excluded.due < jobs_job.due
                             THEN excluded.due ELSE jobs_job.due END
    RETURNING id
"""

logger = logging.getLogger(__name__)
_random = SystemRandom()


@dataclass(frozen=True)
class Claim:
    """The right to do one job, until somebody else takes it over: then finish fails and the work is rolled back."""

    job: UUID
    token: UUID
    kind: str
    object_id: str
    attempts: int


def record(kind: str, object_id: str | UUID = "", *, key: str | None = None, due: datetime | None = None) -> None:
    """Ask for work, in the transaction of the change. A waiting job of this kind and key is not doubled."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError
    job = Job(kind=kind, queue=handler_of(kind).queue, object_id=str(object_id), key=key or str(object_id) or kind)
    job.created = timezone.now()
    job.due = due or job.created
    recorded = _upsert(job)
    if job.due <= job.created:
        transaction.on_commit(partial(wake.notify, recorded, job.queue))


def _upsert(job: Job) -> UUID:
    fields = [field for field in Job._meta.concrete_fields if field.name in _COLUMNS]
    values = [field.get_db_prep_save(getattr(job, field.name), connection) for field in fields]
    statement = _UPSERT.format(columns=", ".join(field.name for field in fields), places=", ".join(["%s"] * len(fields)))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        (identifier,) = cursor.fetchone()
    return UUID(str(identifier))


def due(queues: Iterable[str]) -> QuerySet[Job]:
    """Jobs that wait for a runner now."""
    return Job.objects.filter(state=Job.State.WAITING, due__lte=timezone.now(), queue__in=tuple(queues))


def abandoned(queues: Iterable[str]) -> QuerySet[Job]:
    """Jobs whose runner was lost: claimed, not finished, lease over."""
    return Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=timezone.now(), queue__in=tuple(queues))


def claim(
    queues: Iterable[str], *, kinds: Iterable[str] = (), job: UUID | None = None, holder: UUID | None = None
) -> Claim | None:
    """Take the job that has waited longest (of these kinds; or this one, if it still waits); the attempt is counted first."""
    wanted, narrower = tuple(queues), {"kind__in": kinds} if kinds else {}
    for source in (due(wanted), abandoned(wanted)):
        found = source.filter(**narrower, pk=job) if job else source.filter(**narrower)
        # The first look takes no lock: on SQLite a transaction would block every writer.
        if found.exists() and (claimed := _claim_from(found, holder)):
            return claimed
    return None


def _claim_from(found: QuerySet[Job], holder: UUID | None) -> Claim | None:
    with transaction.atomic():
        row = found.select_for_update(skip_locked=True).order_by("due", "id").first()
        if row is None:
            return None
        if row.attempts >= MAXIMUM_ATTEMPTS:
            _bury(row, row.last_error or "lost its runner every time")
            return None
        row.state = Job.State.RUNNING
        row.attempts += 1
        row.lease_token = uuid4()
        row.lease_until = timezone.now() + timedelta(seconds=settings.BAKEN_JOB_LEASE)
        row.holder = holder
        row.save(update_fields=["state", "attempts", "lease_token", "lease_until", "holder"])
    return Claim(row.id, row.lease_token, row.kind, row.object_id, row.attempts)


def finish(claimed: Claim) -> None:
    """Mark done, in the transaction of the effect. Fenced: whoever lost the lease cannot commit."""
    _mine(claimed, state=Job.State.DONE, finished=timezone.now(), lease_until=None, last_error="")


def _mine(claimed: Claim, **changes: object) -> None:
    rows = Job.objects.filter(pk=claimed.job, state=Job.State.RUNNING, lease_token=claimed.token)
    if not rows.update(**changes):
        raise LeaseLostError


def fail(claimed: Claim, error: BaseException) -> None:
    """Let the job wait for its next attempt, or give it up after the last; only the class and place of the error are kept."""
    where = _place(error)
    logger.error("Job %s of kind %s failed (attempt %d): %s", claimed.job, claimed.kind, claimed.attempts, where)
    try:
        _store_failure(claimed, where)
    except (LeaseLostError, Job.DoesNotExist):
        logger.warning("Job %s was taken over before its failure could be stored.", claimed.job)


def _store_failure(claimed: Claim, where: str) -> None:
    try:
        with transaction.atomic():
            if claimed.attempts >= MAXIMUM_ATTEMPTS:
                _bury(Job.objects.select_for_update().get(pk=claimed.job, lease_token=claimed.token), where)
            else:
                _mine(claimed, state=Job.State.WAITING, due=_backoff(claimed.attempts), lease_until=None, last_error=where)
    except IntegrityError:
        _hand_over(claimed, where)


def _hand_over(claimed: Claim, where: str) -> None:
    """A second job of this kind and key waits already: it does the work, and the attempts count for it."""
    with transaction.atomic():
        _mine(claimed, state=Job.State.DONE, finished=timezone.now(), lease_until=None, last_error=where)
        done = Job.objects.get(pk=claimed.job)
        Job.objects.filter(kind=done.kind, key=done.key, state=Job.State.WAITING).update(
            attempts=claimed.attempts, due=_backoff(claimed.attempts), last_error=where
        )


def _bury(row: Job, where: str) -> None:
    row.state = Job.State.DEAD
    row.finished = timezone.now()
    row.last_error = where
    row.save(update_fields=["state", "finished", "last_error"])
    logger.critical("Job %s of kind %s is given up after %d attempts: %s", row.id, row.kind, row.attempts, where)


def _backoff(attempts: int) -> datetime:
    longest = min(LONGEST_BACKOFF.total_seconds(), FIRST_BACKOFF.total_seconds() * 2**attempts)
    return timezone.now() + timedelta(seconds=_random.uniform(0, longest))


def _place(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    where = f" at {Path(own[-1].filename).name}:{own[-1].lineno}" if own else ""
    return f"{type(error).__name__}{where}"[:120]


def run(claimed: Claim) -> bool:
    """Do the work and mark it done in one transaction. True if that was committed."""
    try:
        effect = handler_of(claimed.kind).prepare(claimed.object_id)
        with transaction.atomic():
            effect()
            finish(claimed)
    except LeaseLostError:
        logger.warning("Job %s was taken over by another process; rolled back here.", claimed.job)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises must not stop the runner; its text may identify
        fail(claimed, error)
    else:
        return True
    return False


def drain(queues: Iterable[str], *, until: datetime | None = None) -> int:
    """Do all that is due now, and what that work records; stop at the given time. Returns how many jobs were done."""
    wanted = tuple(queues)
    done = 0
    while (until is None or timezone.now() < until) and (claimed := claim(wanted)):
        done += run(claimed)
    return done


def outstanding(queues: Iterable[str]) -> int:
    """How many jobs are due, running, or waiting for their next attempt."""
    now_or_again = Q(state=Job.State.WAITING) & (Q(due__lte=timezone.now()) | Q(attempts__gt=0))
    return Job.objects.filter(now_or_again | Q(state=Job.State.RUNNING), queue__in=tuple(queues)).count()


def under_way(objects: Iterable[str | UUID]) -> bool:
    """Whether any work on one of these is still to come; false where all of it is done or given up."""
    alive = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(object_id__in=[str(one) for one in objects], state__in=alive).exists()


def counts(queues: Iterable[str]) -> dict[str, int]:
    """How many jobs are in each state, done ones left out."""
    rows = Job.objects.exclude(state=Job.State.DONE).filter(queue__in=tuple(queues)).values_list("state").annotate(Count("id"))
    return {str(state): 0 for state in Job.State if state != Job.State.DONE} | dict(rows)


def late(queues: Iterable[str], *, by: timedelta) -> int:
    """How many jobs should have been claimed this long ago."""
    return due(queues).filter(due__lt=timezone.now() - by).count()


def replay(*, job: UUID, by: Actor) -> None:
    """Ask again for work that was given up; the row of the five attempts stays."""
    with transaction.atomic():
        given_up = Job.objects.select_for_update().get(pk=job, state=Job.State.DEAD)
        record(given_up.kind, given_up.object_id, key=given_up.key)
        Job.objects.filter(pk=job).update(state=Job.State.DONE)
        audit.record(REPLAYED, by=by, object_type="job", object_id=job, details={"kind": given_up.kind})


def sweep() -> int:
    """Forget jobs that were done long ago. Returns how many."""
    removed, _ = Job.objects.filter(state=Job.State.DONE, finished__lt=timezone.now() - KEEP_DONE).delete()
    return removed
