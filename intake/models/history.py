"""What a report said before it was corrected or supplemented: codes alone. Of the person it holds only that it was replaced."""

from django.db import models
from django.utils import timezone

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass


class EarlierVersion(models.Model):
    """The coded part that stood until this moment, and who changed it. It goes with the report."""

    class Change(models.TextChoices):
        CORRECTED = "corrected"
        SUPPLEMENTED = "supplemented"

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    date = models.DateField(help_text="The legal date that the report had.")
    age = models.PositiveSmallIntegerField(null=True)
    age_band = models.CharField(max_length=8, blank=True)
    characteristics = models.JSONField(default=dict)
    schema_version = models.PositiveSmallIntegerField()
    recorded = models.DateTimeField(help_text="When this version was recorded.")
    replaced = models.DateTimeField(default=timezone.now, help_text="When the next one took its place.")
    change = models.CharField(max_length=12, choices=Change)
    person_replaced = models.BooleanField(default=False, help_text="Who the person is was sent anew as well.")
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=64)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "schema_version", "recorded", "replaced", "change", "person_replaced", "actor_kind", "actor_id",
        )
    } | {
        name: FieldClass.PSEUDONYMOUS for name in ("contribution", "date", "age", "age_band", "characteristics")
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["contribution", "id"], name="versions_of_contribution")]
