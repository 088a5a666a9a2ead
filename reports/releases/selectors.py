"""What the ledger of releases says, for who may read it. Of no entry how many contributions it used: that is an exact count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.permissions import require
from accounts.roles import Permission
from intake import uses
from intake.uses import Recall
from reports.figures.policies import may_read_exact_figures
from reports.models import LedgerEntry
from reports.releases import budget
from reports.releases.errors import UnknownReleaseError
from reports.releases.services import UNPROTECTED
from safeguards.actors import Actor

READS = Permission.READ_RELEASES


@dataclass(frozen=True)
class Entry:
    """recalled: something that its release used was withdrawn since. digest: empty for who may not see what is exact.

    A digest of a few small counts and their cut is found again by trying them all.
    """

    number: int
    release: UUID
    kind: str
    outcome: str
    at: datetime
    by: str
    recipient: str
    purpose: str
    what: str
    parameters: Mapping[str, Any]
    digest: str
    protection: str
    epsilon: Decimal | None
    reason: str
    recalled: Recall | None


@dataclass(frozen=True)
class Asked:
    """What is empty does not limit; before: only entries with a lower number."""

    kind: str = ""
    outcome: str = ""
    purpose: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Answer:
    """older: the number to ask before for the next page; None where nothing is older. left: epsilon of the budget."""

    entries: tuple[Entry, ...]
    older: int | None
    left: Decimal
    cap: Decimal


def read(*, asked: Asked, limit: int, by: Actor) -> Answer:
    """The newest first."""
    require(by, READS)
    limits = {name: value for name, value in vars(asked).items() if name != "before" and value}
    rows = LedgerEntry.objects.filter(**limits).order_by("-number")
    if asked.before is not None:
        rows = rows.filter(number__lt=asked.before)
    found = _entries(rows[: limit + 1], by)
    older = found[limit - 1].number if len(found) > limit else None
    return Answer(found[:limit], older, budget.left(), budget.CAP)


def of_release(release: UUID, *, by: Actor) -> tuple[Entry, ...]:
    """All entries of one release, the oldest first: who has something of it. Raises UnknownReleaseError."""
    require(by, READS)
    found = _entries(LedgerEntry.objects.filter(release=release).order_by("number"), by)
    if not found:
        raise UnknownReleaseError
    return found


def _entries(rows: Any, by: Actor) -> tuple[Entry, ...]:
    found = list(rows)
    recalled = uses.recalls(releases={row.release for row in found}, by=by)
    exact = may_read_exact_figures(by)
    names = [name for name in Entry.__dataclass_fields__ if name not in ("recalled", "digest")]
    return tuple(
        Entry(
            **{name: getattr(row, name) for name in names},
            digest=row.digest if exact or row.protection != UNPROTECTED else "",
            recalled=recalled.get(row.release),
        )
        for row in found
    )
