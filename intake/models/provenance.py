"""Where a feed's record comes from: the register that was read, its days of validity, and when it was last delivered."""

from django.db import models
from django.utils import timezone

from intake.models.batch import Batch
from intake.models.contribution import Contribution
from safeguards.classification import FieldClass


class Provenance(models.Model):
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, primary_key=True, related_name="provenance")
    register = models.CharField(max_length=32, blank=True, help_text="Code of the list source-registers.")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="The last day on which the record was valid there.")
    delivery = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, related_name="+")
    delivered = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {
        name: FieldClass.PSEUDONYMOUS
        for name in ("contribution", "register", "valid_from", "valid_to", "delivery", "delivered")
    }
