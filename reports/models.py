"""Rebuildable person-years, their exact counters and how far changes were read; editions, frozen for good; and aggregates
of other sources.
"""

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

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=16, unique=True)
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

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "name", "first_year", "last_year", "cutoff", "asked", "asked_by", "state", "sequence", "done", "total",
        )
    } | {"last": FieldClass.PSEUDONYMOUS, "counters": FieldClass.PSEUDONYMOUS}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first_year__lte=models.F("last_year")), name="period_in_order")
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


class AggregateDelivery(AppendOnly):
    """Aggregates that a source published, as somebody uploaded them: no persons. What became of it is in its decision."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, help_text="Of its contents in a fixed order: the same file twice is found.")
    uploaded = models.DateTimeField(default=timezone.now)
    uploaded_by = models.CharField(max_length=64)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "source", "digest", "uploaded", "uploaded_by", "corrects")}


class AggregateValue(AppendOnly):
    """One published number with its place in its source; low and high are empty where 'unknown' was published."""

    delivery = models.ForeignKey(AggregateDelivery, on_delete=models.PROTECT, related_name="values")
    line = models.PositiveIntegerField()
    phase = models.CharField(max_length=32)
    form = models.CharField(max_length=16, blank=True, help_text="A code of the source's own list; empty: all together.")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=16)
    unit = models.CharField(max_length=16)
    qualifier = models.CharField(max_length=16)
    low = models.DecimalField(max_digits=10, decimal_places=1, null=True)
    high = models.DecimalField(max_digits=10, decimal_places=1, null=True)
    breaks = models.BooleanField(default=False, help_text="Its series begins anew here.")
    footnotes = models.JSONField(default=list)
    place = models.CharField(max_length=200)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "delivery", "line", "phase", "form", "first_year", "last_year", "measure", "unit", "qualifier", "low", "high",
            "breaks", "footnotes", "place",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "phase", "form", "first_year", "last_year", "measure", "unit"],
                name="one_value_per_cell_of_a_delivery",
            )
        ]


class AggregateNote(AppendOnly):
    """A footnote with its number, or a caveat without one."""

    delivery = models.ForeignKey(AggregateDelivery, on_delete=models.PROTECT, related_name="notes")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=2, blank=True)
    text_nl = models.CharField(max_length=1000)
    text_en = models.CharField(max_length=1000)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "delivery", "line", "number", "text_nl", "text_en")}


class AggregateDecision(AppendOnly):
    """What a second person, or the uploader who takes it back, decided about a delivery: once, and for good."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        TAKEN_BACK = "taken-back"

    delivery = models.OneToOneField(AggregateDelivery, primary_key=True, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=16, choices=Outcome)
    decided = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=64)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("delivery", "outcome", "decided", "decided_by")}


class FigureDelivery(models.Model):
    """An edition as it is delivered to the National Rapporteur: whether its files were made, and their digests."""

    class State(models.TextChoices):
        ORDERED = "ordered"
        MADE = "made"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    format = models.PositiveSmallIntegerField(help_text="The version of the form of the files.")
    ordered = models.DateTimeField(default=timezone.now)
    ordered_by = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.ORDERED)
    made = models.DateTimeField(null=True)
    workbook_digest = models.CharField(max_length=64, blank=True)
    document_digest = models.CharField(max_length=64, blank=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "edition", "format", "ordered", "ordered_by", "state", "made", "workbook_digest", "document_digest",
        )
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "format"], name="one_delivery_per_edition")]
