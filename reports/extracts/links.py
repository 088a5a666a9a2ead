"""Links that fetch the file of an extract once, for who asked for it. Each fetch is in the ledger and in the register."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from intake import facts
from intake.errors import GoneMeanwhileError
from reports import events
from reports.extracts import errors
from reports.extracts.comparing import left_with
from reports.extracts.errors import ExtractError
from reports.extracts.gathering import covered_by
from reports.extracts.making import WORKER, opened
from reports.extracts.products import PRODUCTS
from reports.extracts.services import OBJECT, called, leaving_of, locked, own, step_to
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
    row = own(called(extract), by)
    with refusals_recorded(leaving_of(row), by), transaction.atomic():
        file = _file(row)
        token, now = token_urlsafe(32), timezone.now()
        ExtractLink.objects.create(token_digest=_digest(token), extract=row, expires=min(now + LASTS, file.expires))
        audit.record(events.EXTRACT_LINK_MADE, by=by, object_type=OBJECT, object_id=row.id)
    return token


def extract_of(token: str, *, by: Actor) -> UUID:
    """Which extract a link is of, for the page that asks whether to fetch it. A link of somebody else is none."""
    return _of_link(token, by).id


def fetch(*, token: str, by: Actor) -> Fetched:
    """The file, once. Raises ExtractError where the link was used or is too old, or the file may not be had any more."""
    row = _of_link(token, by)
    try:
        return _fetch(row, token, by)
    except ExtractError as error:
        if error.code == errors.RECALLED:
            _remove_recalled(row.id)
        raise


def _fetch(row: Extract, token: str, by: Actor) -> Fetched:
    with refusals_recorded(leaving_of(row), by), transaction.atomic():
        link = ExtractLink.objects.select_for_update().get(token_digest=_digest(token))
        now = timezone.now()
        if link.used is not None or link.expires <= now:
            raise errors.link_not_good()
        file = _file(row)
        link.used = now
        link.save(update_fields=["used"])
        _check_may_leave(row)  # It locks reports: before the audit trail, as everywhere.
        record_release(leaving=replace(leaving_of(row), digest=file.digest), by=by)
        ExtractStep.objects.create(extract=row, kind=ExtractStep.Kind.FETCHED, by=by.id)
        audit.record(events.EXTRACT_FETCHED, by=by, object_type=OBJECT, object_id=row.id, details={"digest": file.digest})
    return Fetched(row.id, opened(file), file.digest)


def expire(*, by: Actor) -> int:
    """Remove the files whose time is over, and those that may leave no more. Returns how many."""
    require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        number = _remove(ExtractFile.objects.filter(expires__lte=timezone.now()), by)
    return number + sum(_remove_recalled(extract) for extract in ExtractFile.objects.values_list("extract", flat=True))


def _remove_recalled(extract: UUID) -> int:
    """The file of an extract that may leave no more; not within the transaction that is refused for it."""
    with transaction.atomic():
        row = locked(extract)
        try:
            _check_may_leave(row)
        except ExtractError as error:
            return _remove(ExtractFile.objects.filter(extract=row), WORKER, str(error))
    return 0


def _remove(files: QuerySet[ExtractFile], by: Actor, reason: str = "") -> int:
    """reason: of what was recalled."""
    over = list(files.select_for_update().select_related("extract"))
    for file in over:
        step_to(file.extract, State.EXPIRED, by, reason)
        file.delete()
    return len(over)


def _of_link(token: str, by: Actor) -> Extract:
    return own(Extract.objects.filter(links__token_digest=_digest(token)), by)


def _file(row: Extract) -> ExtractFile:
    file: ExtractFile | None = ExtractFile.objects.filter(extract=row).first()
    if facts.withdrawn_since([row.id]) or _was_recalled(row):
        raise errors.recalled()
    if file is None or file.expires <= timezone.now():
        raise errors.expired()
    return file


def _was_recalled(row: Extract) -> bool:
    return ExtractStep.objects.filter(extract=row, kind=ExtractStep.Kind.EXPIRED).exclude(reason="").exists()


def _check_may_leave(row: Extract) -> None:
    """Everything that it was made from is here, rests not, and may leave for its purpose now as it could when it was made.

    Inside the caller's transaction: a withdrawal or restriction comes before it and is seen, or after it.
    """
    try:
        used = facts.lock_used_by(row.id)
    except GoneMeanwhileError:
        raise errors.recalled() from None
    covered = covered_by(PRODUCTS[row.product], list(used), row.cutoff)
    if facts.withdrawn_since([row.id]) or covered != used or len(used) != left_with(row.id):
        raise errors.recalled()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
