"""The ledger of releases: one row for each thing that left the register, or was refused to leave, written once."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass
from safeguards.immutability import AppendOnly


class LedgerEntry(AppendOnly):
    """What left, for whom and why. Several entries can be of one release: an edition, its files and its deliveries."""

    class Kind(models.TextChoices):
        EDITION = "edition"
        FIGURE = "figure"
        CHART = "chart"
        TABLES = "tables"
        DELIVERY = "delivery"
        EXTRACT = "extract"
        SYNTHETIC = "synthetic"
        ANSWER = "answer"

    class Outcome(models.TextChoices):
        RELEASED = "released"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.PositiveBigIntegerField(unique=True, help_text="One by one, without a gap.")
    release = models.UUIDField(help_text="That of its uses: a withdrawal names it in the duty to tell.")
    kind = models.CharField(max_length=12, choices=Kind)
    outcome = models.CharField(max_length=8, choices=Outcome)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=64)
    recipient = models.CharField(max_length=200)
    purpose = models.CharField(max_length=32)
    what = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict, help_text="What was asked for, in codes.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the bytes; empty where none left.")
    protection = models.CharField(max_length=200)
    epsilon = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    delta = models.FloatField(null=True)
    contributions = models.PositiveIntegerField(null=True, help_text="How many it used; empty where an entry before says it.")
    reason = models.CharField(max_length=1000, blank=True, help_text="Why it was refused.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "number", "release", "kind", "outcome", "at", "by", "recipient", "purpose", "what", "parameters", "digest",
            "protection", "epsilon", "delta", "reason",
        )
    } | {"contributions": FieldClass.PSEUDONYMOUS}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome="refused") ^ models.Q(reason=""), name="refused_with_a_reason"),
            models.CheckConstraint(
                condition=models.Q(epsilon=None, delta=None) | models.Q(epsilon__gt=0, delta__isnull=False),
                name="budget_of_both_numbers",
            ),
        ]
        indexes = [
            models.Index(fields=["release", "number"], name="entries_of_a_release"),
            models.Index(fields=["at"], condition=models.Q(epsilon__isnull=False), name="entries_that_spent_budget"),
        ]
