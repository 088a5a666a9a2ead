"""Extracts: what was asked for, what became of it, the file while it can be fetched, and the links that fetch it once."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass
from safeguards.immutability import AppendOnly


class Extract(models.Model):
    """What an analyst asks for and how far it is. Its id is that of its release and of its uses."""

    class State(models.TextChoices):
        DESCRIBED = "described"
        PREVIEWED = "previewed"
        ASKED = "asked"
        APPROVED = "approved"
        READY = "ready"
        REFUSED = "refused"
        IMPOSSIBLE = "impossible"
        TAKEN_BACK = "taken-back"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    product = models.CharField(max_length=32)
    columns = models.JSONField(help_text="Name of a column to the level of its ladder.")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    cutoff = models.DateTimeField(help_text="Contributions that were recorded up to this moment are in it.")
    purpose = models.CharField(max_length=32)
    why = models.CharField(max_length=1000)
    recipient = models.CharField(max_length=200)
    until = models.DateField(help_text="The last day on which the recipient may have it.")
    asked = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State, default=State.DESCRIBED)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Per cent of the work that is being done.")
    preview = models.JSONField(default=dict, help_text="Risk and utility, without data.")
    watermark = models.CharField(max_length=32, unique=True, help_text="Stands in every file; names the recipient to us alone.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "product", "columns", "first_year", "last_year", "cutoff", "purpose", "why", "recipient", "until", "asked",
            "asked_by", "state", "progress", "preview", "watermark",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first_year__lte=models.F("last_year")), name="extract_period_in_order")
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked"], name="extracts_of_one_analyst"),
            models.Index(fields=["state", "-asked"], name="extracts_by_state"),
        ]


class ExtractStep(AppendOnly):
    """What became of an extract, by whom and why: written once. Each time it was fetched is one too."""

    class Kind(models.TextChoices):
        PREVIEWED = "previewed"
        ASKED = "asked"
        APPROVED = "approved"
        READY = "ready"
        FETCHED = "fetched"
        REFUSED = "refused"
        IMPOSSIBLE = "impossible"
        TAKEN_BACK = "taken-back"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=64)
    reason = models.CharField(max_length=400, blank=True)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "extract", "kind", "at", "by", "reason")}


class ExtractFile(models.Model):
    """The file, sealed, until it expires; then the row goes and its digest stays in the ledger."""

    extract = models.OneToOneField(Extract, primary_key=True, on_delete=models.PROTECT, related_name="file")
    content = models.TextField(help_text="Sealed.")
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="In bytes.")
    expires = models.DateTimeField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("extract", "digest", "size", "expires")} | {
        "content": FieldClass.PSEUDONYMOUS
    }

    class Meta:
        indexes = [models.Index(fields=["expires"], name="extract_files_by_expiry")]


class ExtractTold(models.Model):
    """What its rows told, for later attacks: it stays when the file goes. It grows with the register, so that it is no column
    of its extract.
    """

    extract = models.OneToOneField(Extract, primary_key=True, on_delete=models.PROTECT, related_name="told")
    content = models.TextField(help_text="Sealed.")

    FIELD_CLASSES = {"extract": FieldClass.OPERATIONAL, "content": FieldClass.PSEUDONYMOUS}


class ExtractLink(models.Model):
    """A link that fetches the file once. Its token is known to who was given it alone."""

    token_digest = models.CharField(primary_key=True, max_length=64)
    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="links")
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("token_digest", "extract", "made", "expires", "used")}
