"""Mails that say only that something waits: to reviewers, and to reporters who were asked something. Never what, or about whom.

Somebody else may read such a mail. When they are sent is the schedule's; nothing here changes a statement.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounts import selectors as accounts
from accounts.roles import Role
from consent import events, policies, selectors
from safeguards import audit
from safeguards.actors import Actor

# Nobody's language is known; each mail says it in both.
LANGUAGES = ("nl", "en")


def remind(*, by: Actor) -> int:
    """Who has had something waiting for too long is told so once more. Returns how many mails went out."""
    policies.check_may_run(by)
    with transaction.atomic():
        told = _tell(accounts.addresses(role=Role.CONSENT_ADMINISTRATOR)) if selectors.waiting_long() else 0
        for organisation in selectors.asked_long_ago():
            told += _tell_reporters(organisation)
        audit.record(events.REMINDER_SENT, by=by, details={"count": told})
    return told


def tell_reporters(*, organisation: UUID, by: Actor) -> int:
    """At once when something is asked."""
    policies.check_may_run(by)
    with transaction.atomic():
        told = _tell_reporters(organisation)
        audit.record(events.REMINDER_SENT, by=by, object_type="organisation", object_id=organisation, details={"count": told})
    return told


def _tell_reporters(organisation: UUID) -> int:
    return _tell(accounts.addresses(role=Role.REPORTER, organisation=organisation))


def _tell(addresses: Iterable[str]) -> int:
    subject, text = _text("subject"), _text("message")
    return sum(EmailMessage(subject.strip(), text, to=[address]).send() for address in addresses)


def _text(part: str) -> str:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(render_to_string(f"consent/email/waits_{part}.txt", {"address": settings.BAKEN_ADDRESS}).strip())
    return (" / " if part == "subject" else "\n\n").join(said)
