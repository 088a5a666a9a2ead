"""A named lease in the database: at most one process holds it. It does not stop a holder that is late; job leases do that."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jobs.models import Job, Lease


def acquire(name: str, token: UUID) -> bool:
    """Take or renew the lease. When it changes hands, jobs claimed under the former holder are free at once."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.BAKEN_RUNNER_LEASE)
    with transaction.atomic():
        lease, created = Lease.objects.select_for_update().get_or_create(name=name, defaults={"token": token, "until": until})
        if not created and lease.token != token and lease.until > now:
            return False
        changed_hands = created or lease.token != token
        Lease.objects.filter(name=name).update(token=token, until=until)
        if changed_hands:
            _free_jobs_of_others(token, now)
    return True


def _free_jobs_of_others(token: UUID, now: datetime) -> None:
    orphans = Job.objects.filter(state=Job.State.RUNNING, holder__isnull=False).exclude(holder=token)
    orphans.update(lease_until=now - timedelta(microseconds=1))


def release(name: str, token: UUID) -> None:
    Lease.objects.filter(name=name, token=token).delete()
