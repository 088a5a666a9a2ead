"""The audit trail: who did what, when and why, chained by hash, in the transaction of the act itself. Never a value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from safeguards import bulk, chain
from safeguards.actors import Actor
from safeguards.chain import Entry
from safeguards.errors import AuditError
from safeguards.models import AuditEntry, AuditHead

Detail = str | int | bool | None
LONGEST_DETAIL = 200

# Plain SQL: this runs in every transaction under the one lock, and the ORM would hold it six times as long.
COLUMNS = tuple(field.attname for field in AuditEntry._meta.concrete_fields)
READ_HEAD = f"SELECT sequence, digest FROM {AuditHead._meta.db_table} WHERE id = 1"  # noqa: S608
MOVE_HEAD = f"UPDATE {AuditHead._meta.db_table} SET sequence = %s, digest = %s WHERE id = 1"  # noqa: S608


@dataclass(frozen=True)
class Event:
    """What happened to what; details are codes, counts and reasons."""

    action: str
    object_type: str = ""
    object_id: str | UUID = ""
    details: Mapping[str, Detail] = field(default_factory=dict)


def record(
    action: str,
    *,
    by: Actor,
    object_type: str = "",
    object_id: str | UUID = "",
    details: Mapping[str, Detail] | None = None,
) -> None:
    record_many([Event(action, object_type, object_id, details or {})], by=by)


def record_many(events: Iterable[Event], *, by: Actor) -> None:
    """One block under one lock; the lock is held until the transaction ends, so that the chain has one order."""
    written = list(events)
    if not connection.in_atomic_block:
        raise AuditError("An audit entry is written in the transaction of the act it records; open one first.")
    if not written:
        return
    with connection.cursor() as cursor:
        sequence, digest = _locked_head(cursor)
        entries = _chained(written, by, sequence, digest)
        bulk.insert(AuditEntry, COLUMNS, map(attrgetter(*COLUMNS), entries))
        cursor.execute(MOVE_HEAD, [entries[-1].sequence, entries[-1].digest])


def _locked_head(cursor: CursorWrapper) -> tuple[int, bytes]:
    """The head row, locked. Only an empty trail may be without one."""
    row = _read_head(cursor)
    if row is None:
        if not AuditEntry.objects.exists():
            AuditHead.objects.bulk_create([AuditHead()], ignore_conflicts=True)
        row = _read_head(cursor)
    if row is None:
        raise AuditError("The head of the audit trail is gone; run manage.py verify_audit and restore it from a backup.")
    return row


def _read_head(cursor: CursorWrapper) -> tuple[int, bytes] | None:
    cursor.execute(READ_HEAD + (" FOR UPDATE" if connection.features.has_select_for_update else ""))
    row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else None


def _chained(events: Sequence[Event], by: Actor, sequence: int, previous: bytes) -> list[Entry]:
    now, roles, entries = timezone.now(), ",".join(by.roles), []
    for number, event in enumerate(events, start=sequence + 1):
        entry = _entry(number, event, by, now, roles)
        entry.previous = previous
        previous = entry.digest = chain.link(previous, entry)
        entries.append(entry)
    return entries


def _entry(sequence: int, event: Event, by: Actor, now: datetime, roles: str) -> Entry:
    return Entry(
        sequence=sequence,
        time=now,
        actor_kind=by.kind,
        actor_id=by.id,
        organisation=by.organisation,
        roles=roles,
        strength=by.strength,
        request=by.request,
        action=event.action,
        object_type=event.object_type,
        object_id=str(event.object_id),
        details=_checked(event) if event.details else {},
    )


def _checked(event: Event) -> dict[str, Detail]:
    for name, value in event.details.items():
        if not isinstance(value, str | int | bool | None):
            raise AuditError(f"The detail {name} of {event.action} is neither a code, a count nor a yes or no.")
        if isinstance(value, str) and len(value) > LONGEST_DETAIL:
            raise AuditError(f"The detail {name} of {event.action} is too long for a code or a reason.")
    return dict(event.details)
