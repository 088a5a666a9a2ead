"""The sealed identity of one contribution; never re-exported, touched in few places (contract identity-firewall)."""

from django.db import models

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass


class SealedIdentity(models.Model):
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, primary_key=True, related_name="+")
    blob = models.BinaryField()
    schema_version = models.PositiveSmallIntegerField(default=1)

    FIELD_CLASSES = {
        "contribution": FieldClass.PSEUDONYMOUS,
        "blob": FieldClass.IDENTIFYING,
        "schema_version": FieldClass.OPERATIONAL,
    }
