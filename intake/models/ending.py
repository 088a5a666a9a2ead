"""What is kept of a report or record that ended for good, so that the same thing does not come in again. Nobody is in it."""

from uuid import uuid4

from django.db import models

from accounts.models import Organisation
from accounts.reporters import Source
from safeguards.classification import FieldClass


class Ending(models.Model):
    """A digest of what the sender called it, what it was, by which rule it ended and when; forgotten by retention."""

    class Rule(models.TextChoices):
        ERASURE = "erasure"
        OBJECTION = "objection"
        CONSENT_WITHDRAWN = "consent-withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    own_reference_digest = models.BinaryField(max_length=32, help_text="Keyed digest of organisation and own reference.")
    source = models.CharField(max_length=8, choices=[(source.value, source.value) for source in Source])
    rule = models.CharField(max_length=24, choices=Rule)
    day = models.DateField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "organisation", "source", "rule", "day")} | {
        "own_reference_digest": FieldClass.PSEUDONYMOUS
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "own_reference_digest"], name="one_ending_per_own_reference")
        ]
        indexes = [models.Index(fields=["day", "id"], name="endings_by_day")]
