"""Durable work: one row a job, committed with the change that asks for it. Rows carry identifiers only."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from safeguards.classification import FieldClass


class Job(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=64)
    queue = models.CharField(max_length=16)
    object_id = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=96, help_text="A second waiting job of this kind and key is not recorded.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due = models.DateTimeField(default=timezone.now)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    holder = models.UUIDField(null=True, help_text="The embedded runner that claimed it; empty for a Celery worker.")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True, help_text="The class of the error, never its text.")
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "kind", "queue", "key", "state", "due", "lease_token", "lease_until", "holder", "attempts",
            "last_error", "created", "finished",
        )
    } | {"object_id": FieldClass.PSEUDONYMOUS}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(state="waiting"), name="one_waiting_job_per_key")
        ]
        indexes = [
            models.Index(fields=["queue", "due"], condition=Q(state="waiting"), name="jobs_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="jobs_running"),
        ]


class Slot(models.Model):
    """One run of one periodic task; the constraint makes two schedulers run it once."""

    task = models.CharField(max_length=64)
    slot = models.DateTimeField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "task", "slot")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "slot"], name="each_slot_once")]


class Lease(models.Model):
    """Held by at most one process of a name, such as the embedded runner."""

    name = models.CharField(max_length=32, primary_key=True)
    token = models.UUIDField()
    until = models.DateTimeField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("name", "token", "until")}
