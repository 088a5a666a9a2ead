"""Requests to be called: kept under the draft key for a few days, opened by the one care coordinator who takes them.

Nothing of a request is kept after the call, or after its time. It is no report: nobody is registered by it.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.errors import UnknownCallbackError
from intake.models.visitors import CallbackRequest
from intake.public import admission
from intake.public.admission import Sending
from safeguards import audit, drafts
from safeguards.actors import Actor
from safeguards.places import Place

DAYS = 14
# Who took one and did not call in this time gives it back to all.
HELD = timedelta(days=2)


class Reason(StrEnum):
    """Why this care coordinator takes it."""

    REGION = "own-region"
    LANGUAGE = "language"
    AGREED = "agreed"


class Result(StrEnum):
    REACHED = "reached"
    NOT_REACHED = "not-reached"
    NOT_WANTED = "not-wanted"


@dataclass(frozen=True)
class Contact:
    """In memory only; repr shows nothing."""

    name: str = field(repr=False)
    contact: str = field(repr=False)
    moment: str = field(default="", repr=False)


@dataclass(frozen=True)
class Waiting:
    """What a care coordinator sees before taking one: no name, no number."""

    id: UUID
    region: str
    language: str
    made: datetime
    expires: datetime
    mine: bool


def ask(*, contact: Contact, region: str, language: str, sending: Sending, by: Actor) -> None:
    identifier = uuid4()
    with transaction.atomic():
        admission.admit(sending)
        content = drafts.encrypt(json.dumps(asdict(contact)).encode(), _place(identifier))
        expires = timezone.now() + timedelta(days=DAYS)
        CallbackRequest.objects.create(id=identifier, region=region, language=language, expires=expires, content=content)
        _record(events.CALLBACK_ASKED, identifier, by)


def waiting(*, by: Actor) -> tuple[Waiting, ...]:
    """Those that nobody has taken, and one's own; the oldest first."""
    permissions.require(by, Permission.ANSWER_CALLBACKS)
    return tuple(_waiting(row, by) for row in _open_to(by).order_by("made", "id"))


def one(*, callback: UUID, by: Actor) -> Waiting:
    permissions.require(by, Permission.ANSWER_CALLBACKS)
    row = _open_to(by).filter(id=callback).first()
    if row is None:
        raise UnknownCallbackError
    return _waiting(row, by)


def take(*, callback: UUID, reason: Reason, by: Actor) -> None:
    with transaction.atomic():
        row = _locked(callback, by)
        row.taken_by, row.taken = by.id, timezone.now()
        row.save(update_fields=["taken_by", "taken"])
        _record(events.CALLBACK_TAKEN, row.id, by, reason=reason)


def show(*, callback: UUID, by: Actor) -> Contact:
    """Each look is in the audit trail before the value is on the screen."""
    with transaction.atomic():
        row = _own(callback, by)
        _record(events.CALLBACK_SHOWN, row.id, by)
        return Contact(**json.loads(drafts.decrypt(row.content, _place(row.id))))


def give_back(*, callback: UUID, by: Actor) -> None:
    with transaction.atomic():
        row = _own(callback, by)
        row.taken_by, row.taken = "", None
        row.save(update_fields=["taken_by", "taken"])
        _record(events.CALLBACK_RETURNED, row.id, by)


def finish(*, callback: UUID, result: Result, by: Actor) -> None:
    """Whatever came of it: name and number are destroyed."""
    with transaction.atomic():
        row = _own(callback, by)
        destroy(row.id)
        _record(events.CALLBACK_DONE, callback, by, result=result)


def destroy(callback: UUID) -> None:
    drafts.destroy(callback)
    CallbackRequest.objects.filter(id=callback).delete()


def _open_to(by: Actor) -> QuerySet[CallbackRequest]:
    now = timezone.now()
    free = Q(taken_by="") | Q(taken__lte=now - HELD) | Q(taken_by=by.id)
    return CallbackRequest.objects.filter(free, expires__gt=now)


def _locked(callback: UUID, by: Actor) -> CallbackRequest:
    permissions.require(by, Permission.ANSWER_CALLBACKS)
    row = _open_to(by).select_for_update().filter(id=callback).first()
    if row is None:
        raise UnknownCallbackError
    return row


def _own(callback: UUID, by: Actor) -> CallbackRequest:
    row = _locked(callback, by)
    if row.taken_by != by.id:
        raise UnknownCallbackError
    return row


def _waiting(row: CallbackRequest, by: Actor) -> Waiting:
    return Waiting(row.id, row.region, row.language, row.made, row.expires, mine=row.taken_by == by.id)


def _place(callback: UUID) -> Place:
    return Place("callback", callback, "contact", None)


def _record(action: str, callback: UUID, by: Actor, **details: str) -> None:
    audit.record(action, by=by, object_type="callback", object_id=callback, details=details)
