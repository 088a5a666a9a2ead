"""Statements of consent as an append-only ledger of events, and the outcomes that intake carries out."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from consent.workflow import Kind, OutcomeKind, State
from safeguards.classification import FieldClass
from safeguards.immutability import AppendOnly


class Notice(models.Model):
    """The text that was shown, stored once per version and language."""

    version = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    text = models.TextField()
    digest = models.CharField(max_length=64)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "version", "language", "text", "digest")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="one_text_per_notice_version")]


class Statement(models.Model):
    """One person's consent, for one notification and purpose; its state follows from its events alone.

    What it says about the person is emptied when the notification is destroyed; the events remain as the minimal proof.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notification = models.UUIDField(help_text="The contribution in intake; no foreign key, intake is above.")
    organisation = models.UUIDField(help_text="Whose report it is; nobody reviews their own organisation's.")
    group = models.CharField(max_length=24, help_text="The reporter group, so that the basis can be shown.")
    purpose = models.CharField(max_length=32)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT)
    capacity = models.CharField(max_length=32, blank=True)
    judged_how = models.CharField(max_length=16, blank=True)
    signer = models.CharField(max_length=32, blank=True)
    proof = models.CharField(max_length=24, blank=True)
    method = models.CharField(max_length=32, blank=True)
    interpreter = models.CharField(max_length=24, blank=True)
    view_of_person = models.CharField(max_length=16, blank=True)
    representative_independent = models.CharField(max_length=24, blank=True)
    witness = models.CharField(max_length=24, blank=True)
    requested_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    valid_until = models.DateField(null=True, help_text="The first day without consent, where the table sets a term.")
    reconfirm_from = models.DateField(null=True, help_text="Coarse: when the person can be asked to confirm personally.")
    reconfirm_year_only = models.BooleanField(default=False, help_text="Of the birth only the year was known.")
    receipt = models.CharField(max_length=12, unique=True, help_text="Random; the code on the person's receipt.")
    state = models.CharField(
        max_length=16,
        choices=[(state.value, state.value) for state in State],
        default=State.GIVEN.value,
        help_text="Cached from the events, for the queue's index.",
    )
    stands_from = models.DateField(null=True, help_text="As stands_until cached from the events, to ask a day of all at once.")
    stands_until = models.DateField(null=True)
    recorded = models.DateTimeField(default=timezone.now, help_text="The clock of the review runs from here.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "organisation", "group", "purpose", "notice", "state", "recorded", "method", "interpreter", "witness",
        )
    } | {
        name: FieldClass.PSEUDONYMOUS
        for name in (
            "notification", "capacity", "judged_how", "signer", "proof", "view_of_person", "representative_independent",
            "requested_on", "signed_on", "reported_on", "valid_until", "reconfirm_from", "reconfirm_year_only",
            "stands_from", "stands_until", "receipt",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "purpose"],
                condition=~models.Q(state=State.SUPERSEDED.value),
                name="one_statement_per_purpose",
            )
        ]
        indexes = [
            models.Index(fields=["state", "recorded"], name="statements_by_state"),
            models.Index(fields=["purpose", "stands_from", "stands_until", "notification"], name="statements_by_period"),
        ]


class Confirmation(models.Model):
    """The person, sixteen by now, says personally what a representative signed for. The statement stays as it was.

    It goes when what the statement says goes, or when the reviewer refuses it; the events remain.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="confirmation")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT)
    signed_on = models.DateField()
    method = models.CharField(max_length=32)
    interpreter = models.CharField(max_length=24, blank=True)
    witness = models.CharField(max_length=24, blank=True)
    waits = models.BooleanField(default=True, help_text="For its review.")
    recorded = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "statement", "notice", "method", "interpreter", "witness", "waits", "recorded")
    } | {"signed_on": FieldClass.PSEUDONYMOUS}

    class Meta:
        indexes = [models.Index(fields=["recorded"], condition=models.Q(waits=True), name="confirmations_waiting")]


class StatementDocument(models.Model):
    """A signed sheet as photo or PDF, sealed under a key of its own; it goes when what the statement says goes.

    confirmation is that to which the sheet belongs, where it came at sixteen.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="documents")
    confirmation = models.ForeignKey(Confirmation, null=True, on_delete=models.PROTECT, related_name="documents")
    blob = models.BinaryField()
    schema_version = models.PositiveSmallIntegerField()

    FIELD_CLASSES = {
        "id": FieldClass.PSEUDONYMOUS,
        "statement": FieldClass.OPERATIONAL,
        "confirmation": FieldClass.OPERATIONAL,
        "blob": FieldClass.IDENTIFYING,
        "schema_version": FieldClass.OPERATIONAL,
    }


class StatementEvent(AppendOnly):
    """Append-only: what happened to a statement, with the legal day and the moment of recording apart."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    legal_date = models.DateField()
    recorded = models.DateTimeField(default=timezone.now)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=64)
    reason = models.CharField(max_length=32, blank=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("id", "statement", "kind", "recorded", "actor_kind", "actor_id", "reason")
    } | {"legal_date": FieldClass.PSEUDONYMOUS}


class WithdrawalRequest(models.Model):
    """Somebody asked to stop, with a code that may be of no receipt; gone as soon as a job has looked it up."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=12)
    asked = models.DateTimeField(default=timezone.now)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "asked")} | {"code": FieldClass.PSEUDONYMOUS}


class Reminder(models.Model):
    """Who was to be mailed on a day that something waits: once, however often the work for it is done."""

    recipient = models.UUIDField(help_text="The user.")
    on = models.DateField()

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "recipient", "on")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "on"], name="one_reminder_a_day")]


class Outcome(models.Model):
    """What consent decided and intake has yet to carry out."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="outcomes")
    notification = models.UUIDField()
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in OutcomeKind])
    recorded = models.DateTimeField(default=timezone.now)
    carried_out = models.DateTimeField(null=True)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "statement", "kind", "recorded", "carried_out")} | {
        "notification": FieldClass.PSEUDONYMOUS
    }

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(carried_out=None), name="outcomes_waiting")]


class AnswerCount(models.Model):
    """How often a group of reporters could not get consent for registration, and why. It leads to no report and no signal."""

    group = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=16)
    reason = models.CharField(max_length=32, blank=True)
    number = models.PositiveIntegerField(default=0)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "group", "year", "quarter", "answer", "reason", "number")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "quarter", "answer", "reason"], name="one_count_per_answer")
        ]
