"""What happened with an organisation's systems, from the audit trail: who, when, what. Nothing of others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import ApiToken, Membership, SystemClient, Webhook
from safeguards.models import AuditEntry

LONGEST = 50
TYPES = ("client", "token", "webhook")


@dataclass(frozen=True)
class HistoryLine:
    """who is empty where it was not one of the organisation's own users."""

    moment: datetime
    action: str
    what: str
    who: str
    reason: str


def history_of(organisation: UUID) -> tuple[HistoryLine, ...]:
    names = _names(organisation)
    entries = AuditEntry.objects.filter(object_type__in=TYPES, object_id__in=list(names)).order_by("-sequence")[:LONGEST]
    own = {
        str(one.user_id): str(one.user)
        for one in Membership.objects.filter(organisation_id=organisation).select_related("user")
    }
    return tuple(
        HistoryLine(
            moment=entry.time,
            action=entry.action,
            what=names[entry.object_id],
            who=own.get(entry.actor_id, "") if entry.actor_kind == "user" else names.get(entry.actor_id, ""),
            reason=str(entry.details.get("reason", "")),
        )
        for entry in entries
    )


def _names(organisation: UUID) -> dict[str, str]:
    clients = SystemClient.objects.filter(organisation_id=organisation).values_list("id", "name")
    tokens = ApiToken.objects.filter(organisation_id=organisation, key=None).values_list("id", "name")
    webhooks = Webhook.objects.filter(organisation_id=organisation).values_list("id", "address")
    return {str(number): name for rows in (clients, tokens, webhooks) for number, name in rows}
