"""What was found out about an OM letter whose person no police unit reported before: it is off the work list then."""

from django.db import models
from django.utils import timezone

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass


class LetterFinding(models.Model):
    class Finding(models.TextChoices):
        POLICE_WILL_REPORT = "police-will-report"
        REPORTED_AS_ANOTHER = "reported-as-another"
        NEVER_REPORTED = "never-reported"

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, primary_key=True, related_name="+")
    finding = models.CharField(max_length=24, choices=Finding)
    found_by = models.CharField(max_length=64)
    found = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {
        "contribution": FieldClass.PSEUDONYMOUS,
        "finding": FieldClass.PSEUDONYMOUS,
        "found_by": FieldClass.OPERATIONAL,
        "found": FieldClass.OPERATIONAL,
    }
