"""Which estimates there are and how far each is. Their results services open, as each look is recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobs import services as jobs
from reports.figures.selectors import counted_up_to
from reports.models import EstimateRun
from reports.prevalence.errors import UnknownRunError
from reports.prevalence.parameters import Parameters
from reports.prevalence.policies import check_may_estimate
from safeguards.actors import Actor

NEWEST = 50


@dataclass(frozen=True)
class RunView:
    """given_up: nobody works on it any more, though it is not done. outdated: the register changed since it was counted."""

    id: UUID
    kind: str
    parameters: Parameters
    asked: datetime
    asked_by: str
    as_of: datetime
    code: str
    state: str
    done: int
    total: int
    finished: datetime | None
    given_up: bool
    outdated: bool

    @property
    def of_sectors(self) -> bool:
        return self.kind == EstimateRun.Kind.SECTORS

    @property
    def running(self) -> bool:
        return self.state == EstimateRun.State.RUNNING and not self.given_up

    @property
    def ready(self) -> bool:
        return self.state == EstimateRun.State.DONE


def runs(*, by: Actor) -> tuple[RunView, ...]:
    """The newest, first."""
    check_may_estimate(by)
    rows = EstimateRun.objects.defer("inputs", "partial", "result").order_by("-asked", "id")
    return tuple(_view(row) for row in rows[:NEWEST])


def one(run: UUID, *, by: Actor) -> RunView:
    """Raises UnknownRunError."""
    check_may_estimate(by)
    row = EstimateRun.objects.defer("inputs", "partial", "result").filter(id=run).first()
    if row is None:
        raise UnknownRunError
    return _view(row)


def _view(row: EstimateRun) -> RunView:
    running = row.state == EstimateRun.State.RUNNING
    return RunView(
        id=row.id,
        kind=row.kind,
        parameters=Parameters.from_json(row.parameters),
        asked=row.asked,
        asked_by=row.asked_by,
        as_of=row.as_of,
        code=row.code,
        state=row.state,
        done=row.done,
        total=row.total,
        finished=row.finished,
        given_up=running and not jobs.under_way([row.id]),
        outdated=row.sequence < counted_up_to(),
    )
