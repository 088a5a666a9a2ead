"""Links that fetch the file of an extract once, for who asked for it. Each fetch is in the ledger and in the register."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from intake import facts
from reports import events
from reports.extracts import errors
from reports.extracts.errors import UnknownExtractError
from reports.extracts.making import opened
from reports.extracts.services import OBJECT, REQUESTS, found, leaving_of, step_to
from reports.extracts.workflow import State
from reports.models import Extract, ExtractFile, ExtractLink, ExtractStep
from reports.releases.services import record_release, refusals_recorded
from safeguards import audit
from safeguards.actors import Actor

LASTS = timedelta(hours=24)


@dataclass(frozen=True)
class Fetched:
    extract: UUID
    content: bytes
    digest: str


def make_link(*, extract: UUID, by: Actor) -> str:
    """The token of a new link, which nobody can read again. Raises ExtractError."""
    require(by, REQUESTS)
    row = _own(extract, by)
    with refusals_recorded(leaving_of(row), by), transaction.atomic():
        file = _file(row)
        token, now = token_urlsafe(32), timezone.now()
        ExtractLink.objects.create(token_digest=_digest(token), extract=row, expires=min(now + LASTS, file.expires))
        audit.record(events.EXTRACT_LINK_MADE, by=by, object_type=OBJECT, object_id=row.id)
    return token


def extract_of(token: str, *, by: Actor) -> UUID:
    """Which extract a link is of, for the page that asks whether to fetch it. A link of somebody else is none."""
    require(by, REQUESTS)
    link = ExtractLink.objects.filter(token_digest=_digest(token)).first()
    if link is None:
        raise UnknownExtractError
    return _own(link.extract_id, by).id


def fetch(*, token: str, by: Actor) -> Fetched:
    """The file, once. Raises ExtractError where the link was used or is too old, or the file may not be had any more."""
    row = found(extract_of(token, by=by))
    with refusals_recorded(leaving_of(row), by), transaction.atomic():
        link = ExtractLink.objects.select_for_update().get(token_digest=_digest(token))
        now = timezone.now()
        if link.used is not None or link.expires <= now:
            raise errors.link_not_good()
        file = _file(row)
        link.used = now
        link.save(update_fields=["used"])
        record_release(leaving=replace(leaving_of(row), digest=file.digest), by=by)
        ExtractStep.objects.create(extract=row, kind=ExtractStep.Kind.FETCHED, by=by.id)
        audit.record(events.EXTRACT_FETCHED, by=by, object_type=OBJECT, object_id=row.id, details={"digest": file.digest})
    return Fetched(row.id, opened(file), file.digest)


def expire(*, by: Actor) -> int:
    """Remove the files whose time is over. Returns how many."""
    require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        over = list(ExtractFile.objects.select_for_update().filter(expires__lte=timezone.now()).select_related("extract"))
        for file in over:
            step_to(file.extract, State.EXPIRED, by)
            file.delete()
    return len(over)


def _own(extract: UUID, by: Actor) -> Extract:
    row = found(extract)
    if row.asked_by != by.id:
        raise UnknownExtractError
    return row


def _file(row: Extract) -> ExtractFile:
    file: ExtractFile | None = ExtractFile.objects.filter(extract=row).first()
    if file is None or file.expires <= timezone.now():
        raise errors.expired()
    if facts.withdrawn_since([row.id]):
        raise errors.recalled()
    return file


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
