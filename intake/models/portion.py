"""The portions of the register's tokens whose pairs are still to be compared: what is left of a proof or of a weighing anew."""

from django.db import models

from safeguards.classification import FieldClass


class TokenPortion(models.Model):
    """It goes in the transaction of what was found in it; with the last one the persons' turn comes."""

    class Purpose(models.TextChoices):
        PROVE = "prove"
        WEIGH = "weigh"

    purpose = models.CharField(max_length=5, choices=Purpose)
    number = models.PositiveSmallIntegerField()
    many = models.PositiveSmallIntegerField(help_text="How many portions there are, a power of two.")

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "purpose", "number", "many")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "number"], name="one_portion_of_a_number")]
