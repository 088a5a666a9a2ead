"""Which release used which contribution, as long as the contribution is here; and whom of its recipients we have to tell."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass


class Use(models.Model):
    """An extract or delivery that the contribution went into. release is the id of reports; intake knows no more of it."""

    release = models.UUIDField()
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    recorded = models.DateTimeField(default=timezone.now)
    left = models.BooleanField(default=True, help_text="Or it was only made ready: nobody has it, and nobody is to be told.")
    must_be_told = models.BooleanField(default=False, help_text="There is a duty to tell its recipients already.")

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "release", "recorded", "left", "must_be_told")} | {
        "contribution": FieldClass.PSEUDONYMOUS
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "release"], name="one_use_per_release")]


class DutyToTell(models.Model):
    """A release from which something was withdrawn afterwards. What it was is gone: only the release and the day stay."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    release = models.UUIDField()
    since = models.DateField()
    number = models.PositiveIntegerField(help_text="How many contributions of the release went at that moment.")
    told = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=64, blank=True)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "release", "since", "number", "told", "told_by")}

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(told__isnull=True) ^ ~Q(told_by=""), name="told_by_somebody")]
        indexes = [models.Index(fields=["since", "id"], condition=Q(told=None), name="duties_open")]
