"""Index tokens, sealed comparison features, scored pairs, decisions and persons. Nothing that answers a reporter reads this."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from intake.models.contribution import Contribution
from safeguards.classification import FieldClass

# Two contributions, the lesser first.
Two = tuple[UUID, UUID]


class MatchingFeatures(models.Model):
    """Everything that scoring needs, as keyed digests, sealed under the contribution's matching key."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, primary_key=True, related_name="+")
    blob = models.BinaryField()
    parameters = models.CharField(max_length=16)
    link_key = models.CharField(max_length=32, help_text="Version of the key that the digests are under.")

    FIELD_CLASSES = {
        "contribution": FieldClass.PSEUDONYMOUS,
        "blob": FieldClass.PSEUDONYMOUS,
        "parameters": FieldClass.OPERATIONAL,
        "link_key": FieldClass.OPERATIONAL,
    }


class Token(models.Model):
    """A keyed digest of a combination of name and date parts or a number, never of a single name. Its first byte says which."""

    digest = models.BinaryField(max_length=16)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")

    FIELD_CLASSES = {
        "id": FieldClass.OPERATIONAL,
        "digest": FieldClass.PSEUDONYMOUS,
        "contribution": FieldClass.PSEUDONYMOUS,
    }

    class Meta:
        indexes = [models.Index(fields=["digest", "contribution"], name="tokens_with_holders")]


class Copy(models.Model):
    """A contribution that says the very same as another: it has no tokens and no pairs, and goes where the other goes."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, primary_key=True, related_name="+")
    of = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")

    FIELD_CLASSES = {name: FieldClass.PSEUDONYMOUS for name in ("contribution", "of")}


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {"id": FieldClass.PSEUDONYMOUS, "created": FieldClass.OPERATIONAL}


class PersonContribution(models.Model):
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()

    FIELD_CLASSES = {name: FieldClass.PSEUDONYMOUS for name in ("contribution", "person", "year")}

    class Meta:
        indexes = [models.Index(fields=["person", "year"], name="contributions_of_person_year")]


class Pair(models.Model):
    """Two contributions that may be about one person: the weight, its explanation by field, and what was decided."""

    class Band(models.TextChoices):
        """BELOW: too unlike to be asked about, and kept by chance alone, so that what is missed can be estimated."""

        AUTOMATIC = "automatic"
        QUESTION = "question"
        BELOW = "below"

    class Waits(models.TextChoices):
        """For which reading: DONE for none, DISPUTED for somebody who settles what two readers disagree on."""

        FIRST = "first"
        SECOND = "second"
        DISPUTED = "disputed"
        DONE = "done"

    class Decision(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    first = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField(help_text="Match weight: the sum of log2 Bayes factors, prior included.")
    explanation = models.JSONField(default=dict, help_text="Comparison level and weight per field.")
    parameters = models.CharField(max_length=16)
    band = models.CharField(max_length=12, choices=Band)
    held_back = models.BooleanField(default=False, help_text="Automatic by itself, a question since it would join look-alikes.")
    set_aside = models.BooleanField(default=False, help_text="One of the two is restricted: it joins and separates nobody.")
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided = models.DateTimeField(null=True)
    waits = models.CharField(max_length=8, choices=Waits, default=Waits.FIRST)
    read_by = models.CharField(max_length=64, blank=True, help_text="The first reader: the second is somebody else.")
    usefulness = models.FloatField(default=0.0, help_text="How much an answer helps the monitor; matching.usefulness says how.")
    draw = models.PositiveIntegerField(null=True, help_text="Its place in the draw for samples; matching.sampling says how.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "parameters", "band", "held_back", "set_aside", "decision", "decided_by", "decided", "waits", "read_by",
        )
    } | {
        name: FieldClass.PSEUDONYMOUS
        for name in ("id", "first", "second", "weight", "explanation", "usefulness", "draw")
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_per_two_contributions"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(fields=["waits", "-usefulness", "id"], name="pairs_that_wait"),
            models.Index(fields=["band", "draw"], name="pairs_by_draw"),
            models.Index(fields=["id"], condition=~Q(decision=""), name="decided_pairs"),
        ]
