"""Who may submit and read: the own organisation only, and only one that reports. Unknown means no."""

from dataclasses import dataclass
from uuid import UUID

from accounts import permissions
from accounts.models import Organisation
from accounts.reporters import Source
from accounts.roles import Permission
from intake.errors import NotAFeedError, NotAReporterError
from safeguards.actors import Actor


@dataclass(frozen=True)
class Reporter:
    """In whose name a contribution comes in. group is empty for a feed."""

    organisation: UUID
    source: Source
    group: str = ""
    other_kind: str = ""
    unit: str = ""


def check_may_submit(organisation: UUID, by: Actor) -> None:
    permissions.require(by, Permission.SUBMIT_NOTIFICATION, organisation=organisation)


def check_may_submit_batch(organisation: UUID, by: Actor) -> None:
    _require_or_background(by, Permission.SUBMIT_BATCH, organisation)


def check_may_deliver(organisation: UUID, by: Actor) -> None:
    _require_or_background(by, Permission.DELIVER_FEED, organisation)


def check_may_read(organisation: UUID, by: Actor) -> None:
    permissions.require(by, Permission.READ_OWN_REPORTS, organisation=organisation)


def check_may_run(by: Actor) -> None:
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)


def _require_or_background(by: Actor, permission: Permission, organisation: UUID) -> None:
    """What a member confirmed is carried out by a job, which is a member of nothing."""
    if not permissions.has(by, Permission.RUN_BACKGROUND_WORK):
        permissions.require(by, permission, organisation=organisation)


def reporter(organisation: UUID) -> Reporter:
    """The reporting organisation as it stands."""
    return _reporter(Organisation.objects.filter(id=organisation).first())


def locked_reporter(organisation: UUID) -> Reporter:
    """As reporter, and holds the organisation's row: what it sends at the same moment is stored one after the other.

    So a repeated own reference is seen, and never a violated constraint in the middle of a bulk write.
    """
    return _reporter(Organisation.objects.select_for_update(no_key=True).filter(id=organisation).first())


def locked_feed(organisation: UUID) -> Reporter:
    row = Organisation.objects.select_for_update(no_key=True).filter(id=organisation).first()
    if row is None or not row.active or not row.feed:
        raise NotAFeedError
    return Reporter(organisation=row.id, source=Source(row.feed))


def _reporter(row: Organisation | None) -> Reporter:
    if row is None or not row.active or not row.group:
        raise NotAReporterError
    return Reporter(row.id, Source.REPORT, row.group, row.other_kind, row.unit)
