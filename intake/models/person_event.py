"""What became of persons: one row for each merge and each split, and which contributions it moved. Written once.

It says of nobody who they are, and how alike the reports were in steps alone: finer would tell how rare a name is. What a
contribution that goes was moved in goes with it.
"""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision
from intake.models.matching import Pair
from safeguards.classification import FieldClass
from safeguards.errors import AppendOnlyError


class WrittenOnce(models.QuerySet["PersonEvent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("What became of persons is written once and never changed.")

    def forget_lost_pairs(self) -> None:
        """Of pairs and answers that are no more nothing is kept: not that there was one, nor how much the two were alike."""
        lost = self.filter(decision=None).exclude(Exists(Pair.objects.filter(id=OuterRef("pair"))))
        models.QuerySet.update(lost, pair=None, weight=None)


class PersonEvent(models.Model):
    """Contributions came to a person (of another one that ended, or new to the register), or left it for another one."""

    class Kind(models.TextChoices):
        MERGE = "merge"
        SPLIT = "split"

    class Reason(models.TextChoices):
        """The answers are those of models.decision.Answer: what the event follows from is what somebody just said."""

        LINKED = "linked"
        LINKED_ANEW = "linked-anew"
        WEIGHED_ANEW = "weighed-anew"
        SAME = "same"
        DIFFERENT = "different"
        CANNOT_TELL = "cannot-tell"
        TAKEN_BACK = "taken-back"
        REMOVED = "removed"
        SET_ASIDE = "set-aside"
        BROUGHT_BACK = "brought-back"

    kind = models.CharField(max_length=5, choices=Kind)
    person = models.UUIDField(help_text="The one that they came to, or that they left.")
    other = models.UUIDField(null=True, help_text="The one that ended, or that they went to; none where they were new.")
    at = models.DateTimeField(default=timezone.now, help_text="Of a removal the day alone.")
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=Reason)
    reading = models.CharField(max_length=8, blank=True, help_text="Which look at the pair the answer was given at.")
    pair = models.UUIDField(null=True, help_text="What it rests on: the heaviest link, or what keeps them apart.")
    weight = models.SmallIntegerField(null=True, help_text="Match weight of that pair in bits, down to the step below it.")
    parameters = models.CharField(max_length=16)
    decision = models.ForeignKey(LinkDecision, on_delete=models.SET_NULL, null=True, related_name="+")
    undoes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = WrittenOnce.as_manager()

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "kind", "at", "actor_kind", "actor_id", "reason", "reading", "parameters", "decision", "undoes")
    } | {name: FieldClass.PSEUDONYMOUS for name in ("person", "other", "pair", "weight")}

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind="merge") | Q(other__isnull=False), name="split_into_two")]
        indexes = [
            models.Index(fields=["person", "-id"], name="events_of_person"),
            models.Index(fields=["other", "-id"], condition=Q(other__isnull=False), name="events_of_other_person"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("What became of persons is written once and never changed.")
        super().save(*args, **kwargs)


class PersonMove(models.Model):
    """A contribution came under this person, or under none; in order of id the last one is where it stands now."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField(null=True)
    event = models.ForeignKey(
        PersonEvent,
        on_delete=models.CASCADE,
        null=True,
        related_name="moves",
        help_text="None where it began a person or left.",
    )

    FIELD_CLASSES = {
        "id": FieldClass.OPERATIONAL,
        "contribution": FieldClass.PSEUDONYMOUS,
        "person": FieldClass.PSEUDONYMOUS,
        "event": FieldClass.OPERATIONAL,
    }
