"""An uploaded file or feed delivery, its counts and its errors by place and rule, never by value."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from accounts.models import Organisation
from safeguards.classification import FieldClass


class Batch(models.Model):
    class Kind(models.TextChoices):
        REPORTS = "reports"
        EMM = "emm"
        OM = "om"

    class State(models.TextChoices):
        ARRIVING = "arriving"
        RECEIVED = "received"
        CHECKED = "checked"
        REFUSED = "refused"
        CONFIRMED = "confirmed"
        PAUSED = "paused"
        STORED = "stored"
        STOPPED = "stopped"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    trial = models.BooleanField(default=False, help_text="A dry run alone: it cannot be confirmed, and is deleted after a day.")
    submitted_by = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=64, blank=True)
    leave_out_errors = models.BooleanField(default=False, help_text="Who confirmed chose to store the valid rows alone.")
    received = models.DateTimeField(default=timezone.now)
    confirmed = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    content = models.BinaryField(null=True, help_text="A feed's upload under a draft key; a file of reports lies in parts.")
    format = models.CharField(max_length=8, blank=True, help_text="What the file was understood to be.")
    encoding = models.CharField(max_length=16, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    rows = models.PositiveIntegerField(default=0)
    checked_rows = models.PositiveIntegerField(default=0, help_text="How many rows went through the dry run.")
    stored_rows = models.PositiveIntegerField(default=0, help_text="How many rows are done: stored, or left out.")
    new = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    not_victims = models.PositiveIntegerField(default=0, help_text="Feed records in another role: counted here, not kept.")
    taken_back = models.PositiveIntegerField(default=0, help_text="Feed records that were withdrawn or proved unfounded.")
    skipped = models.PositiveIntegerField(default=0, help_text="Feed records of what was erased at a person's request before.")
    removed = models.PositiveIntegerField(default=0, help_text="Of the last two, how many had been kept before.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "organisation", "kind", "state", "trial", "submitted_by", "confirmed_by", "leave_out_errors", "received",
            "confirmed", "finished", "format", "encoding", "delimiter", "rows", "checked_rows", "stored_rows", "new",
            "unchanged", "changed", "withdrawn", "errors", "not_victims", "taken_back", "skipped", "removed",
        )
    } | {"content": FieldClass.IDENTIFYING}  # fmt: skip


class UploadPart(models.Model):
    """A piece of an upload as it came in, under the draft key of its batch; gone when the rows are taken out of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "batch", "number")} | {"content": FieldClass.IDENTIFYING}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="each_part_of_an_upload_once")]


class BatchChunk(models.Model):
    """Rows of a file that one job checks or stores, under the draft key of their batch; gone when they are stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    checked = models.BooleanField(default=False)
    wrong = models.JSONField(default=list, help_text="The numbers of the rows that the dry run found wrong: they stay out.")
    content = models.BinaryField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "batch", "number", "rows", "checked", "wrong")} | {
        "content": FieldClass.IDENTIFYING
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="each_chunk_of_a_batch_once")]


class BatchErrorCount(models.Model):
    """How many rows break one rule in one column: of a file with very many errors not each is kept by row."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="error_counts")
    column = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=48)
    rows = models.PositiveIntegerField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "batch", "column", "code", "rows")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "column", "code"], name="one_count_per_column_and_code")]


class BatchError(models.Model):
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="row_errors")
    row = models.PositiveIntegerField(help_text="0 for the file as a whole.")
    column = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=48)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "batch", "row", "column", "code")}
