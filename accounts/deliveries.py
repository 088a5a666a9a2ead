"""Carries one telling to its address, again and later where nothing arrives, and gives up in the end. It decides no content.

The call itself is outside any transaction: an address that does not answer must not hold a database. The next attempt is
recorded before it, so that a killed worker loses none; who is told twice recognises the number.
"""

import hashlib
import hmac
import json
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import events, outgoing
from accounts.models import Webhook, WebhookDelivery
from accounts.outgoing import Answer
from accounts.webhooks import DELIVER, Topic
from jobs import services as jobs
from safeguards import audit, fields
from safeguards.actors import system

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# After each failed attempt; after the last one it is given up.
PAUSES = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR)
MOST_ATTEMPTS = len(PAUSES) + 1
DISABLED_AFTER = timedelta(days=5)
KEEP = timedelta(days=30)
CHUNK = 1000

State = WebhookDelivery.State


def attempt(delivery: UUID) -> None:
    """In the transaction of its job: counts the attempt, asks for the next one, and calls when that is certain."""
    row = WebhookDelivery.objects.select_related("webhook__organisation").filter(pk=delivery, state=State.WAITING).first()
    if row is None:
        return
    now, webhook, once = timezone.now(), row.webhook, row.topic == Topic.TEST
    if not webhook.organisation.active or (webhook.disabled and not once):
        _give_up(row, "ended")
        return
    if webhook.paused_until and webhook.paused_until > now and not once:
        jobs.record(DELIVER, row.id, due=webhook.paused_until)
        return
    row.attempts += 1
    row.last_attempt = now
    row.save(update_fields=["attempts", "last_attempt"])
    if not once and row.attempts < MOST_ATTEMPTS:
        jobs.record(DELIVER, row.id, due=now + PAUSES[row.attempts - 1])
    transaction.on_commit(partial(_call, row))


def body_of(row: WebhookDelivery) -> bytes:
    members = {
        "id": str(row.id),
        "onderwerp": row.topic,
        "kenmerk": row.object_id,
        "status": row.status,
        "tijd": row.created.isoformat(timespec="seconds"),
    }
    return json.dumps(members, separators=(",", ":")).encode()


def signature(secret: str, moment: int, body: bytes) -> str:
    """Over the moment too, so that what was overheard cannot be told again later."""
    code = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={code}"


def forget_old() -> int:
    old = WebhookDelivery.objects.filter(created__lt=timezone.now() - KEEP).values_list("pk", flat=True)
    removed, _ = WebhookDelivery.objects.filter(pk__in=list(old[:CHUNK])).delete()
    return removed


def _call(row: WebhookDelivery) -> None:
    body, moment = body_of(row), int(timezone.now().timestamp())
    secret = fields.open_secret(row.webhook.secret, fields.Kind.WEBHOOK)
    headers = {"Baken-Delivery": str(row.id), "Baken-Signature": signature(secret, moment, body)}
    answer = outgoing.post(row.webhook.address, body=body, headers=headers)
    with transaction.atomic():
        _note(row.pk, answer)


def _note(delivery: UUID, answer: Answer) -> None:
    """Read again under a lock: several may be under way to one address, and it may have been removed meanwhile."""
    row = WebhookDelivery.objects.select_for_update().filter(pk=delivery).first()
    if row is None:
        return
    webhook = Webhook.objects.select_for_update().get(pk=row.webhook_id)
    row.outcome = answer.outcome
    if answer.arrived:
        row.state = State.DELIVERED
    elif row.topic == Topic.TEST or row.attempts >= MOST_ATTEMPTS:
        row.state = State.FAILED
    row.save(update_fields=["outcome", "state"])
    _note_health(webhook, arrived=answer.arrived)


def _note_health(webhook: Webhook, *, arrived: bool) -> None:
    """After a failure all tellings to the address wait: one that hangs must not keep a worker busy with each of them."""
    now = timezone.now()
    if arrived:
        webhook.failures, webhook.failing_since, webhook.paused_until = 0, None, None
    else:
        webhook.paused_until = now + PAUSES[min(webhook.failures, len(PAUSES) - 1)]
        webhook.failures += 1
        webhook.failing_since = webhook.failing_since or now
    if webhook.failing_since and webhook.failing_since < now - DISABLED_AFTER and not webhook.disabled:
        webhook.disabled = now
        audit.record(events.WEBHOOK_DISABLED, by=system(DELIVER), object_type="webhook", object_id=webhook.id)
    webhook.save(update_fields=["failures", "failing_since", "paused_until", "disabled"])


def _give_up(row: WebhookDelivery, outcome: str) -> None:
    row.state, row.outcome = State.FAILED, outcome
    row.save(update_fields=["state", "outcome"])
