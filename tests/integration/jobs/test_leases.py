"""At most one process holds a lease; its successor frees the jobs that it left."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from jobs import leases, registry, services
from jobs.models import Job, Lease

pytestmark = pytest.mark.django_db
FIRST, SECOND = uuid4(), uuid4()


def lapse() -> None:
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))


def test_lease_is_held_by_one() -> None:
    assert leases.acquire("runner", FIRST)
    assert not leases.acquire("runner", SECOND)
    assert leases.acquire("runner", FIRST)


def test_lease_that_lapsed_changes_hands() -> None:
    leases.acquire("runner", FIRST)
    lapse()
    assert leases.acquire("runner", SECOND)
    assert not leases.acquire("runner", FIRST)


def test_lease_that_was_given_back_is_free_at_once() -> None:
    leases.acquire("runner", FIRST)
    leases.release("runner", FIRST)
    assert leases.acquire("runner", SECOND)


def test_lease_of_another_cannot_be_given_back() -> None:
    leases.acquire("runner", FIRST)
    leases.release("runner", SECOND)
    assert not leases.acquire("runner", SECOND)


def test_jobs_of_the_former_holder_are_free_at_once_and_those_of_celery_are_not() -> None:
    registry.handler("test.lease", queue="files")(lambda object_id: None)
    for name in ("embedded", "celery"):
        services.record("test.lease", name)
    leases.acquire("runner", FIRST)
    services.claim(("files",), holder=FIRST)
    services.claim(("files",))
    lapse()
    leases.acquire("runner", SECOND)
    free = services.abandoned(("files",))
    assert [job.holder for job in free] == [FIRST]
    assert Job.objects.filter(state=Job.State.RUNNING).count() == 2
