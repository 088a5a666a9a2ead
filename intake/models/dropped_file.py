"""A file that a feed dropped in the watched folder: known by the digest of its encrypted bytes, never by its name."""

from django.db import models
from django.utils import timezone

from intake.models.batch import Batch
from safeguards.classification import FieldClass


class DroppedFile(models.Model):
    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the parcel, in hexadecimal.")
    feed = models.CharField(max_length=8)
    delivery = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="+")
    taken = models.DateTimeField(default=timezone.now)
    answered = models.BooleanField(default=False, help_text="The receipt with the counts lies in the folder.")

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("digest", "feed", "delivery", "taken", "answered")}
