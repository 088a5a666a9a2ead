"""The keys under which clients send a request again, each with the answer to the first: its reference and status only."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from safeguards.classification import FieldClass


class IdempotencyKey(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    key_digest = models.BinaryField(max_length=32, help_text="Keyed digest of the key; the key itself is not stored.")
    body_digest = models.BinaryField(max_length=32, help_text="Keyed digest of key, address and body together.")
    claim = models.UUIDField(default=uuid4, help_text="Who carries the request out; changes when another takes it over.")
    claimed = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the first answer; empty until there is one.")
    reference = models.CharField(max_length=64, blank=True, help_text="What the first answer named.")
    state = models.CharField(max_length=32, blank=True, help_text="The state that the first answer gave.")
    expires = models.DateTimeField()

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("id", "organisation", "claim", "claimed", "status", "state", "expires")
    } | {name: FieldClass.PSEUDONYMOUS for name in ("key_digest", "body_digest", "reference")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key_digest"], name="one_answer_per_key"),
            models.CheckConstraint(condition=Q(status__isnull=False) | Q(reference="", state=""), name="answer_is_whole"),
        ]
        indexes = [models.Index(fields=["expires"], name="keys_by_expiry")]
