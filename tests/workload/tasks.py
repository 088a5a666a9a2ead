"""The kinds of work: quick, a chain of chunks, one that kills its process, one that lasts, one that takes two processes."""

import os
import signal
import time
from functools import partial

from django.db import transaction

from jobs import services
from jobs.models import Job
from jobs.registry import Effect as Writing
from jobs.registry import handler, in_two_steps
from tests.workload.models import Effect

LAST_CHUNK = 30


def leave(job: str) -> None:
    Effect.objects.create(job=job, process=os.getpid())


@handler("workload.quick", queue="files")
def quick(job: str) -> None:
    leave(job)
    time.sleep(0.01)


@handler("workload.chunk", queue="vault")
def chunk(job: str) -> None:
    """Does one chunk and asks for the next, as an import does; the effect comes first, so that a kill can part the two."""
    leave(job)
    time.sleep(0.02)
    name, _, number = job.partition("-")
    if int(number) < LAST_CHUNK:
        services.record("workload.chunk", f"{name}-{int(number) + 1}")


@handler("workload.poison", queue="reports")
def poison(job: str) -> None:
    leave(job)
    os.kill(os.getpid(), signal.SIGKILL)


@handler("workload.lasting", queue="files")
def lasting(job: str) -> None:
    leave(job)
    time.sleep(3)


@handler("workload.parting", queue="files")
def parting(job: str) -> None:
    """Its process is killed in the moment after the effect is committed."""
    leave(job)
    transaction.on_commit(partial(os.kill, os.getpid(), signal.SIGKILL))


@in_two_steps("workload.together", queue="files")
def together(job: str) -> Writing:
    """Of two such jobs none is done before the other is under way too."""
    kind = Job.objects.filter(kind="workload.together")
    while kind.filter(state__in=(Job.State.RUNNING, Job.State.DONE)).count() < 2:
        time.sleep(0.01)
    return partial(leave, job)
