"""A file that was sent with a report, sealed with its name under the report's identity key: it goes when the identity goes."""

from uuid import uuid4

from django.db import models

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass


class SealedAttachment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    blob = models.BinaryField()
    schema_version = models.PositiveSmallIntegerField(default=1)

    FIELD_CLASSES = {
        "id": FieldClass.PSEUDONYMOUS,
        "contribution": FieldClass.PSEUDONYMOUS,
        "blob": FieldClass.IDENTIFYING,
        "schema_version": FieldClass.OPERATIONAL,
    }
