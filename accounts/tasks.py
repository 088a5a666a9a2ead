"""Background work about systems, each ten lines at most: an id in, one service called."""

from uuid import UUID

from accounts import deliveries, grants
from accounts.webhooks import DELIVER
from jobs import registry
from jobs import services as jobs

FORGET = "accounts.forget"


@registry.handler(DELIVER, queue="outgoing")
def deliver_webhook(object_id: str) -> None:
    deliveries.attempt(UUID(object_id))


@registry.handler(FORGET, queue="files")
def forget(_: str) -> None:
    """One chunk of each; if more is over, the work is recorded again."""
    if max(grants.forget_used(), deliveries.forget_old()) >= min(grants.CHUNK, deliveries.CHUNK):
        jobs.record(FORGET)
