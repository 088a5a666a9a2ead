"""The background work of reports, by kind: each function calls one service, in the transaction of its job."""

from uuid import UUID

from jobs.registry import handler
from reports.editions import freezing
from reports.figures import services
from safeguards import actors

REBUILD = "reports.rebuild"


@handler(services.REFRESH, queue="reports")
def refresh(object_id: str) -> None:
    services.refresh()


@handler(freezing.JOB, queue="reports")
def freeze(object_id: str) -> None:
    freezing.go_on(UUID(object_id))


@handler(REBUILD, queue="reports")
def rebuild(object_id: str) -> None:
    services.rebuild_and_compare(by=actors.system("figures"))
