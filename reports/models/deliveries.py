"""Yearly deliveries of an edition."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from reports.models.figures import Edition
from safeguards.classification import FieldClass


class FigureDelivery(models.Model):
    """An edition as it is delivered to the National Rapporteur: whether its files were made, and their digests."""

    class State(models.TextChoices):
        ORDERED = "ordered"
        MADE = "made"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    format = models.PositiveSmallIntegerField(help_text="The version of the form of the files.")
    ordered = models.DateTimeField(default=timezone.now)
    ordered_by = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.ORDERED)
    made = models.DateTimeField(null=True)
    aggregates = models.JSONField(default=list, help_text="The deliveries of other sources that counted when it was ordered.")
    workbook_digest = models.CharField(max_length=64, blank=True)
    document_digest = models.CharField(max_length=64, blank=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "edition", "format", "ordered", "ordered_by", "state", "made", "workbook_digest", "document_digest",
            "aggregates",
        )
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "format"], name="one_delivery_per_edition")]
