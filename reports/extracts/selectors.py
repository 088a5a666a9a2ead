"""What may be known of extracts: their own for who asked, all that were asked for for who approves. Never a row of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.permissions import require
from intake import facts
from reports.extracts.columns import BY_NAME, Described
from reports.extracts.errors import UnknownExtractError
from reports.extracts.policies import APPROVES, REQUESTS
from reports.extracts.products import PRODUCTS, Product
from reports.extracts.workflow import State
from reports.models import Extract, ExtractFile, ExtractStep
from reports.releases.services import Purpose
from safeguards.actors import Actor

BUSY = (State.DESCRIBED, State.APPROVED)
# What was only described is nobody's business but its describer's.
_PRIVATE = (State.DESCRIBED, State.PREVIEWED, State.IMPOSSIBLE)


@dataclass(frozen=True)
class StepView:
    kind: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class FileView:
    digest: str
    size: int
    expires: datetime


@dataclass(frozen=True)
class ExtractView:
    """columns: each with the name of its level. withdrawn: how many reports in it went since; then it is recalled."""

    id: UUID
    product: Product
    columns: tuple[tuple[Described, str], ...]
    years: tuple[int, int]
    cutoff: datetime
    purpose: Purpose
    why: str
    recipient: str
    until: date
    asked: datetime
    asked_by: str
    state: State
    progress: int
    preview: Mapping[str, Any]
    watermark: str
    file: FileView | None
    withdrawn: int

    @property
    def busy(self) -> bool:
        return self.state in BUSY


def own(*, by: Actor) -> tuple[ExtractView, ...]:
    """Newest first."""
    require(by, REQUESTS)
    return _views(Extract.objects.filter(asked_by=by.id).order_by("-asked", "id"))


def own_one(extract: UUID, *, by: Actor) -> ExtractView:
    require(by, REQUESTS)
    return _one(Extract.objects.filter(id=extract, asked_by=by.id))


def recipients(product: str, *, by: Actor) -> tuple[str, ...]:
    """For whom they described this kind of data before."""
    require(by, REQUESTS)
    before = Extract.objects.filter(asked_by=by.id, product=product).order_by("recipient")
    return tuple(before.values_list("recipient", flat=True).distinct())


def to_approve(*, by: Actor) -> tuple[ExtractView, ...]:
    """What waits first, the oldest first; then what was decided, the newest first."""
    require(by, APPROVES)
    asked = Extract.objects.exclude(state__in=_PRIVATE).exclude(state=State.TAKEN_BACK)
    waiting = asked.filter(state=State.ASKED).order_by("asked", "id")
    return (*_views(waiting), *_views(asked.exclude(state=State.ASKED).order_by("-asked", "id")))


def one_to_approve(extract: UUID, *, by: Actor) -> ExtractView:
    require(by, APPROVES)
    return _one(Extract.objects.filter(id=extract).exclude(state__in=_PRIVATE))


def steps(extract: UUID) -> tuple[StepView, ...]:
    """The register of what became of it, fetches too, oldest first; for who may see the extract."""
    rows = ExtractStep.objects.filter(extract=extract).order_by("at", "id")
    return tuple(StepView(row.kind, row.at, row.by, row.reason) for row in rows)


def _one(rows: Iterable[Extract]) -> ExtractView:
    found = _views(rows)
    if not found:
        raise UnknownExtractError
    return found[0]


def _views(rows: Iterable[Extract]) -> tuple[ExtractView, ...]:
    listed = list(rows)
    identifiers = [row.id for row in listed]
    withdrawn = facts.withdrawn_since(identifiers)
    columns = ("extract", "digest", "size", "expires")
    files = {row[0]: FileView(*row[1:]) for row in ExtractFile.objects.filter(extract__in=identifiers).values_list(*columns)}
    return tuple(_view(row, files.get(row.id), withdrawn.get(row.id, 0)) for row in listed)


def _view(row: Extract, file: FileView | None, withdrawn: int) -> ExtractView:
    return ExtractView(
        id=row.id,
        product=PRODUCTS[row.product],
        columns=tuple((BY_NAME[name], level) for name, level in row.columns.items()),
        years=(row.first_year, row.last_year),
        cutoff=row.cutoff,
        purpose=Purpose(row.purpose),
        why=row.why,
        recipient=row.recipient,
        until=row.until,
        asked=row.asked,
        asked_by=row.asked_by,
        state=State(row.state),
        progress=row.progress,
        preview=row.preview,
        watermark=row.watermark,
        file=file,
        withdrawn=withdrawn,
    )
