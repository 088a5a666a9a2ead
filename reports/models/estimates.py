"""Estimates of who was not seen, with what they were asked with and counted from."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass


class EstimateRun(models.Model):
    """An estimate of who was not seen, asked for by an analyst: with what, how far the work is, and what came of it.

    It keeps counts of histories, exact, and no person: what was counted is not counted again when the register changes.
    """

    class Kind(models.TextChoices):
        POPULATION = "population"
        SECTORS = "sectors"

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    asked = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=64)
    code = models.CharField(max_length=32, help_text="The version of the programme.")
    as_of = models.DateTimeField(help_text="Changes of the register up to this moment were counted.")
    sequence = models.BigIntegerField(help_text="The last of those changes.")
    parameters = models.JSONField()
    inputs = models.JSONField(help_text="What was counted, exact.")
    seed = models.TextField(help_text="Sealed: that of the rounding of what is shown.")
    state = models.CharField(max_length=12, choices=State, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    partial = models.JSONField(default=list, help_text="What each step that is done gave; empty once all are.")
    result = models.JSONField(null=True)
    finished = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "kind", "asked", "asked_by", "code", "as_of", "sequence", "parameters", "seed", "state", "done", "total",
            "finished",
        )
    } | {name: FieldClass.PSEUDONYMOUS for name in ("inputs", "partial", "result")}  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["-asked"], name="estimates_newest_first")]
