"""Rebuildable person-years, the exact counters kept from them, and how far the changes of intake were read."""

from django.db import models
from django.utils import timezone

from safeguards.classification import FieldClass


class PersonYear(models.Model):
    """A person in a calendar year, merged over that year's contributions; values remember where they come from."""

    person = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    population = models.CharField(max_length=16, help_text="The narrowest population that it belongs to.")
    form = models.CharField(max_length=8, blank=True)
    counted = models.JSONField(help_text="What figures count of it, in codes.")
    merged = models.JSONField(help_text="The merged values; each with the contributions that gave it.")
    differs = models.BooleanField(
        default=False, help_text="Its contributions say different things: on the list of differences."
    )

    FIELD_CLASSES = {"id": FieldClass.OPERATIONAL} | {
        name: FieldClass.PSEUDONYMOUS for name in ("person", "year", "population", "form", "counted", "merged", "differs")
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
