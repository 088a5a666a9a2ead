"""How far the loading of the demonstration register is, and the mails that it would have sent; to whom is not kept."""

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass


class Loading(models.Model):
    """The one row: the step at hand, how much of it is done, and whether all is there."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    step = models.CharField(max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    complete = models.BooleanField(default=False)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "step", "done", "total", "complete")}


class Mail(models.Model):
    """A mail without its recipient, kept for who tries out the demonstration."""

    subject = models.CharField(max_length=200)
    text = models.TextField()
    made = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "subject", "text", "made")}
