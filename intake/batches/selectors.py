"""The own organisation's deliveries: how far each is, its counts, and its errors by row and column. Shows no cell of a file."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from intake.errors import UnknownBatchError
from intake.models.batch import Batch, BatchError, BatchErrorCount
from intake.notifications import policies
from intake.notifications.inputs import Problem
from safeguards.actors import Actor

PAGE = 50
MOST_ERRORS = 10_000
SUSPICIOUS_SHARE = 0.1
FEW_ERRORS = 5


@dataclass(frozen=True)
class BatchView:
    id: UUID
    state: str
    trial: bool
    submitted_by: str
    confirmed_by: str
    format: str
    encoding: str
    delimiter: str
    received: datetime
    confirmed: datetime | None
    finished: datetime | None
    rows: int
    checked_rows: int
    stored_rows: int
    new: int
    unchanged: int
    changed: int
    withdrawn: int
    errors: int
    wrong_template: bool = False

    @property
    def busy(self) -> bool:
        return self.state in (Batch.State.RECEIVED, Batch.State.CONFIRMED)

    @property
    def storable(self) -> int:
        return self.rows - self.errors

    @property
    def changes_nothing(self) -> bool:
        """What may be stored of it is here already, just as it stands in the file."""
        return bool(self.unchanged) and not (self.new or self.changed or self.withdrawn)

    @property
    def done_rows(self) -> int:
        """Of the step that is under way."""
        return self.checked_rows if self.state == Batch.State.RECEIVED else self.stored_rows


@dataclass(frozen=True)
class ErrorCount:
    column: str
    code: str
    rows: int


_COLUMNS = tuple(field.name for field in fields(BatchView) if field.name != "wrong_template")


def batches(*, organisation: UUID, limit: int = PAGE, after: int = 0, by: Actor) -> Sequence[BatchView]:
    """The newest first; after is how many of them to pass over."""
    policies.check_may_submit_batch(organisation, by)
    own = _own(organisation).order_by("-received", "id")
    return [BatchView(*row) for row in own.values_list(*_COLUMNS)[after : after + limit]]


def number_of_batches(*, organisation: UUID, by: Actor) -> int:
    policies.check_may_submit_batch(organisation, by)
    return _own(organisation).count()


def batch(*, batch: UUID, organisation: UUID, by: Actor) -> BatchView:
    """Raises UnknownBatchError for another organisation's as for none."""
    policies.check_may_submit_batch(organisation, by)
    found = _own(organisation).filter(id=batch).values_list(*_COLUMNS).first()
    if found is None:
        raise UnknownBatchError
    view = BatchView(*found)
    return replace(view, wrong_template=_wrong_template(view, error_counts(batch=batch)))


def error_counts(*, batch: UUID) -> Sequence[ErrorCount]:
    """How many rows break which rule in which column: the most first."""
    rows = BatchErrorCount.objects.filter(batch=batch).order_by("-rows", "column", "code")
    return [ErrorCount(*row) for row in rows.values_list("column", "code", "rows")]


def _wrong_template(found: BatchView, counts: Sequence[ErrorCount]) -> bool:
    """So many rows fail in the same way that it is likelier the file than the rows."""
    return any(count.rows > FEW_ERRORS and count.rows > found.rows * SUSPICIOUS_SHARE for count in counts)


def errors(*, batch: UUID, limit: int, after: int = 0) -> Sequence[Problem]:
    """In the order of the file; after is how many of them to pass over. field is the header of the column."""
    rows = BatchError.objects.filter(batch=batch).order_by("row", "id").values_list("column", "code", "row")
    return [Problem(*row) for row in rows[after : after + limit]]


def number_of_errors(*, batch: UUID) -> int:
    """How many are kept to be shown, which of a file with very many is not all."""
    return BatchError.objects.filter(batch=batch).count()


def _own(organisation: UUID) -> QuerySet[Batch]:
    """What is still coming in is not there yet."""
    return Batch.objects.filter(organisation=organisation, kind=Batch.Kind.REPORTS).exclude(state=Batch.State.ARRIVING)
