"""Editions made as administrators make them: asked for, done by the jobs, published by somebody else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch
from uuid import UUID

from django.utils import timezone

from jobs import services as jobs
from jobs.services import drain
from reports.editions import counting, freezing, services
from reports.figures.declaring import Figure
from reports.figures.definitions import BY_ID
from reports.models import Edition
from safeguards.actors import Actor

ADMINISTRATOR = Actor(kind="user", id="administrator", roles=("system-administrator",))
APPROVER = Actor(kind="user", id="approver", roles=("release-approver",))
ANALYST = Actor(kind="user", id="analyst", roles=("analyst",))
REPORTER = Actor(kind="user", id="reporter", roles=("reporter",))


# The whole register's worth of figures takes seconds to protect together; these show years, forms, ranks, means and totals.
FEW = tuple(BY_ID[identifier] for identifier in ("2.1", "2.3", "2.7", "2.8", "2.10", "T2.1"))


@contextmanager
def few_figures(figures: Sequence[Figure] = FEW) -> Iterator[None]:
    with patch.object(counting, "FIGURES", tuple(figures)):
        yield


def asked(name: str = "2026-1", *, years: tuple[int, int] = (2015, 2019), cutoff: datetime | None = None) -> UUID:
    wanted = freezing.Asked(name, *years, cutoff or timezone.now())
    return freezing.freeze(asked=wanted, by=ADMINISTRATOR)


def frozen(name: str = "2026-1", *, figures: Sequence[Figure] = FEW, **wanted: object) -> Edition:
    row = not_attacked(name, figures=figures, **wanted)
    drain(["reports"])
    return row


def not_attacked(name: str = "2026-1", *, figures: Sequence[Figure] = FEW, **wanted: object) -> Edition:
    """For tests of what was frozen: the jobs that attack it wait, and nobody can publish it."""
    identifier = asked(name, **wanted)  # type: ignore[arg-type]
    with few_figures(figures):
        while claimed := jobs.claim(["reports"], kinds=[freezing.JOB]):
            jobs.run(claimed)
    return Edition.objects.get(id=identifier)


def frozen_with_all_figures() -> Edition:
    identifier = asked()
    drain(["reports"])
    return Edition.objects.get(id=identifier)


def published(name: str = "2026-1", reason: str = "Yearly edition", **wanted: object) -> Edition:
    row = frozen(name, **wanted)
    services.publish(edition=row.id, reason=reason, by=APPROVER)
    return row
