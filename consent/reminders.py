"""Mails that say only that something waits: to reviewers, and to reporters who were asked something. Never what, or about whom.

Somebody else may read such a mail. When they are sent is the schedule's; nothing here changes a statement. What there is to
tell is work for each organisation and day, and each mail is work of its own: a second run, or a failure of another mail, mails
nobody twice. Where a mail was sent and what says so could not be kept, it is sent again.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts import selectors as accounts
from accounts.roles import Role
from consent import events, policies, selectors
from consent.models import Reminder
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

# Nobody's language is known; each mail says it in both.
LANGUAGES = ("nl", "en")
TELL_REVIEWERS = "consent.tell-reviewers"
TELL_REPORTERS = "consent.tell-reporter"
MAIL = "consent.mail-reminder"
KEPT = timedelta(days=31)
MORNING = time(8)


def remind(*, by: Actor) -> int:
    """Who has had something waiting for too long is told so once more: work for each organisation by itself.

    Returns for how many there is some.
    """
    policies.check_may_run(by)
    with transaction.atomic():
        reviewers, organisations = selectors.waiting_long(), selectors.asked_long_ago()
        Reminder.objects.filter(on__lt=timezone.localdate() - KEPT).delete()
        audit.record(events.REMINDERS_DUE, by=by, details={"count": len(organisations) + reviewers})
        if reviewers:
            jobs.record(TELL_REVIEWERS, key=_of_day(TELL_REVIEWERS))
        for organisation in organisations:
            jobs.record(TELL_REPORTERS, organisation, key=_of_day(organisation))
    return len(organisations) + reviewers


def ask_to_tell(organisation: UUID) -> None:
    """Its reporters, in the transaction of what is asked: at once, and where one of them was told today already, tomorrow too.

    Nobody is mailed twice a day, and no question waits for the next reminder.
    """
    jobs.record(TELL_REPORTERS, organisation, key=_of_day(organisation))
    today = timezone.localdate()
    reporters = accounts.holders(role=Role.REPORTER, organisation=organisation)
    if Reminder.objects.filter(recipient__in=reporters, on=today).exists():
        tomorrow = today + timedelta(days=1)
        morning = timezone.make_aware(datetime.combine(tomorrow, MORNING))
        jobs.record(TELL_REPORTERS, organisation, key=_of_day(organisation, tomorrow), due=morning)


def tell_reviewers(*, by: Actor) -> int:
    policies.check_may_run(by)
    with transaction.atomic():
        return _tell(accounts.holders(role=Role.CONSENT_ADMINISTRATOR), by)


def tell_reporters(*, organisation: UUID, by: Actor) -> int:
    """Where something is asked that nobody answered meanwhile."""
    policies.check_may_run(by)
    with transaction.atomic():
        asked = selectors.questions_of(organisation)
        reporters = accounts.holders(role=Role.REPORTER, organisation=organisation) if asked else ()
        return _tell(reporters, by, organisation)


def mail(*, recipient: UUID, by: Actor) -> None:
    """One mail is work of its own: where it fails, nobody else is mailed twice."""
    policies.check_may_run(by)
    with transaction.atomic():
        address = accounts.address_of(recipient)
        if address:
            EmailMessage(_text("subject").strip(), _text("message"), to=[address]).send()
        # Behind the mail: every other entry waits for this one until it is kept, and a mail server may take long.
        audit.record(events.REMINDER_MAILED, by=by, object_type="user", object_id=recipient, details={"count": bool(address)})


def _tell(recipients: Sequence[UUID], by: Actor, organisation: UUID | None = None) -> int:
    """Those who were not told today yet. Two at once wait for each other at the first row that both want."""
    today = timezone.localdate()
    told = [one for one in recipients if Reminder.objects.get_or_create(recipient=one, on=today)[1]]
    of: dict[str, Any] = {"object_type": "organisation", "object_id": organisation} if organisation else {}
    audit.record(events.REMINDER_SENT, by=by, details={"count": len(told)}, **of)
    for one in told:
        jobs.record(MAIL, one, key=_of_day(one))
    return len(told)


def _of_day(what: UUID | str, day: date | None = None) -> str:
    """Today's, unless another day is given."""
    return f"{what}:{(day or timezone.localdate()).isoformat()}"


def _text(part: str) -> str:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(render_to_string(f"consent/email/waits_{part}.txt", {"address": settings.BAKEN_ADDRESS}).strip())
    return (" / " if part == "subject" else "\n\n").join(said)
