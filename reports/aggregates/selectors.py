"""What was delivered and what of it counts. Everybody who reads editions sees what was accepted; what waits or was
rejected is for who uploads and who accepts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from accounts.permissions import has, require
from accounts.roles import Permission
from reports.aggregates import codes, storage
from reports.aggregates.codes import Kind
from reports.aggregates.contents import Cell, Contents, Value
from reports.aggregates.errors import UnknownDeliveryError
from reports.aggregates.services import ACCEPTS, DELIVERS
from reports.aggregates.writing import Part
from reports.models import AggregateDelivery
from safeguards.actors import Actor

READS = Permission.READ_EDITIONS


class State(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    REJECTED = "rejected"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class DeliveryView:
    """corrects and corrected_by are other deliveries of the source; corrected_by only once that correction was accepted."""

    id: UUID
    source: str
    state: State
    uploaded: datetime
    uploaded_by: str
    decided: datetime | None
    decided_by: str
    corrects: UUID | None
    corrected_by: UUID | None

    @property
    def kind(self) -> Kind:
        return codes.kind_of(self.source)

    @property
    def accepted(self) -> bool:
        return self.state in (State.ACCEPTED, State.REPLACED)


@dataclass(frozen=True)
class Published:
    """A delivery that counts, with what it holds."""

    delivery: DeliveryView
    contents: Contents


@dataclass(frozen=True)
class Change:
    """What a correction does to one cell; was or now is empty where it adds or takes out."""

    cell: Cell
    was: Value | None
    now: Value | None


def sees_all(by: Actor) -> bool:
    return has(by, DELIVERS) or has(by, ACCEPTS)


def deliveries(*, by: Actor) -> tuple[DeliveryView, ...]:
    """Newest first."""
    require(by, READS)
    rows = AggregateDelivery.objects.select_related("decision").order_by("-uploaded", "pk")
    found = _views(rows)
    return tuple(one for one in found if one.accepted or sees_all(by))


def delivery(*, delivery: UUID, by: Actor) -> Published:
    found = next((one for one in deliveries(by=by) if one.id == delivery), None)
    if found is None:
        raise UnknownDeliveryError
    return Published(found, storage.contents(delivery))


def published(*, kind: Kind, by: Actor) -> tuple[Published, ...]:
    """The deliveries of this kind that count, source by source."""
    require(by, READS)
    counting = {row.id for row in storage.current(codes.sources_of(kind))}
    rows = AggregateDelivery.objects.filter(pk__in=counting).select_related("decision").order_by("uploaded", "pk")
    order = codes.SOURCES.codes
    found = sorted(_views(rows), key=lambda one: order.index(one.source))
    return tuple(Published(one, storage.contents(one.id)) for one in found)


def counting() -> tuple[UUID, ...]:
    """The deliveries of all sources that count now, source by source; who may hand them on is checked by the caller."""
    order = codes.SOURCES.codes
    return tuple(row.id for row in sorted(storage.current(order), key=lambda row: order.index(row.source)))


def written(deliveries: Iterable[UUID]) -> tuple[Part, ...]:
    """These as they are written, in this order; they stay what they were, whatever corrects them later."""
    views = {one.id: one for one in _views(AggregateDelivery.objects.select_related("decision"))}
    return tuple(part_of(Published(views[one], storage.contents(one))) for one in deliveries)


def part_of(found: Published) -> Part:
    one = found.delivery
    return Part(one.source, str(one.id), one.decided if one.accepted else None, found.contents)


def changes(was: Contents, now: Contents) -> tuple[Change, ...]:
    """Cell by cell, in the order of the new contents; what was taken out comes last."""
    old: Mapping[Cell, Value] = {value.cell: value for value in was.values}
    new: Mapping[Cell, Value] = {value.cell: value for value in now.values}
    found = [Change(cell, old.get(cell), value) for cell, value in new.items() if old.get(cell) != value]
    return (*found, *(Change(cell, value, None) for cell, value in old.items() if cell not in new))


def _views(rows: Iterable[AggregateDelivery]) -> list[DeliveryView]:
    found = list(rows)
    accepted = State.ACCEPTED.value
    corrections = AggregateDelivery.objects.filter(corrects__isnull=False, decision__outcome=accepted)
    corrected: dict[UUID, UUID] = {row.corrects_id: row.id for row in corrections if row.corrects_id}
    return [_view(row, corrected.get(row.id)) for row in found]


def _view(row: AggregateDelivery, corrected_by: UUID | None) -> DeliveryView:
    decision = getattr(row, "decision", None)
    state = State(decision.outcome) if decision else State.WAITING
    return DeliveryView(
        id=row.id,
        source=row.source,
        state=State.REPLACED if corrected_by else state,
        uploaded=row.uploaded,
        uploaded_by=row.uploaded_by,
        decided=decision.decided if decision else None,
        decided_by=decision.decided_by if decision else "",
        corrects=row.corrects_id,
        corrected_by=corrected_by,
    )
