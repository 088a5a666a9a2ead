"""What may be known of editions: the published ones, protected, for everybody who reads figures; all for who makes them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reports.editions import reading
from reports.editions.errors import UnknownEditionError
from reports.editions.policies import may_see_frozen
from reports.editions.printed import from_bytes
from reports.editions.revisions import Revised, revised
from reports.editions.workflow import State, state_of
from reports.figures.tables import Table
from reports.models import Edition, EditionStep, Freeze
from safeguards.actors import Actor


@dataclass(frozen=True)
class Listed:
    """An edition without its figures. published is empty as long as it is frozen alone; reason is of its last step."""

    id: UUID
    number: int
    name: str
    first_year: int
    last_year: int
    cutoff: datetime
    frozen: datetime
    frozen_by: str
    state: State
    published: datetime | None
    reason: str
    method: str
    base: int


@dataclass(frozen=True)
class PublishedFigures:
    """Protected: the tables of the figure engine, their numbers rounded, in the order of the publication.

    content is the bytes that were stored; digest is their SHA-256.
    """

    edition: Listed
    tables: Mapping[str, Table]
    content: bytes
    digest: str


@dataclass(frozen=True)
class Revision:
    """before is None for the first edition, and where the one before it may not be read."""

    before: Listed | None
    cells: tuple[Revised, ...]


@dataclass(frozen=True)
class FreezeProgress:
    name: str
    state: str
    done: int
    total: int


@dataclass(frozen=True)
class RefusedFreeze:
    """One that ended without an edition."""

    name: str
    first_year: int
    last_year: int
    cutoff: datetime
    asked: datetime


def published() -> tuple[Listed, ...]:
    """Every edition that was published and not withdrawn, the newest first; superseded ones say so."""
    return tuple(one for one in _all() if one.state in (State.PUBLISHED, State.SUPERSEDED))


def visible_to(actor: Actor) -> tuple[Listed, ...]:
    """The newest first: those that were published, and for who makes or checks editions the frozen ones too."""
    if may_see_frozen(actor):
        return _all()
    return tuple(one for one in _all() if one.published)


def latest() -> PublishedFigures | None:
    """The newest published edition with its protected figures; None before the first one."""
    row = reading.newest_published()
    return _figures(row) if row else None


def figures_of(number: int, *, by: Actor) -> PublishedFigures:
    """The protected figures of one edition. Raises UnknownEditionError where this reader may not see it."""
    return _figures(_readable(number, by))


def one(number: int, *, by: Actor) -> Listed:
    """Without its figures: of a withdrawn one everybody may know that it was there. Raises UnknownEditionError."""
    found = next((edition for edition in visible_to(by) if edition.number == number), None)
    if found is None:
        raise UnknownEditionError
    return found


def protected_revision(number: int, *, by: Actor) -> Revision:
    """What changed since the edition before it, in the protected numbers of both and without reasons."""
    row = _readable(number, by)
    before: Edition | None = row.compared_with
    if before is None or not _may_read(_listed(before), by):
        return Revision(None, ())
    was, now = (from_bytes(bytes(edition.protected)).tables for edition in (before, row))
    return Revision(_listed(before), revised(was, now))


def newest_number() -> int | None:
    row = reading.newest_published()
    return row.number if row else None


def freezing() -> FreezeProgress | None:
    """The edition that is being made."""
    row = reading.under_way().first()
    return FreezeProgress(row.name, row.state, row.done, row.total) if row else None


def refused(*, by: Actor) -> tuple[RefusedFreeze, ...]:
    """The newest first, for who makes or checks editions."""
    if not may_see_frozen(by):
        return ()
    rows = Freeze.objects.filter(state=Freeze.State.REFUSED).order_by("-asked", "id")
    return tuple(RefusedFreeze(*row) for row in rows.values_list(*RefusedFreeze.__dataclass_fields__))


def _readable(number: int, by: Actor) -> Edition:
    row: Edition | None = Edition.objects.filter(number=number).select_related("compared_with").first()
    if row is None or not _may_read(_listed(row), by):
        raise UnknownEditionError
    return row


def _may_read(edition: Listed, by: Actor) -> bool:
    """Of a withdrawn one only that it was there, and why it is not."""
    return edition.state in (State.PUBLISHED, State.SUPERSEDED) or may_see_frozen(by)


def _figures(row: Edition) -> PublishedFigures:
    content = bytes(row.protected)
    return PublishedFigures(_listed(row), from_bytes(content).tables, content, hashlib.sha256(content).hexdigest())


def _all() -> tuple[Listed, ...]:
    rows = Edition.objects.defer("protected", "exact", "seed", "revision").prefetch_related("steps").order_by("-number")
    return tuple(_listed(row) for row in rows)


def _listed(row: Edition) -> Listed:
    steps = sorted(row.steps.all(), key=lambda step: step.at)
    published = next((step.at for step in steps if step.kind == EditionStep.Kind.PUBLISHED), None)
    return Listed(
        id=row.id,
        number=row.number,
        name=row.name,
        first_year=row.first_year,
        last_year=row.last_year,
        cutoff=row.cutoff,
        frozen=row.frozen,
        frozen_by=row.frozen_by,
        state=state_of([step.kind for step in steps]),
        published=published,
        reason=steps[-1].reason if steps else "",
        method=row.method,
        base=row.base,
    )
