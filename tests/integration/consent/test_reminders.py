"""Reminders: when, to whom, and that a mail says nothing."""

import re
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import ClassVar
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts import services as accounts
from config import schedule
from consent import events, reminders, reviews
from consent.models import Reminder, Statement
from consent.tasks import REMIND
from jobs import services as jobs
from jobs.models import Job
from safeguards.models import AuditEntry
from tests import cast
from tests.reviewed import WORK, asked
from tests.statements import administrator, given, recorded_earlier

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_reviewers_are_told_of_what_waits_longer_than_a_week() -> None:
    recorded_earlier(given(), days=8)
    administrator()
    cast.user(cast.REVIEWER)
    assert reminders.remind(by=WORK) == 1
    jobs.drain(("files",))
    assert told() == [cast.CONSENT_ADMINISTRATOR.email]


def test_what_waits_for_a_shorter_time_reminds_nobody() -> None:
    recorded_earlier(given(), days=6)
    administrator()
    assert reminders.remind(by=WORK) == 0


def test_reporters_of_the_organisation_are_told_at_once_and_again_after_a_week() -> None:
    for person in (cast.OWNER, cast.COLLEAGUE, cast.STRANGER):
        cast.user(person)
    statement = asked()
    jobs.drain(("files",))
    assert told() == [cast.COLLEAGUE.email, cast.OWNER.email]
    recorded_earlier(statement, days=8)
    Reminder.objects.update(on=timezone.localdate() - timedelta(days=8))
    reminders.remind(by=WORK)
    jobs.drain(("files",))
    assert told() == sorted([cast.COLLEAGUE.email, cast.OWNER.email] * 2)


def test_second_run_of_a_day_sends_nothing_twice() -> None:
    for person in (cast.OWNER, cast.STRANGER):
        cast.user(person)
    statement = asked()
    recorded_earlier(statement, days=8)
    for _ in range(2):
        reminders.remind(by=WORK)
        jobs.drain(("files",))
    asked()
    jobs.drain(("files",))
    assert told() == [cast.OWNER.email]


def asked_twice_today() -> tuple[UUID, UUID]:
    """The second after the mail of the first."""
    cast.user(cast.OWNER)
    first = asked()
    jobs.drain(("files",))
    return first, asked()


def tomorrow_comes() -> None:
    """What was to be done by then is due, and the mails of today are of yesterday."""
    Reminder.objects.update(on=timezone.localdate() - timedelta(days=1))
    Job.objects.filter(state="waiting").update(due=timezone.now())
    jobs.drain(("files",))


def test_who_is_asked_again_after_the_mail_of_the_day_is_told_the_next_morning() -> None:
    asked_twice_today()
    asked()
    jobs.drain(("files",))
    assert told() == [cast.OWNER.email]
    later = Job.objects.get(kind=reminders.TELL_REPORTERS, state="waiting")
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert (timezone.localdate(later.due), timezone.localtime(later.due).hour) == (tomorrow, 8)
    tomorrow_comes()
    assert told() == [cast.OWNER.email] * 2
    assert not Job.objects.filter(state="waiting").exists()


def test_what_was_answered_before_the_morning_is_not_told() -> None:
    for statement in asked_twice_today():
        notification = Statement.objects.get(pk=statement).notification
        reviews.reply(notification=notification, answer="as-it-stands", by=cast.actor(cast.OWNER))
    tomorrow_comes()
    assert told() == [cast.OWNER.email]


def test_each_organisation_is_work_of_its_own_with_a_key_for_the_day() -> None:
    for person in (cast.OWNER, cast.STRANGER):
        cast.user(person)
        recorded_earlier(asked(given(by=person)), days=8)
    jobs.drain(("files",))
    for _ in range(2):
        reminders.remind(by=WORK)
    today = timezone.localdate().isoformat()
    keys = Job.objects.filter(kind=reminders.TELL_REPORTERS, state="waiting").values_list("key", flat=True)
    teams = [cast.organisation(team) for team in (cast.SHELTER_TEAM, cast.OTHER_TEAM)]
    assert sorted(keys) == sorted(f"{team}:{today}" for team in teams)


class Refusing(EmailBackend):
    """A mail server that is down for one address."""

    refused: ClassVar[set[str]] = set()

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if any(address in self.refused for message in messages for address in message.to):
            raise SMTPServerDisconnected
        return super().send_messages(messages)


def test_mail_that_fails_is_tried_again_and_no_other_is_sent_twice(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    for person in (cast.OWNER, cast.COLLEAGUE):
        cast.user(person)
    Refusing.refused = {cast.COLLEAGUE.email}
    asked()
    jobs.drain(("files",))
    assert told() == [cast.OWNER.email]
    Refusing.refused = set()
    Job.objects.filter(state="waiting").update(due=timezone.now())
    jobs.drain(("files",))
    assert told() == [cast.COLLEAGUE.email, cast.OWNER.email]


class Watching(EmailBackend):
    """Sees whether the trail is already being written to when a mail goes out."""

    entries: ClassVar[list[int]] = []

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        self.entries.append(AuditEntry.objects.filter(action=events.REMINDER_MAILED).count())
        return super().send_messages(messages)


def test_trail_is_not_held_while_a_mail_goes_out(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Watching"
    Watching.entries = []
    reminders.mail(recipient=cast.user(cast.OWNER).id, by=WORK)
    assert Watching.entries == [0]
    assert AuditEntry.objects.filter(action=events.REMINDER_MAILED).count() == 1


def test_answered_question_reminds_nobody() -> None:
    cast.user(cast.OWNER)
    statement = asked()
    recorded_earlier(statement, days=6)
    notification = Statement.objects.get(pk=statement).notification
    reviews.reply(notification=notification, answer="as-it-stands", by=cast.actor(cast.OWNER))
    assert reminders.remind(by=WORK) == 0


def test_who_left_is_not_told() -> None:
    recorded_earlier(given(), days=8)
    administrator()
    reminders.tell_reviewers(by=WORK)
    accounts.deactivate_user(user=cast.user(cast.CONSENT_ADMINISTRATOR).id, by=cast.actor(cast.ADMINISTRATOR))
    reminders.remind(by=WORK)
    jobs.drain(("files",))
    assert told() == []


def test_mail_says_only_that_something_waits_in_both_languages() -> None:
    cast.user(cast.OWNER)
    asked()
    jobs.drain(("files",))
    message = mail.outbox[0]
    assert message.subject == "Er wacht iets op u / Something waits for you"
    words = set(re.findall(r"[a-z]+", message.body.lower()))
    assert not words & {"toestemming", "consent", "verklaring", "statement", "mensenhandel", "slachtoffer", "melding", "scan"}
    assert "http" in message.body


def test_reminding_is_in_the_trail_by_count() -> None:
    recorded_earlier(given(), days=8)
    administrator()
    with transaction.atomic():
        jobs.record(REMIND)
    jobs.drain(("files",))
    assert AuditEntry.objects.get(action="consent.reminders-due").details == {"count": 1}
    assert AuditEntry.objects.get(action="consent.reminder-sent").details == {"count": 1}
    assert AuditEntry.objects.get(action="consent.reminder-mailed").object_id == str(cast.user(cast.CONSENT_ADMINISTRATOR).id)


def test_reminders_stand_in_the_schedule() -> None:
    assert REMIND in {row.kind for row in schedule.TABLE}
