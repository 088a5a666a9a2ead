"""Aggregates of other sources, as they were uploaded and decided about: no persons."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass
from safeguards.immutability import AppendOnly


class AggregateDelivery(AppendOnly):
    """Aggregates that a source published, as somebody uploaded them: no persons. What became of it is in its decision."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, help_text="Of its contents in a fixed order: the same file twice is found.")
    uploaded = models.DateTimeField(default=timezone.now)
    uploaded_by = models.CharField(max_length=64)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "source", "digest", "uploaded", "uploaded_by", "corrects")}


class AggregateValue(AppendOnly):
    """One published number with its place in its source; low and high are empty where 'unknown' was published."""

    delivery = models.ForeignKey(AggregateDelivery, on_delete=models.PROTECT, related_name="values")
    line = models.PositiveIntegerField()
    phase = models.CharField(max_length=32)
    form = models.CharField(max_length=16, blank=True, help_text="A code of the source's own list; empty: all together.")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=16)
    unit = models.CharField(max_length=16)
    qualifier = models.CharField(max_length=16)
    low = models.DecimalField(max_digits=10, decimal_places=1, null=True)
    high = models.DecimalField(max_digits=10, decimal_places=1, null=True)
    breaks = models.BooleanField(default=False, help_text="Its series begins anew here.")
    footnotes = models.JSONField(default=list)
    place = models.CharField(max_length=200)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "delivery", "line", "phase", "form", "first_year", "last_year", "measure", "unit", "qualifier", "low", "high",
            "breaks", "footnotes", "place",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "phase", "form", "first_year", "last_year", "measure", "unit"],
                name="one_value_per_cell_of_a_delivery",
            )
        ]


class AggregateNote(AppendOnly):
    """A footnote with its number, or a caveat without one."""

    delivery = models.ForeignKey(AggregateDelivery, on_delete=models.PROTECT, related_name="notes")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=2, blank=True)
    text_nl = models.CharField(max_length=1000)
    text_en = models.CharField(max_length=1000)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "delivery", "line", "number", "text_nl", "text_en")}


class AggregateDecision(AppendOnly):
    """What a second person, or the uploader who takes it back, decided about a delivery: once, and for good."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        TAKEN_BACK = "taken-back"

    delivery = models.OneToOneField(AggregateDelivery, primary_key=True, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=16, choices=Outcome)
    decided = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=64)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("delivery", "outcome", "decided", "decided_by")}
