"""What people decided about two contributions, row after row: nothing is changed, and all of it goes with either of the two."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass
from safeguards.errors import AppendOnlyError


class Answer(models.TextChoices):
    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot-tell"
    TAKEN_BACK = "taken-back"
    CONTESTED = "contested"


ABOUT_AN_ANSWER = [Answer.TAKEN_BACK.value, Answer.CONTESTED.value]


class Verdict(models.TextChoices):
    """An answer with its reason. A reason in somebody's own words could name the person, so there is none."""

    SAME_DETAILS = "same:details"
    SAME_NUMBER = "same:number"
    SAME_SPELLING = "same:spelling"
    SAME_CIRCUMSTANCES = "same:circumstances"
    DIFFERENT_DETAILS = "different:details"
    DIFFERENT_RELATIVES = "different:relatives"
    DIFFERENT_NAMESAKES = "different:namesakes"
    DIFFERENT_NUMBERS = "different:numbers"
    UNCLEAR_TOO_LITTLE = "cannot-tell:too-little"
    UNCLEAR_CONTRADICTS = "cannot-tell:contradicts"
    UNCLEAR_ASK_REPORTER = "cannot-tell:ask-reporter"

    @property
    def answer(self) -> Answer:
        return Answer(self.value.partition(":")[0])

    @property
    def reason(self) -> str:
        return self.value.partition(":")[2]


class Reading(models.TextChoices):
    """Which look at a pair: the first, a second one that does not know the first, one that settles what the two disagree on."""

    FIRST = "first"
    SECOND = "second"
    SETTLING = "settling"


class WrittenOnce(models.QuerySet["LinkDecision"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("An answer is written once and never changed.")


class LinkDecision(models.Model):
    """One answer, or that one was taken back, or contested by a colleague. It goes with either report, as the pair does."""

    first = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    pair = models.UUIDField(help_text="The row it was asked by: after a correction the same two may be asked about anew.")
    reading = models.CharField(max_length=8, choices=Reading)
    answer = models.CharField(max_length=12, choices=Answer)
    reason = models.CharField(max_length=16, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    weight = models.FloatField(help_text="Match weight of the pair at that moment.")
    parameters = models.CharField(max_length=16)
    about = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="later", help_text="What it was compared with, or takes back."
    )
    drawn = models.BooleanField(
        default=False, help_text="Read twice because the sample says so, whatever the first answer was."
    )

    objects = WrittenOnce.as_manager()

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "reading", "answer", "reason", "by", "at", "parameters", "about", "drawn")
    } | {name: FieldClass.PSEUDONYMOUS for name in ("first", "second", "pair", "weight")}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="decision_about_two_in_order"),
            models.CheckConstraint(
                condition=Q(answer__in=ABOUT_AN_ANSWER, reason="", about__isnull=False)
                | ~Q(answer__in=ABOUT_AN_ANSWER) & ~Q(reason=""),
                name="answer_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["pair", "id"], name="decisions_of_pair"),
            models.Index(fields=["reading", "answer"], name="decisions_by_reading"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("An answer is written once and never changed.")
        super().save(*args, **kwargs)
