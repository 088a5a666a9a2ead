"""Telling an organisation's systems that something of theirs has a new state: an id and a status, signed, and nothing more.

What is told must never depend on whether a person was known: callers announce the states that their own pages show.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from accounts import errors, events, outgoing
from accounts.models import Webhook, WebhookDelivery
from accounts.systems import owner_of, require_keeper
from jobs import services as jobs
from jobs.errors import OutsideTransactionError
from safeguards import audit, fields
from safeguards.actors import Actor

DELIVER = "accounts.deliver-webhook"
PREFIX = "baken_wh_"
MOST_WEBHOOKS = 5
LONGEST_LOG = 50


class Topic(StrEnum):
    REPORT = "melding"
    BATCH = "aanlevering"
    DELIVERY = "levering"
    TEST = "test"


CHOICES = tuple(topic for topic in Topic if topic is not Topic.TEST)


@dataclass(frozen=True)
class NewWebhook:
    """The only time that the secret is anywhere in the clear."""

    id: UUID
    secret: str


@dataclass(frozen=True)
class WebhookView:
    id: UUID
    address: str
    topics: tuple[Topic, ...]
    created: datetime
    failing_since: datetime | None
    disabled: datetime | None


@dataclass(frozen=True)
class DeliveryView:
    id: UUID
    topic: Topic
    object_id: str
    status: str
    state: str
    created: datetime
    attempts: int
    last_attempt: datetime | None
    outcome: str


def announce(*, organisation: UUID, topic: str, object_id: str, status: str) -> None:
    """In the transaction of the change itself. Every webhook of the organisation that asked for the topic is told, later."""
    wanted = Topic(topic)
    if not connection.in_atomic_block:
        raise OutsideTransactionError
    for webhook in Webhook.objects.filter(organisation_id=organisation, organisation__active=True, disabled=None):
        if wanted in webhook.topics.split():
            _record(webhook, wanted, object_id, status)


def add(*, organisation: UUID, address: str, topics: frozenset[Topic], by: Actor) -> NewWebhook:
    with transaction.atomic():
        require_keeper(by, organisation)
        owner = owner_of(organisation)
        outgoing.check_address(address)
        if not topics or Topic.TEST in topics:
            raise errors.NoTopicError
        if owner.webhooks.count() >= MOST_WEBHOOKS:
            raise errors.TooManyWebhooksError
        secret = PREFIX + secrets.token_urlsafe(32)
        sealed = fields.seal_secret(secret, fields.Kind.WEBHOOK)
        named = " ".join(sorted(topics))
        row = Webhook.objects.create(organisation=owner, address=address, topics=named, secret=sealed)
        audit.record(events.WEBHOOK_ADDED, by=by, object_type="webhook", object_id=row.id, details={"topics": named})
    return NewWebhook(row.id, secret)


def remove(*, webhook: UUID, by: Actor) -> None:
    """With the log of what it was told."""
    with transaction.atomic():
        row = _webhook(webhook, by)
        audit.record(events.WEBHOOK_REMOVED, by=by, object_type="webhook", object_id=row.id)
        row.delete()


def enable(*, webhook: UUID, by: Actor) -> None:
    """After it was ended because nothing arrived for long. What was missed meanwhile is not told afterwards."""
    with transaction.atomic():
        row = _webhook(webhook, by)
        row.disabled = row.failing_since = row.paused_until = None
        row.failures = 0
        row.save(update_fields=["disabled", "failing_since", "paused_until", "failures"])
        audit.record(events.WEBHOOK_ENABLED, by=by, object_type="webhook", object_id=row.id)


def send_test(*, webhook: UUID, by: Actor) -> None:
    """One telling about nothing, tried once and at once."""
    with transaction.atomic():
        row = _webhook(webhook, by)
        audit.record(events.WEBHOOK_TESTED, by=by, object_type="webhook", object_id=row.id)
        _record(row, Topic.TEST, str(row.id), "test")


def webhooks_of(organisation: UUID) -> tuple[WebhookView, ...]:
    return tuple(_view(row) for row in Webhook.objects.filter(organisation_id=organisation).order_by("-created"))


def log_of(webhook: UUID) -> tuple[DeliveryView, ...]:
    rows = WebhookDelivery.objects.filter(webhook_id=webhook).order_by("-created")[:LONGEST_LOG]
    return tuple(
        DeliveryView(
            id=row.id,
            topic=Topic(row.topic),
            object_id=row.object_id,
            status=row.status,
            state=row.state,
            created=row.created,
            attempts=row.attempts,
            last_attempt=row.last_attempt,
            outcome=row.outcome,
        )
        for row in rows
    )


def _record(webhook: Webhook, topic: Topic, object_id: str, status: str) -> None:
    row = WebhookDelivery.objects.create(webhook=webhook, topic=topic.value, object_id=object_id, status=status)
    jobs.record(DELIVER, row.id)


def _webhook(webhook: UUID, by: Actor) -> Webhook:
    row = Webhook.objects.select_for_update().filter(pk=webhook).first()
    if row is None:
        raise errors.UnknownWebhookError
    require_keeper(by, row.organisation_id)
    return row


def _view(row: Webhook) -> WebhookView:
    topics = tuple(Topic(topic) for topic in row.topics.split())
    return WebhookView(row.id, row.address, topics, row.created, row.failing_since, row.disabled)
