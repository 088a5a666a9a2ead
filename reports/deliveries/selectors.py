"""Which deliveries there are and how far they are, and of which years one can be ordered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.permissions import require
from reports.deliveries.services import DELIVERS
from reports.editions import selectors as editions
from reports.models import FigureDelivery
from safeguards.actors import Actor


@dataclass(frozen=True)
class DeliveryView:
    """withdrawn: its edition was, so that it cannot be had any more."""

    id: UUID
    year: int
    edition: str
    ordered: datetime
    ordered_by: str
    made: datetime | None
    withdrawn: bool
    digests: tuple[str, str]


def deliveries(*, by: Actor) -> tuple[DeliveryView, ...]:
    """Newest first."""
    require(by, DELIVERS)
    known = {one.id for one in editions.published()}
    rows = FigureDelivery.objects.select_related("edition").defer(
        "edition__protected", "edition__exact", "edition__seed", "edition__revision"
    )
    return tuple(_view(row, known) for row in rows.order_by("-ordered", "pk"))


def years(*, by: Actor) -> tuple[int, ...]:
    """The last years of published editions, the latest first."""
    require(by, DELIVERS)
    return tuple(sorted({one.last_year for one in editions.published()}, reverse=True))


def _view(row: FigureDelivery, known: set[UUID]) -> DeliveryView:
    return DeliveryView(
        id=row.id,
        year=row.edition.last_year,
        edition=row.edition.name,
        ordered=row.ordered,
        ordered_by=row.ordered_by,
        made=row.made,
        withdrawn=row.edition_id not in known,
        digests=(row.workbook_digest, row.document_digest),
    )
