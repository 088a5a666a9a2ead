"""What stays for the reporter of a report that became a signal or was withdrawn: that it was so, for a number of days."""

from uuid import uuid4

from django.db import models

from accounts.models import Organisation
from safeguards.classification import FieldClass


class Stub(models.Model):
    """No reference to a signal and nothing about a person: a digest of what the reporter calls it, a state and a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    own_reference_digest = models.BinaryField(null=True, max_length=32, help_text="Keyed digest, to know a second sending.")
    reference = models.CharField(max_length=16, blank=True, help_text="Of the receipt, where there was one.")
    state = models.CharField(max_length=12)
    day = models.DateField(help_text="When it became this.")
    expires = models.DateField()

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("id", "organisation", "reference", "state", "day", "expires")
    } | {"own_reference_digest": FieldClass.PSEUDONYMOUS}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "own_reference_digest"],
                condition=models.Q(own_reference_digest__isnull=False),
                name="one_stub_per_own_reference",
            )
        ]
