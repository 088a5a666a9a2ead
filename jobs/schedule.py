"""Records periodic work, each slot once, however many schedulers run. Which work recurs is decided in config/schedule.py."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jobs import registry
from jobs.models import Slot
from jobs.services import record

KEEP_SLOTS = timedelta(days=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def slot_of(task: registry.Periodic, now: datetime) -> datetime:
    """The start of the slot that holds this moment, in UTC: neither summer time nor a clock set back runs a slot twice."""
    since = now - _EPOCH - task.offset
    return _EPOCH + task.offset + (since // task.every) * task.every


def tick(now: datetime | None = None) -> int:
    """Record every periodic task whose present slot has not been recorded. Returns how many."""
    moment = now or timezone.now()
    return sum(_open_slot(task, slot_of(task, moment)) for task in registry.periodics())


def _open_slot(task: registry.Periodic, slot: datetime) -> bool:
    # Most ticks find the slot taken: look first, since a transaction blocks every writer of SQLite.
    if Slot.objects.filter(task=task.task, slot__gte=slot).exists():
        return False
    with transaction.atomic():
        _, opened = Slot.objects.get_or_create(task=task.task, slot=slot)
        if opened:
            record(task.kind)
            Slot.objects.filter(task=task.task, slot__lt=slot - KEEP_SLOTS).delete()
    return opened
