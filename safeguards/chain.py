"""How audit entries hang together: the canonical form of an entry and its digest. It reads and writes no database."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from safeguards.models import AuditEntry

START = b""
_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(slots=True)
class Entry:
    """An entry on its way in: an object of the model costs as much as the whole of the chaining."""

    sequence: int
    time: datetime
    actor_kind: str
    actor_id: str
    organisation: UUID | None
    roles: str
    strength: str
    request: str
    action: str
    object_type: str
    object_id: str
    details: dict[str, Any]
    previous: bytes = START
    digest: bytes = START


def canonical(entry: AuditEntry | Entry) -> bytes:
    """The entry as JSON with sorted keys and no spaces, in UTF-8, times in UTC with six decimals."""
    content = {
        "sequence": entry.sequence,
        "time": entry.time.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_kind": entry.actor_kind,
        "actor_id": entry.actor_id,
        "organisation": str(entry.organisation) if entry.organisation else None,
        "roles": entry.roles,
        "strength": entry.strength,
        "request": entry.request,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "details": entry.details,
    }
    return _ENCODE(content).encode()


def link(previous: bytes, entry: AuditEntry | Entry) -> bytes:
    """SHA-256 over the previous entry's digest and this entry."""
    return hashlib.sha256(previous + canonical(entry)).digest()
