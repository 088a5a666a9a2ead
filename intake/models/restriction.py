"""Which contributions are restricted. It says of a report that it rests, and of nobody who the person is."""

from django.db import models
from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.rights import RightsCase
from safeguards.classification import FieldClass


class Restriction(models.Model):
    """A contribution that is kept and not used while it stands here: out of links and counts, opened for nobody's review.

    More than one case may ask for it; it rests while any of them stands.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(RightsCase, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {
        "id": FieldClass.OPERATIONAL,
        "contribution": FieldClass.PSEUDONYMOUS,
        "case": FieldClass.OPERATIONAL,
        "since": FieldClass.OPERATIONAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "case"], name="one_restriction_per_case")]
