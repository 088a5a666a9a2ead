"""Refusals in the audit trail: the trail of an attack, without letting the attacker fill it. It refuses nothing itself."""

from django.db import transaction

from accounts import events, limits
from accounts.roles import Permission
from safeguards import audit
from safeguards.actors import Actor

# Enough to see that it happens and when it began; whoever knocks more often adds nothing to the picture.
EACH, ALL, WINDOW = 5, 200, 600


def note_missing(permission: Permission, by: Actor) -> None:
    """Somebody known asked for what their role does not allow."""
    note(events.PERMISSION_REFUSED, reason=permission.value, object_type=by.kind, object_id=by.id, by=by)


def note(action: str, *, reason: str, object_type: str, object_id: str, by: Actor) -> None:
    """Never what was sent: the reason is a code of ours, and the object is one that exists."""
    if not limits.within(action, f"{object_id} {reason}", most=EACH, seconds=WINDOW):
        return
    if not limits.within(action, "all", most=ALL, seconds=WINDOW):
        return
    with transaction.atomic():
        audit.record(action, by=by, object_type=object_type, object_id=object_id, details={"reason": reason})
