"""Editions made as administrators make them: asked for, done by the jobs, published by somebody else."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from jobs.services import drain
from reports.editions import freezing, services
from reports.models import Edition
from safeguards.actors import Actor

ADMINISTRATOR = Actor(kind="user", id="administrator", roles=("system-administrator",))
APPROVER = Actor(kind="user", id="approver", roles=("release-approver",))
ANALYST = Actor(kind="user", id="analyst", roles=("analyst",))
REPORTER = Actor(kind="user", id="reporter", roles=("reporter",))


def asked(name: str = "2026-1", *, years: tuple[int, int] = (2015, 2019), cutoff: datetime | None = None) -> UUID:
    wanted = freezing.Asked(name, *years, cutoff or timezone.now())
    return freezing.freeze(asked=wanted, by=ADMINISTRATOR)


def frozen(name: str = "2026-1", **wanted: object) -> Edition:
    identifier = asked(name, **wanted)  # type: ignore[arg-type]
    drain(["reports"])
    return Edition.objects.get(id=identifier)


def published(name: str = "2026-1", reason: str = "Yearly edition", **wanted: object) -> Edition:
    row = frozen(name, **wanted)
    services.publish(edition=row.id, reason=reason, by=APPROVER)
    return row
