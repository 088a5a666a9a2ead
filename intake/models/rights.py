"""Cases of the rights of a person, their log, and searches for the person. Who asks stands in none of them: codes alone.

What a case is about goes with the report itself; the log stays, as the proof that the request was answered.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass
from safeguards.immutability import AppendOnly


class RightsCase(models.Model):
    """One request of one person; due is the day by which the person has the answer."""

    class Right(models.TextChoices):
        ACCESS = "access"
        RECTIFICATION = "rectification"
        ERASURE = "erasure"
        RESTRICTION = "restriction"
        OBJECTION = "objection"

    class Requester(models.TextChoices):
        PERSON = "person"
        REPRESENTATIVE = "representative"
        LAWYER = "lawyer"

    class State(models.TextChoices):
        OPEN = "open"
        DECIDED = "decided"
        CLOSED = "closed"

    class Outcome(models.TextChoices):
        GRANTED = "granted"
        REFUSED = "refused"
        NOTHING_FOUND = "nothing-found"
        TAKEN_BACK = "taken-back"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True, help_text="Random; what letters about the case carry.")
    right = models.CharField(max_length=16, choices=Right)
    requester = models.CharField(max_length=16, choices=Requester)
    received = models.DateField()
    due = models.DateField()
    extended = models.CharField(max_length=24, blank=True, help_text="Why the term is longer: a code.")
    identified = models.CharField(max_length=24, blank=True, help_text="How it was established who asks: a code.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    ground = models.CharField(max_length=32, blank=True, help_text="What a decision rests on: a code of intake.rights.grounds.")
    removal_asked_by = models.CharField(max_length=64, blank=True, help_text="Who wants to remove the reports, for good.")
    removal_asked = models.DateTimeField(null=True)
    removal_granted_by = models.CharField(max_length=64, blank=True, help_text="The second person.")
    removal_granted = models.DateTimeField(null=True)
    recorded = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "right", "requester", "received", "due", "extended", "identified", "state", "outcome", "ground", "recorded",
            "removal_asked_by", "removal_asked", "removal_granted_by", "removal_granted",
        )
    } | {"reference": FieldClass.PSEUDONYMOUS}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state="open") ^ ~Q(outcome=""), name="an_outcome_where_it_is_decided"),
            models.CheckConstraint(
                condition=Q(removal_granted_by="") | ~Q(removal_granted_by=models.F("removal_asked_by")),
                name="nobody_grants_their_own_removal",
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=~Q(state="closed"), name="cases_by_deadline")]


class CaseStep(AppendOnly):
    """The log of a case: what was done, by whom, with a code and a count. It never says about whom."""

    case = models.ForeignKey(RightsCase, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=24)
    reason = models.CharField(max_length=32, blank=True)
    count = models.PositiveIntegerField(null=True)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=64)
    recorded = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "case", "kind", "reason", "count", "actor_kind", "actor_id", "recorded")
    }  # fmt: skip


class CaseReport(models.Model):
    """A contribution that was found to be about the person who asks. It goes when the contribution goes."""

    case = models.ForeignKey(RightsCase, on_delete=models.CASCADE, related_name="reports")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")

    FIELD_CLASSES = {"id": FieldClass.OPERATIONAL, "case": FieldClass.OPERATIONAL, "contribution": FieldClass.PSEUDONYMOUS}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "contribution"], name="one_row_per_report_of_a_case")]


class PersonSearch(models.Model):
    """A search for the person of a case: asked with a motive, granted by somebody else, run by the vault, seen for an hour."""

    class State(models.TextChoices):
        ASKED = "asked"
        GRANTED = "granted"
        DONE = "done"
        REFUSED = "refused"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(RightsCase, on_delete=models.CASCADE, related_name="searches")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    motive = models.CharField(max_length=32)
    query = models.BinaryField(null=True, help_text="Who is looked for, sealed for the vault; destroyed when it has run.")
    asked_by = models.CharField(max_length=64)
    asked = models.DateTimeField(default=timezone.now)
    granted_by = models.CharField(max_length=64, blank=True)
    granted = models.DateTimeField(null=True)
    expires = models.DateTimeField(help_text="Asked: until it can be granted. Granted: until what it found can be seen.")
    found = models.PositiveIntegerField(null=True)
    bounded = models.BooleanField(default=False, help_text="Not everything was compared that should have been.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "case", "state", "motive", "asked_by", "asked", "granted_by", "granted", "expires", "found", "bounded",
        )
    } | {"query": FieldClass.IDENTIFYING}  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by="") | ~Q(granted_by=models.F("asked_by")), name="nobody_grants_their_own_search"
            )
        ]


class SearchHit(models.Model):
    """A contribution that a search found, and how likely it is the same person."""

    class Likeness(models.TextChoices):
        SURE = "sure"
        LIKELY = "likely"
        LINKED = "linked"

    search = models.ForeignKey(PersonSearch, on_delete=models.CASCADE, related_name="hits")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=8, choices=Likeness)

    FIELD_CLASSES = {"id": FieldClass.OPERATIONAL, "search": FieldClass.OPERATIONAL} | {
        name: FieldClass.PSEUDONYMOUS for name in ("contribution", "likeness")
    }
