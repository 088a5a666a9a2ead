"""The numbered list of changed person-years that reports reads, and the one row that orders all writers of links."""

from django.db import models

from safeguards.classification import FieldClass


class Register(models.Model):
    """The one row whoever changes links must lock first, so that sequence order is commit order.

    It also says what all pairs are weighed by.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    version = models.CharField(max_length=12, blank=True, help_text="The weights that all pairs were last weighed by.")
    doublings = models.PositiveSmallIntegerField(default=0, help_text="Of the size that the weights were fitted at.")

    weighing = models.BooleanField(default=False, help_text="Some pairs are weighed by these and some by what was before.")

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "sequence", "version", "doublings", "weighing")}


class Change(models.Model):
    sequence = models.BigIntegerField(primary_key=True)
    person = models.UUIDField()
    year = models.PositiveSmallIntegerField()

    FIELD_CLASSES = {"sequence": FieldClass.OPERATIONAL, "person": FieldClass.PSEUDONYMOUS, "year": FieldClass.PSEUDONYMOUS}
