"""What visitors without an account leave behind: links by mail, requests to be called, counted sendings, used challenges.

No address, name or number stands here in the clear, and every row has an end.
"""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass


class Invitation(models.Model):
    """One link by mail, and the draft that belongs to it. Of the link only a keyed digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    token_digest = models.BinaryField(unique=True, max_length=32)
    expires = models.DateTimeField()
    mail = models.BinaryField(null=True, help_text="Address and link under the draft key until they are sent.")
    opened = models.DateTimeField(null=True, help_text="When the link was first opened; from then on it needs the code too.")
    visit_digest = models.BinaryField(null=True, max_length=32, help_text="Of the one browser that is let in now.")
    code_digest = models.BinaryField(null=True, max_length=32, help_text="Of the code to come back with.")
    wrong_codes = models.PositiveSmallIntegerField(default=0)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "expires", "opened", "wrong_codes")} | {
        "mail": FieldClass.IDENTIFYING,
        "token_digest": FieldClass.PSEUDONYMOUS,
        "visit_digest": FieldClass.PSEUDONYMOUS,
        "code_digest": FieldClass.PSEUDONYMOUS,
    }


class CallbackRequest(models.Model):
    """Somebody asks a care coordinator to call. Who it is lies under the draft key, and goes when it is done or too old."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=2)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    content = models.BinaryField(help_text="Name, contact and safe moment under a draft key of their own.")
    taken_by = models.CharField(max_length=64, blank=True)
    taken = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("id", "region", "language", "made", "expires", "taken_by", "taken")
    } | {"content": FieldClass.IDENTIFYING}


class Allowance(models.Model):
    """How often something was done within one window; by whom only a keyed digest says, and only until the window ends."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    count = models.PositiveIntegerField(default=0)
    expires = models.DateTimeField()

    FIELD_CLASSES = {"digest": FieldClass.PSEUDONYMOUS, "count": FieldClass.OPERATIONAL, "expires": FieldClass.OPERATIONAL}


class UsedChallenge(models.Model):
    """A challenge that was answered, until it would be too old anyway. It says nothing about what was sent with it."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    expires = models.DateTimeField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("digest", "expires")}
