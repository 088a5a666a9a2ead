"""The yearly delivery to the National Rapporteur: ordered or due, made by a job, made anew at each download.

What is delivered is a published edition, protected: nobody outside gets an exact count. Of the files their digests
are kept; they have the same bytes each time, or are refused.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from jobs import services as jobs
from reports import events
from reports.aggregates import selectors as aggregates
from reports.aggregates.writing import Part
from reports.deliveries import errors
from reports.deliveries.document import FORMAT, as_document
from reports.deliveries.words import RECIPIENT
from reports.deliveries.workbook import as_workbook
from reports.editions import selectors as editions
from reports.editions.selectors import Listed, PublishedFigures
from reports.models import FigureDelivery
from reports.releases import services as releases
from reports.releases.services import Kind, Leaving, Purpose
from safeguards import audit
from safeguards.actors import Actor

DELIVERS = Permission.DELIVER_FIGURES
JOB = "reports.deliver"
ENDINGS: Mapping[str, Callable[[PublishedFigures, Sequence[Part]], bytes]] = {"xlsx": as_workbook, "json": as_document}


def order(*, year: int, by: Actor) -> UUID:
    """Have the newest published edition that ends with this year made into files; one that was ordered before is that one."""
    require(by, DELIVERS)
    edition = next((one for one in editions.published() if one.last_year == year), None)
    if edition is None:
        raise errors.no_edition(year)
    with transaction.atomic():
        return _ordered(edition, by)


def order_due(*, by: Actor) -> bool:
    """Order what is not ordered yet of the newest published edition; says whether there was anything to order."""
    require(by, Permission.RUN_BACKGROUND_WORK)
    newest = editions.published()[:1]
    with transaction.atomic():
        due = [one for one in newest if not FigureDelivery.objects.filter(edition_id=one.id, format=FORMAT).exists()]
        for edition in due:
            _ordered(edition, by)
    return bool(due)


def make(*, delivery: UUID, by: Actor) -> None:
    """Make the files once, so that it is seen that they can be made, and keep their digests."""
    require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        row = FigureDelivery.objects.select_for_update().get(pk=delivery)
        figures = _figures(row, by)
        if row.state == FigureDelivery.State.MADE or figures is None:
            return
        others = aggregates.written(map(UUID, row.aggregates))
        row.workbook_digest, row.document_digest = (_digest(ENDINGS[ending](figures, others)) for ending in ("xlsx", "json"))
        row.state, row.made = FigureDelivery.State.MADE, timezone.now()
        row.save(update_fields=["state", "made", "workbook_digest", "document_digest"])
        audit.record(events.FIGURES_DELIVERY_MADE, by=by, object_type="figure-delivery", object_id=row.id)


def content(*, delivery: UUID, ending: str, by: Actor) -> bytes:
    """The file, with the bytes that it was made with; each time it is taken is in the audit trail."""
    require(by, DELIVERS)
    with transaction.atomic():
        row = FigureDelivery.objects.filter(pk=delivery).first()
        if row is None or ending not in ENDINGS:
            raise errors.unknown()
        if row.state != FigureDelivery.State.MADE:
            raise errors.not_made()
        figures = _figures(row, by)
        if figures is None:
            raise errors.withdrawn()
        made = ENDINGS[ending](figures, aggregates.written(map(UUID, row.aggregates)))
        if _digest(made) != (row.workbook_digest if ending == "xlsx" else row.document_digest):
            raise errors.differs()
        audit.record(
            events.FIGURES_DELIVERY_READ, by=by, object_type="figure-delivery", object_id=row.id, details={"ending": ending}
        )
        releases.record_release(leaving=_leaving(figures.edition, ending, made), by=by)
    return made


def _leaving(edition: Listed, ending: str, made: bytes) -> Leaving:
    return Leaving(
        release=edition.id,
        kind=Kind.DELIVERY,
        what=f"{edition.name}.{ending}",
        recipient=RECIPIENT.nl,
        purpose=Purpose.NATIONAL_RAPPORTEUR,
        protection=f"{edition.method}, base {edition.base}",
        parameters={"edition": edition.number, "year": edition.last_year},
        digest=_digest(made),
    )


def _ordered(edition: Listed, by: Actor) -> UUID:
    defaults = {"id": uuid4(), "ordered_by": by.id, "aggregates": [str(one) for one in aggregates.counting()]}
    row, new = FigureDelivery.objects.get_or_create(edition_id=edition.id, format=FORMAT, defaults=defaults)
    if new:
        jobs.record(JOB, row.id)
    audit.record(
        events.FIGURES_DELIVERY_ORDERED,
        by=by,
        object_type="figure-delivery",
        object_id=row.id,
        details={"edition": edition.name},
    )
    return row.id


def _figures(row: FigureDelivery, by: Actor) -> PublishedFigures | None:
    """None where the edition was withdrawn since: nobody gets a delivery of it any more."""
    listed = next((one for one in editions.published() if one.id == row.edition_id), None)
    return editions.figures_of(listed.number, by=by) if listed else None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
