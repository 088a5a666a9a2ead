"""A look at one sealed identity: why, by whom, granted by whom and until when. It says nothing of what was seen."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.matching import Pair
from safeguards.classification import FieldClass


class Unlock(models.Model):
    class Motive(models.TextChoices):
        """Why somebody looks; a text of somebody's own could name the person."""

        COMPARE_NAME = "compare-name"
        COMPARE_BIRTH = "compare-birth"
        COMPARE_REPRESENTATIVE = "compare-representative"
        PAIR_DETAILS = "pair-details"
        PAIR_RELATIVES = "pair-relatives"
        PAIR_CONTRADICTS = "pair-contradicts"
        RIGHTS_OF_PERSON = "rights-of-person"
        INCIDENT = "incident"
        SUPERVISOR = "supervisor"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    motive = models.CharField(max_length=24, choices=Motive)
    asked_by = models.CharField(max_length=64)
    asked = models.DateTimeField(default=timezone.now)
    granted_by = models.CharField(max_length=64, blank=True, help_text="Empty for a review, which needs no second person.")
    granted = models.DateTimeField(null=True, help_text="Nothing opens before this moment.")
    expires = models.DateTimeField()
    pair = models.ForeignKey(
        Pair, on_delete=models.CASCADE, null=True, related_name="+", help_text="Opened beside the other one."
    )

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("motive", "asked_by", "asked", "granted_by", "granted", "expires")
    } | {name: FieldClass.PSEUDONYMOUS for name in ("id", "contribution", "pair")}

    class Meta:
        indexes = [models.Index(fields=["expires"], name="unlocks_by_expiry")]
