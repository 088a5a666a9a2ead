"""Links by mail, with which a private person reports with consent: asked for, sent, opened, come back with, and closed.

An address is kept encrypted until its mail is sent, and nowhere after that. Of link, browser and code only keyed digests are
kept. What is told is the same whether or not a link was asked for with this address before.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import choice, token_urlsafe
from uuid import UUID, uuid4

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts import permissions, selectors
from accounts.roles import Permission, Role
from intake import events
from intake.errors import UnknownLinkError
from intake.models.visitors import Invitation
from intake.notifications.drafts import BY_LINK
from intake.public import admission, limits
from intake.public.admission import Sending
from jobs import services as jobs
from safeguards import audit, blind_index, drafts
from safeguards.actors import Actor
from safeguards.blind_index import Digest
from safeguards.places import Place

MAIL_JOB = "intake.mail"
LINK = BY_LINK
HOURS = 24
CODE_LENGTH = 8
WRONG_CODES = 5
_CODE_LETTERS = "23456789BCDFGHJKMNPQRTVWXYZ"


class Kind(StrEnum):
    TOKEN = "token"  # noqa: S105 - the name of what is digested
    VISIT = "visit"
    CODE = "code"


class Outcome(StrEnum):
    OPENED = "opened"
    CODE_NEEDED = "code-needed"
    CODE_WRONG = "code-wrong"


@dataclass(frozen=True)
class Recipient:
    """Where the link goes and in which language; address is the page's, without the token."""

    email: str = field(repr=False)
    language: str
    page: str


@dataclass(frozen=True)
class Opened:
    """visit is for the browser's cookie; code is given once, at the first opening."""

    outcome: Outcome
    visit: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    expires: datetime | None = None


def ask(*, recipient: Recipient, sending: Sending, by: Actor) -> None:
    """The same entry and the same answer also where this address has had its links for today."""
    identifier, token = uuid4(), token_urlsafe(32)
    with transaction.atomic():
        admission.admit(sending)
        if limits.use(limits.LINKS_TO_ONE_ADDRESS, recipient.email.strip().casefold()):
            Invitation.objects.create(
                id=identifier,
                token_digest=_digest(Kind.TOKEN, token),
                expires=timezone.now() + timedelta(hours=HOURS),
                mail=drafts.encrypt(_mail(recipient, token), _place(identifier)),
            )
            jobs.record(MAIL_JOB, str(identifier))
        audit.record(events.VISITOR_LINK_ASKED, by=by)


def send(*, invitation: UUID, by: Actor) -> None:
    """Sent again where the work was interrupted; the address is destroyed in the transaction that follows the sending."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        row = Invitation.objects.select_for_update().filter(id=invitation, mail__isnull=False).first()
        if row is None or row.mail is None:
            return
        _message(json.loads(drafts.decrypt(row.mail, _place(row.id)))).send()
        row.mail = None
        row.save(update_fields=["mail"])
        drafts.destroy(row.id)
        audit.record(events.VISITOR_LINK_SENT, by=by, object_type="invitation", object_id=row.id)


def open_link(*, token: str, code: str, by: Actor) -> Opened:
    """The link alone opens once; after that it needs the code that was given then, and lets the earlier browser out."""
    with transaction.atomic():
        row = _unexpired().select_for_update().filter(token_digest__in=_digests(Kind.TOKEN, token)).first()
        if row is None:
            raise UnknownLinkError
        if row.opened is None:
            return _let_in(row, by, _new_code())
        if row.wrong_codes >= WRONG_CODES:
            raise UnknownLinkError
        if not code:
            return Opened(Outcome.CODE_NEEDED)
        if bytes(row.code_digest or b"") in _digests(Kind.CODE, f"{row.id}:{_plain(code)}"):
            return _let_in(row, by, "")
        return _refused(row, by)


def leave(*, visit: str, by: Actor) -> None:
    """On a device that others use: this browser is let out; the link and the code go on working."""
    with transaction.atomic():
        row = _unexpired().select_for_update().filter(visit_digest__in=_digests(Kind.VISIT, visit)).first()
        if row is not None:
            row.visit_digest = None
            row.save(update_fields=["visit_digest"])
            audit.record(events.VISITOR_LINK_CLOSED, by=by, object_type="invitation", object_id=row.id)


def holder(*, visit: str, request: str) -> Actor | None:
    """Who uses a link: may report in the name of the organisation of private persons, and nothing else."""
    row = _unexpired().filter(visit_digest__in=_digests(Kind.VISIT, visit)).first() if visit else None
    organisation = selectors.organisation_of_private_persons()
    if row is None or organisation is None:
        return None
    return Actor(LINK, str(row.id), organisation, (Role.PRIVATE_PERSON.value,), "verified-link", request)


def _let_in(row: Invitation, by: Actor, code: str) -> Opened:
    visit = token_urlsafe(32)
    row.visit_digest, row.wrong_codes = _digest(Kind.VISIT, visit), 0
    if code:
        row.opened, row.code_digest = timezone.now(), _digest(Kind.CODE, f"{row.id}:{code}")
    row.save(update_fields=["visit_digest", "wrong_codes", "opened", "code_digest"])
    audit.record(events.VISITOR_LINK_OPENED, by=by, object_type="invitation", object_id=row.id, details={"first": bool(code)})
    return Opened(Outcome.OPENED, visit, f"{code[:4]}-{code[4:]}" if code else "", row.expires)


def _refused(row: Invitation, by: Actor) -> Opened:
    """After a few nobody comes in any more. The browser that is in stays: a reader of the mail must not end a report."""
    row.wrong_codes += 1
    row.save(update_fields=["wrong_codes"])
    audit.record(events.VISITOR_LINK_REFUSED, by=by, object_type="invitation", object_id=row.id)
    return Opened(Outcome.CODE_WRONG)


def _unexpired() -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires__gt=timezone.now())


def _mail(recipient: Recipient, token: str) -> bytes:
    link = f"{recipient.page}/{token}"
    return json.dumps({"to": recipient.email, "language": recipient.language, "link": link}).encode()


def _message(content: dict[str, str]) -> EmailMessage:
    """Somebody else may read this mail: it says nothing of what the link is for."""
    with translation.override(content["language"]):
        words = {"link": content["link"], "hours": HOURS}
        subject = render_to_string("intake/email/link_subject.txt").strip()
        return EmailMessage(subject, render_to_string("intake/email/link_message.txt", words), to=[content["to"]])


def _new_code() -> str:
    return "".join(choice(_CODE_LETTERS) for _ in range(CODE_LENGTH))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper()[:40] if letter.isalnum())


def _digest(kind: Kind, text: str) -> bytes:
    return blind_index.digest(Digest.VISITOR_LINK, f"{kind}:{text}")


def _digests(kind: Kind, text: str) -> tuple[bytes, ...]:
    return blind_index.digests(Digest.VISITOR_LINK, f"{kind}:{text}")


def _place(invitation: UUID) -> Place:
    return Place("invitation", invitation, "mail", None)
