"""The duty to tell recipients that something they were given was withdrawn: a work list of releases for the privacy officer.

What was withdrawn, and of whom, does not stand here: the register of uses loses it with the contribution itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from intake import events
from intake.errors import UnknownDutyError
from intake.models.use import DutyToTell, Use
from safeguards import audit
from safeguards.actors import Actor

SEES = Permission.HANDLE_RIGHTS
RELEASE = "release"


@dataclass(frozen=True)
class Duty:
    """told is empty as long as nobody did. number says how many reports of the release went at once."""

    id: UUID
    release: UUID
    since: date
    number: int
    told: datetime | None


@dataclass(frozen=True)
class Recall:
    """since: the last day on which something of a release was withdrawn. told: whether its recipients know of all of it."""

    since: date
    told: bool


def must_be_told(*, contributions: Collection[UUID], by: Actor) -> None:
    """Called for contributions that are about to go, or no longer to leave for research, by who holds their rows.

    Of each use once, and of none that never left. The uses of what stays are kept: the person may ask who got it.
    """
    require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        # Locked, also of what has not left: a release that leaves at this moment does so before this, or finds them gone.
        list(Use.objects.select_for_update().filter(contribution__in=contributions).order_by("id").values_list("id"))
        used = Use.objects.filter(contribution__in=contributions, left=True, must_be_told=False)
        found = list(used.values_list("release").annotate(number=Count("contribution")).order_by("release"))
        used.update(must_be_told=True)
        today = timezone.localdate()
        DutyToTell.objects.bulk_create(DutyToTell(release=release, since=today, number=number) for release, number in found)
        audit.record_many([audit.Event(events.USE_MUST_BE_TOLD, RELEASE, release) for release, _ in found], by=by)


def duties(*, limit: int, by: Actor) -> tuple[Duty, ...]:
    """The oldest that are open first, behind them the newest that are done."""
    require(by, SEES)
    columns = ("id", "release", "since", "number", "told")
    waiting = DutyToTell.objects.filter(told=None).order_by("since", "id").values_list(*columns)[:limit]
    done = DutyToTell.objects.exclude(told=None).order_by("-told", "id").values_list(*columns)[:limit]
    return tuple(Duty(*row) for row in (*waiting, *done))[:limit]


def recalls(*, releases: Collection[UUID], by: Actor) -> dict[UUID, Recall]:
    """Those of these releases from which something was withdrawn, for who reads what left."""
    require(by, Permission.READ_RELEASES)
    rows = DutyToTell.objects.filter(release__in=releases).values_list("release")
    found = rows.annotate(last=Max("since"), waiting=Count("id", filter=Q(told=None)))
    return {release: Recall(last, told=not waiting) for release, last, waiting in found}


def tell(*, duty: UUID, by: Actor) -> None:
    """The recipient was told. Ticked again, the first moment stands."""
    with transaction.atomic():
        require(by, SEES)
        row = DutyToTell.objects.select_for_update().filter(id=duty).first()
        if row is None:
            raise UnknownDutyError
        if row.told is None:
            row.told, row.told_by = timezone.now(), by.id
            row.save(update_fields=["told", "told_by"])
        audit.record(events.USE_TOLD, by=by, object_type=RELEASE, object_id=row.release)
