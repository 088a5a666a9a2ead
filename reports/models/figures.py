"""Rebuildable person-years, their exact counters and how far changes were read; and editions, frozen for good."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass
from safeguards.immutability import AppendOnly


class PersonYear(models.Model):
    """A person in a calendar year, as figures count it. What is merged of it, and from where, is made again from the
    contributions by whoever looks (figures.provenance): it is kept nowhere else.
    """

    person = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    counted = models.TextField(help_text="What figures count of it, in codes: JSON, equal text for equal values.")
    differs = models.BooleanField(
        default=False, help_text="Its contributions say different things: on the list of differences."
    )

    FIELD_CLASSES = {"id": FieldClass.OPERATIONAL} | {
        name: FieldClass.PSEUDONYMOUS for name in ("person", "year", "counted", "differs")
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="one_row_per_person_and_year")]
        indexes = [models.Index(fields=["-year", "person"], condition=models.Q(differs=True), name="person_years_that_differ")]


class ExactCell(models.Model):
    """An unprotected counter, kept by differences; reports.figures.storage alone touches it."""

    figure = models.CharField(max_length=8)
    row = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=8, blank=True, help_text="Empty for an unknown form, and where forms do not count.")
    count = models.IntegerField(default=0)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "figure", "row", "year", "form")} | {
        "count": FieldClass.PSEUDONYMOUS
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["figure", "row", "year", "form"], name="one_counter_per_cell")]


class Progress(models.Model):
    """The one row that says up to which change the counters are right; locked by whoever advances it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    definitions = models.CharField(max_length=16, blank=True, help_text="The version of the definitions counted under.")
    refreshed = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "sequence", "definitions", "refreshed")}


class Freeze(models.Model):
    """An edition in the making: what was asked, and how far the work is. Its counters go when the edition is there."""

    class State(models.TextChoices):
        COLLECTING = "collecting"
        CATCHING_UP = "catching-up"
        COUNTING = "counting"
        COMPARING = "comparing"
        FROZEN = "frozen"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=16)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    cutoff = models.DateTimeField(help_text="Contributions that were recorded up to this moment are in it.")
    asked = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State, default=State.COLLECTING)
    sequence = models.BigIntegerField(default=0, help_text="Changes of the register up to this one are in what was collected.")
    last = models.UUIDField(null=True, help_text="The contribution or person up to which the state's work is done.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counters = models.JSONField(default=dict, help_text="Counted so far.")
    signals = models.JSONField(default=list, help_text="The counters of anonymous signals: of those no moment is known.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "name", "first_year", "last_year", "cutoff", "asked", "asked_by", "state", "sequence", "done", "total",
        )
    } | {name: FieldClass.PSEUDONYMOUS for name in ("last", "counters", "signals")}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first_year__lte=models.F("last_year")), name="period_in_order"),
            # Whose freeze was refused tries again under the same name.
            models.UniqueConstraint(fields=["name"], condition=~models.Q(state="refused"), name="one_edition_of_each_name"),
        ]


class FrozenInput(models.Model):
    """A contribution as an edition counted it, and with whom it was one person then. It goes with the contribution."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="+")
    contribution = models.ForeignKey("intake.Contribution", on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    said = models.JSONField()

    FIELD_CLASSES = {"id": FieldClass.OPERATIONAL, "freeze": FieldClass.OPERATIONAL} | {
        name: FieldClass.PSEUDONYMOUS for name in ("contribution", "person", "year", "said")
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["freeze", "contribution"], name="one_input_per_edition")]
        indexes = [models.Index(fields=["freeze", "person"], name="inputs_by_person")]


class Edition(AppendOnly):
    """Figures as they were frozen: written once. What became of it since is in its steps."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="That of its freeze, and of its uses.")
    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=16, unique=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    cutoff = models.DateTimeField()
    frozen = models.DateTimeField(default=timezone.now)
    frozen_by = models.CharField(max_length=64)
    definitions = models.CharField(max_length=64, help_text="SHA-256 of the declarations of all figures.")
    code = models.CharField(max_length=32, help_text="The version of the programme.")
    inputs = models.PositiveIntegerField(help_text="How many contributions it counted.")
    input_digest = models.CharField(max_length=64)
    method = models.CharField(max_length=32)
    base = models.PositiveSmallIntegerField()
    draw = models.CharField(max_length=16, help_text="Names the seed of the draw without telling it.")
    seed = models.TextField(help_text="Sealed.")
    compared_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    protected = models.BinaryField(help_text="The bytes that may be published.")
    exact = models.TextField(help_text="The same with exact counts, sealed.")
    exact_digest = models.CharField(max_length=64)
    revision = models.TextField(blank=True, help_text="What changed since the edition before it and why, exact and sealed.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "number", "name", "first_year", "last_year", "cutoff", "frozen", "frozen_by", "definitions", "code", "method",
            "base", "draw", "seed", "compared_with", "protected",
        )
    } | {
        name: FieldClass.PSEUDONYMOUS for name in ("inputs", "input_digest", "exact", "exact_digest", "revision")
    }  # fmt: skip


class EditionStep(AppendOnly):
    """What became of an edition, and why: written once."""

    class Kind(models.TextChoices):
        PUBLISHED = "published"
        SUPERSEDED = "superseded"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=64)
    reason = models.CharField(max_length=400, blank=True)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "edition", "kind", "at", "by", "reason")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="each_step_once")]


class EditionAudit(AppendOnly):
    """What an edition tells together with one that is out and the extracts, as the attack found it before it was published."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="audits")
    against = models.PositiveIntegerField(help_text="The number of the edition that is out; its own: it alone.")
    extracts = models.PositiveIntegerField(default=0, help_text="How many extracts were out, which were attacked with it.")
    at = models.DateTimeField(default=timezone.now)
    attacked = models.PositiveIntegerField(help_text="How many counts and differences were.")
    found = models.PositiveIntegerField(help_text="How many of them could be worked out.")
    few = models.BooleanField(default=False, help_text="So few person-years differ that whatever changed is about just those.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("id", "edition", "against", "extracts", "at", "attacked", "found")
    } | {"few": FieldClass.PSEUDONYMOUS}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "against", "extracts"], name="each_attack_once")]
