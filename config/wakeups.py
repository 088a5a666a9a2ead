"""What Celery carries: the number of a job that is in the database already. A lost or doubled message changes nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import signals
from django.conf import settings
from django.utils import timezone

from config.celery import app
from config.soundness import stop_unless_sound
from jobs import schedule, services
from jobs.starting import settle

SWEEP_FOR = timedelta(seconds=20)


@signals.worker_init.connect
def check(**_: Any) -> None:
    """A worker with missing keys, wrong settings or another database than the code expects does not start."""
    stop_unless_sound()
    settle()


@app.task(ignore_result=True)
def run_job(job: str) -> None:
    """Do this job if it still waits; a doubled message finds it claimed or done."""
    if claimed := services.claim(settings.BAKEN_QUEUES, job=UUID(job)):
        services.run(claimed)


@app.task(ignore_result=True)
def sweep(queue: str) -> None:
    """Do what is due on this queue, for whatever reason its message did not come."""
    services.drain((queue,), until=timezone.now() + SWEEP_FOR)


@app.task(ignore_result=True)
def tick() -> None:
    """Record the periodic work whose slot has begun, and forget old jobs."""
    schedule.tick()
    services.sweep()


def wake_worker(job: UUID, queue: str) -> None:
    """Tell a worker of this queue. Raises quickly where the broker is away; the sweep finds the job then."""
    run_job.apply_async((str(job),), queue=settings.BAKEN_QUEUE_PREFIX + queue, retry=False)
