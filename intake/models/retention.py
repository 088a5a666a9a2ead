"""What retention destroyed: how much, when and by which rule. Whose it was is known to nobody any more."""

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass


class Erasure(models.Model):
    rule = models.CharField(max_length=32, help_text="Of the table of retention.")
    action = models.CharField(max_length=24)
    number = models.PositiveIntegerField()
    erased = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "rule", "action", "number", "erased")}

    class Meta:
        indexes = [models.Index(fields=["rule", "-erased"], name="erasures_by_rule")]
