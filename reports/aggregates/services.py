"""Takes deliveries of aggregates in: one person uploads, a second accepts. Nothing is half taken, changed or removed.

It holds no persons, computes no figure from what was published, and joins no two sources.
"""

from collections.abc import Iterator
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.permissions import has, require
from accounts.roles import Permission
from intake import tables
from intake.tables import Template, UnreadableFileError
from reports import events
from reports.aggregates import storage
from reports.aggregates.checking import Problem, checked
from reports.aggregates.columns import COLUMNS
from reports.aggregates.contents import Contents
from reports.aggregates.errors import (
    DecidedError,
    OutdatedCorrectionError,
    OwnDeliveryError,
    RefusedDeliveryError,
    UnknownDeliveryError,
)
from reports.models import AggregateDecision, AggregateDelivery
from safeguards import audit
from safeguards.actors import Actor
from safeguards.audit import Detail

DELIVERS = Permission.DELIVER_AGGREGATES
# What a second person accepts, everybody who reads editions sees.
ACCEPTS = Permission.APPROVE_RELEASE
TEMPLATE = Template(
    headers=COLUMNS, required=("soort",), sheet="Cijfers", most_rows=2_000, most_lines=10_000, largest_file=512 * 1024
)
_ENDS = {
    AggregateDecision.Outcome.ACCEPTED: events.AGGREGATES_ACCEPTED,
    AggregateDecision.Outcome.REJECTED: events.AGGREGATES_REJECTED,
    AggregateDecision.Outcome.TAKEN_BACK: events.AGGREGATES_TAKEN_BACK,
}


def read(source: str, content: bytes) -> Contents:
    """A whole delivery, or RefusedDeliveryError with every rule that is broken."""
    try:
        lines = tables.read(content, TEMPLATE)
    except UnreadableFileError as error:
        raise RefusedDeliveryError([Problem(error.row, error.place, error.code)]) from None
    found = checked(source, lines, this_year=timezone.localdate().year)
    if not isinstance(found, Contents):
        raise RefusedDeliveryError(found)
    return found


def deliver(*, source: str, content: bytes, corrects: UUID | None = None, by: Actor) -> UUID:
    """Keep what the file holds, until a second person accepts it. corrects is the delivery that it is to replace."""
    require(by, DELIVERS)
    found = read(source, content)
    with transaction.atomic():
        _lock(source)
        if problems := tuple(_not_new(source, found, corrects)):
            raise RefusedDeliveryError(problems)
        delivery = AggregateDelivery(id=uuid4(), source=source, digest=storage.digest(source, found), uploaded_by=by.id)
        delivery.corrects_id = corrects
        storage.save(delivery, found)
        details: dict[str, Detail] = {"source": source, "values": len(found.values), "correction": corrects is not None}
        audit.record(
            events.AGGREGATES_DELIVERED, by=by, object_type="aggregate-delivery", object_id=delivery.id, details=details
        )
    return delivery.id


def accept(*, delivery: UUID, by: Actor) -> None:
    """From now on it counts, and what it corrects does not; that stays to be seen. Never by who uploaded it."""
    require(by, ACCEPTS)
    with transaction.atomic():
        row = _undecided(delivery)
        if row.uploaded_by == by.id:
            raise OwnDeliveryError
        if tuple(_overlapping(row.source, storage.contents(row.id), row.corrects_id)):
            raise OutdatedCorrectionError
        _decide(row, AggregateDecision.Outcome.ACCEPTED, by)


def reject(*, delivery: UUID, by: Actor) -> None:
    require(by, ACCEPTS)
    with transaction.atomic():
        _decide(_undecided(delivery), AggregateDecision.Outcome.REJECTED, by)


def take_back(*, delivery: UUID, by: Actor) -> None:
    """By who uploaded it, before anybody decided."""
    require(by, DELIVERS)
    with transaction.atomic():
        row = _undecided(delivery)
        if row.uploaded_by != by.id:
            raise UnknownDeliveryError
        _decide(row, AggregateDecision.Outcome.TAKEN_BACK, by)


def _lock(source: str) -> None:
    """Deliveries of one source are taken and decided one after another."""
    list(AggregateDelivery.objects.select_for_update().filter(source=source).order_by("pk").values_list("pk", flat=True))


def _undecided(delivery: UUID) -> AggregateDelivery:
    row: AggregateDelivery | None = AggregateDelivery.objects.filter(pk=delivery).first()
    if row is None:
        raise UnknownDeliveryError
    _lock(row.source)
    if AggregateDecision.objects.filter(delivery=row).exists():
        raise DecidedError
    return row


def _decide(row: AggregateDelivery, outcome: AggregateDecision.Outcome, by: Actor) -> None:
    AggregateDecision(delivery=row, outcome=outcome, decided_by=by.id).save(force_insert=True)
    audit.record(_ENDS[outcome], by=by, object_type="aggregate-delivery", object_id=row.id, details={"source": row.source})


def _not_new(source: str, found: Contents, corrects: UUID | None) -> Iterator[Problem]:
    counting = {row.digest for row in storage.current([source])}
    waiting = AggregateDelivery.objects.filter(source=source, decision=None).values_list("digest", flat=True)
    if storage.digest(source, found) in {*counting, *waiting}:
        yield Problem(0, "", "sent-before")
        return
    yield from _overlapping(source, found, corrects)


def _overlapping(source: str, found: Contents, corrects: UUID | None) -> Iterator[Problem]:
    """Values that another delivery of the source gives already; or a correction of what does not count (any more)."""
    counting = {row.id: row for row in storage.current([source])}
    if corrects is not None and corrects not in counting:
        yield Problem(0, "", "corrects-nothing")
        return
    given = {value.cell for row in counting if row != corrects for value in storage.contents(row).values}
    for value in found.values:
        if value.cell in given:
            yield Problem(value.line, "", "given-before")


def may_deliver(by: Actor) -> bool:
    return has(by, DELIVERS)


def may_accept(by: Actor) -> bool:
    return has(by, ACCEPTS)
