"""Wrapped data keys, the audit trail and its head. Nothing here can be read as an identity."""

from uuid import uuid4

from django.db import models

from safeguards.classification import FieldClass
from safeguards.immutability import AppendOnly


class DataKey(models.Model):
    """A random key of one owner and purpose, wrapped for the vault; deleting the row is the erasure."""

    class Purpose(models.TextChoices):
        IDENTITY = "identity"
        MATCHING = "matching"
        STATEMENT = "statement"
        DRAFT = "draft"
        BATCH = "batch"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.UUIDField()
    purpose = models.CharField(max_length=16, choices=Purpose)
    wrapping_key = models.CharField(
        max_length=48, help_text="Identifier of the key pair, draft key or batch key that wraps it."
    )
    wrapped = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    FIELD_CLASSES = {
        "id": FieldClass.OPERATIONAL,
        "owner": FieldClass.PSEUDONYMOUS,
        "purpose": FieldClass.OPERATIONAL,
        "wrapping_key": FieldClass.OPERATIONAL,
        "wrapped": FieldClass.PSEUDONYMOUS,
        "created": FieldClass.OPERATIONAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "purpose"], name="one_data_key_per_owner_and_purpose")]
        indexes = [models.Index(fields=["wrapping_key"], name="data_key_by_wrapping_key")]


class Tombstone(models.Model):
    """A data key that was destroyed on purpose: tells an erased value from one whose key id was tampered with."""

    key = models.UUIDField(primary_key=True, editable=False)
    destroyed = models.DateTimeField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("key", "destroyed")}


class AuditHead(models.Model):
    """The one row that a writer locks, so that the chain has one order."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    digest = models.BinaryField(default=bytes)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "sequence", "digest")}


class AuditEntry(AppendOnly):
    """Who did what, when and why, chained by hash; never a value from a person's file, never a foreign key."""

    sequence = models.BigIntegerField(primary_key=True)
    time = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=64)
    organisation = models.UUIDField(null=True)
    roles = models.CharField(max_length=200, blank=True)
    strength = models.CharField(max_length=40, blank=True)
    request = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    previous = models.BinaryField()
    digest = models.BinaryField()

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "sequence", "time", "actor_kind", "actor_id", "organisation", "roles", "strength", "request", "action",
            "object_type", "details", "previous", "digest",
        )
    } | {"object_id": FieldClass.PSEUDONYMOUS}  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["object_id", "object_type"], name="audit_by_object"),
            models.Index(fields=["actor_id", "-sequence"], name="audit_by_actor"),
            models.Index(fields=["action", "-sequence"], name="audit_by_action"),
            models.Index(fields=["time"], name="audit_by_time"),
        ]
