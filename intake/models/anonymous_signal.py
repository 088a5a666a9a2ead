"""What remains without consent: coarse facts and nothing to make a token from. No reference to any other row."""

from uuid import uuid4

from django.db import models

from safeguards.classification import FieldClass


class AnonymousSignal(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=24)
    form = models.CharField(max_length=8)
    age_band = models.CharField(max_length=8)
    region = models.CharField(max_length=16)
    police_region = models.CharField(max_length=24, blank=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "year", "quarter", "group", "form", "age_band", "region", "police_region")
    }
