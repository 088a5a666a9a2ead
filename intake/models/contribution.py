"""One contribution: a report by a reporter, an EMM record or an OM letter, about one person on one date.

It holds codes only. Who the person is stands sealed in models.identity, and who it is linked with in models.matching.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup, Source
from intake.models.batch import Batch
from safeguards.classification import FieldClass

# Conditions on what its reporter may find.
FOUND_BY_REPORTER = {"leaving": False, "cut_off": False}


class Contribution(models.Model):
    class State(models.TextChoices):
        HELD = "held"
        ACCEPTED = "accepted"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Source])
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=24, blank=True, choices=[(g.value, g.value) for g in ReporterGroup])
    other_kind = models.CharField(max_length=24, blank=True, choices=[(k.value, k.value) for k in OtherReporter])
    unit = models.CharField(max_length=24, blank=True, choices=[(u.value, u.value) for u in PoliceUnit])
    legal_basis = models.BooleanField()
    reference = models.CharField(max_length=16, unique=True, help_text="Random; what the receipt shows.")
    own_reference_digest = models.BinaryField(null=True, max_length=32, help_text="Keyed digest of the own reference.")
    without_own_reference = models.BooleanField(default=False, help_text="The digest, if any, is of the sending: random.")
    row_digest = models.BinaryField(null=True, max_length=32, help_text="Keyed digest of the row as sent: what changed.")
    correction_digest = models.BinaryField(null=True, max_length=32, help_text="The same of a correction by form or API.")
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, related_name="+")
    date = models.DateField(help_text="The legal date: the day of the report.")
    recorded = models.DateTimeField(default=timezone.now)
    released = models.DateField(
        null=True, help_text="The day on which its consent was approved; without it, it counts from the first."
    )
    state = models.CharField(max_length=8, choices=State)
    needs_linking = models.BooleanField(default=False)
    leaving = models.BooleanField(default=False, help_text="Withdrawn, or no victim's after all: a job removes it.")
    cut_off = models.BooleanField(
        default=False, db_default=False, help_text="Past its period: nothing that its reporter knows leads to it."
    )
    age = models.PositiveSmallIntegerField(null=True, help_text="Whole years on the legal date, computed before sealing.")
    age_band = models.CharField(max_length=8, blank=True)
    characteristics = models.JSONField(default=dict)
    schema_version = models.PositiveSmallIntegerField(default=1)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "source", "organisation", "group", "other_kind", "unit", "legal_basis", "batch", "recorded", "state",
            "needs_linking", "leaving", "cut_off", "schema_version", "released", "without_own_reference",
        )
    } | {
        name: FieldClass.PSEUDONYMOUS
        for name in (
            "id", "reference", "own_reference_digest", "row_digest", "correction_digest", "date", "age", "age_band",
            "characteristics",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "own_reference_digest"],
                condition=Q(own_reference_digest__isnull=False),
                name="one_contribution_per_own_reference",
            ),
            models.CheckConstraint(condition=Q(source="report") ^ Q(group=""), name="reports_and_only_reports_have_a_group"),
        ]
        indexes = [
            models.Index(fields=["recorded", "id"], condition=Q(needs_linking=True), name="contributions_to_link"),
            models.Index(fields=["id"], condition=Q(leaving=True), name="contributions_leaving"),
            models.Index(fields=["organisation", "-recorded"], name="contributions_of_organisation"),
        ]
