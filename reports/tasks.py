"""The background work of reports, by kind: each function calls one service, in the transaction of its job."""

from uuid import UUID

from jobs.registry import handler
from reports.deliveries import services as deliveries
from reports.editions import freezing
from reports.figures import services
from safeguards import actors

REBUILD = "reports.rebuild"
DELIVER_DUE = "reports.deliver-due"


@handler(services.REFRESH, queue="reports")
def refresh(object_id: str) -> None:
    services.refresh()


@handler(freezing.JOB, queue="reports")
def freeze(object_id: str) -> None:
    freezing.go_on(UUID(object_id))


@handler(REBUILD, queue="reports")
def rebuild(object_id: str) -> None:
    services.rebuild_and_compare(by=actors.system("figures"))


@handler(deliveries.JOB, queue="reports")
def deliver(object_id: str) -> None:
    deliveries.make(delivery=UUID(object_id), by=actors.system("deliveries"))


@handler(DELIVER_DUE, queue="reports")
def deliver_due(object_id: str) -> None:
    deliveries.order_due(by=actors.system("deliveries"))
