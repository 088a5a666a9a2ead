"""A report that is not sent yet: for each section one encrypted blob, with nothing in the clear but who may go on with it.

What a section holds is opened in notifications.drafts alone. A sent draft leaves its receipt's references for a day.
"""

from uuid import uuid4

from django.db import models

from accounts.models import Organisation
from safeguards.classification import FieldClass


class Draft(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner_kind = models.CharField(max_length=8)
    owner_id = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    schema_version = models.PositiveSmallIntegerField()
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField()
    expires = models.DateTimeField()

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("owner_kind", "owner_id", "organisation", "schema_version", "created", "changed", "expires")
    } | {"id": FieldClass.PSEUDONYMOUS}

    class Meta:
        indexes = [
            models.Index(fields=["owner_kind", "owner_id"], name="drafts_of_owner"),
            models.Index(fields=["expires"], name="drafts_by_expiry"),
        ]


class DraftPart(models.Model):
    """What all persons of the draft share (position 0), or one person. Each has a data key of its own, by this id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()

    FIELD_CLASSES = {
        "id": FieldClass.PSEUDONYMOUS,
        "draft": FieldClass.PSEUDONYMOUS,
        "position": FieldClass.OPERATIONAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "position"], name="one_draft_part_per_position")]


class DraftSection(models.Model):
    part = models.ForeignKey(DraftPart, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=24)
    blob = models.BinaryField(help_text="The answers and whether they are finished, under the part's data key.")

    FIELD_CLASSES = {
        "id": FieldClass.OPERATIONAL,
        "part": FieldClass.PSEUDONYMOUS,
        "name": FieldClass.OPERATIONAL,
        "blob": FieldClass.IDENTIFYING,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "name"], name="one_draft_section_per_name")]


class DraftFile(models.Model):
    """A file before it is sent. Its name says who it is about as much as its content does."""

    class Kind(models.TextChoices):
        ATTACHMENT = "attachment"
        STATEMENT = "statement"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    part = models.ForeignKey(DraftPart, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ATTACHMENT)
    added = models.DateTimeField(auto_now_add=True)
    facts = models.BinaryField(help_text="Name, type and size, under the part's data key.")
    content = models.BinaryField(help_text="Under the part's data key.")

    FIELD_CLASSES = {
        "id": FieldClass.PSEUDONYMOUS,
        "part": FieldClass.PSEUDONYMOUS,
        "kind": FieldClass.OPERATIONAL,
        "added": FieldClass.OPERATIONAL,
        "facts": FieldClass.IDENTIFYING,
        "content": FieldClass.IDENTIFYING,
    }


class SentDraft(models.Model):
    """For a second press of the button: the same receipt, for as long as a page may stay open."""

    draft = models.UUIDField(primary_key=True, editable=False)
    owner_kind = models.CharField(max_length=8)
    owner_id = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    references = models.TextField(help_text="As the address of the receipt names them.")
    expires = models.DateTimeField()

    FIELD_CLASSES = {
        "draft": FieldClass.PSEUDONYMOUS,
        "owner_kind": FieldClass.OPERATIONAL,
        "owner_id": FieldClass.OPERATIONAL,
        "organisation": FieldClass.OPERATIONAL,
        "references": FieldClass.PSEUDONYMOUS,
        "expires": FieldClass.OPERATIONAL,
    }
