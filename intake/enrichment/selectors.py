"""How far a delivery of the own organisation is, with its counts and errors by line. Shows no record."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from intake.errors import UnknownBatchError
from intake.models.batch import Batch, BatchError
from intake.notifications import policies
from intake.notifications.inputs import Problem
from safeguards.actors import Actor

MOST_PROBLEMS = 1_000
STATUSES = {Batch.State.STORED: "verwerkt", Batch.State.REFUSED: "geweigerd", Batch.State.CANCELLED: "vervallen"}


@dataclass(frozen=True)
class DeliveryView:
    id: UUID
    state: Batch.State
    rows: int
    new: int
    unchanged: int
    changed: int
    not_victims: int
    taken_back: int
    removed: int
    skipped: int
    errors: int
    problems: Sequence[Problem]

    @property
    def status(self) -> str:
        """As feeds are told. A delivery that was never stored is cancelled after its days, and is to be sent again."""
        return STATUSES.get(self.state, "ontvangen")

    @property
    def counts(self) -> dict[str, int]:
        """As feeds are told, by the interface and in the receipts of the watched folder."""
        return {
            "regels": self.rows,
            "nieuw": self.new,
            "ongewijzigd": self.unchanged,
            "gewijzigd": self.changed,
            "geenSlachtoffer": self.not_victims,
            "teruggenomen": self.taken_back,
            "verwijderd": self.removed,
            "overgeslagen": self.skipped,
            "fout": self.errors,
        }


def delivery(*, batch: UUID, organisation: UUID, by: Actor) -> DeliveryView:
    """Raises UnknownBatchError for another organisation's as for none."""
    policies.check_may_deliver(organisation, by)
    row = Batch.objects.filter(id=batch, organisation=organisation, kind__in=(Batch.Kind.EMM, Batch.Kind.OM)).first()
    if row is None:
        raise UnknownBatchError
    found = BatchError.objects.filter(batch=row).order_by("row", "id").values_list("column", "code", "row")[:MOST_PROBLEMS]
    return DeliveryView(
        id=row.id,
        state=Batch.State(row.state),
        rows=row.rows,
        new=row.new,
        unchanged=row.unchanged,
        changed=row.changed,
        not_victims=row.not_victims,
        taken_back=row.taken_back,
        removed=row.removed,
        skipped=row.skipped,
        errors=row.errors,
        problems=[Problem(*one) for one in found],
    )
