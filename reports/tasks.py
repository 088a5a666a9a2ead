"""The background work of reports, by kind: each function calls one service, in the transaction of its job."""

from uuid import UUID

from jobs.registry import Effect, handler, in_two_steps
from reports.deliveries import services as deliveries
from reports.editions import auditing, freezing
from reports.extracts import links, making
from reports.extracts import services as extracts
from reports.figures import services
from reports.prevalence import services as estimates
from safeguards import actors

REBUILD = "reports.rebuild"
DELIVER_DUE = "reports.deliver-due"
EXPIRE_EXTRACTS = "reports.expire-extracts"


@handler(services.REFRESH, queue="reports")
def refresh(object_id: str) -> None:
    services.refresh()


@handler(freezing.JOB, queue="reports")
def freeze(object_id: str) -> None:
    freezing.go_on(UUID(object_id))


@in_two_steps(auditing.JOB, queue="reports")
def audit_edition(object_id: str) -> Effect:
    return auditing.go_on(UUID(object_id))


@handler(REBUILD, queue="reports")
def rebuild(object_id: str) -> None:
    services.rebuild_and_compare(by=actors.system("figures"))


@in_two_steps(estimates.JOB, queue="reports")
def estimate(object_id: str) -> Effect:
    return estimates.next_step(UUID(object_id))


@handler(deliveries.JOB, queue="reports")
def deliver(object_id: str) -> None:
    deliveries.make(delivery=UUID(object_id), by=actors.system("deliveries"))


@handler(DELIVER_DUE, queue="reports")
def deliver_due(object_id: str) -> None:
    deliveries.order_due(by=actors.system("deliveries"))


@in_two_steps(extracts.PREVIEW, queue="reports")
def preview_extract(object_id: str) -> Effect:
    return making.preview(UUID(object_id))


@in_two_steps(extracts.BUILD, queue="reports")
def build_extract(object_id: str) -> Effect:
    return making.build(UUID(object_id))


@handler(EXPIRE_EXTRACTS, queue="reports")
def expire_extracts(object_id: str) -> None:
    links.expire(by=actors.system("extracts"))
