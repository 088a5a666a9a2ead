"""Signed sheets as they lie with their statement: sealed on the way in, carried along by a correction, destroyed.

Each has a data key of its own: destroying it is the erasure. It opens none.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db.models import QuerySet

from consent.models import StatementDocument
from safeguards import data_keys, sealing
from safeguards.models import DataKey
from safeguards.places import Place

SCHEMA_VERSION = 1
PURPOSE = DataKey.Purpose.STATEMENT


@dataclass(frozen=True)
class Scan:
    """In memory only. What kind it is was told by its content, and that it hides no script was checked by who took it in."""

    type: str
    content: bytes = field(repr=False)


def keep(*, statement: UUID, organisation: UUID, scans: Sequence[Scan], confirmation: UUID | None = None) -> None:
    """Inside the transaction that stores the statement, or the confirmation to which the sheets belong."""
    belongs = {"statement_id": statement, "confirmation_id": confirmation, "schema_version": SCHEMA_VERSION}
    rows = [StatementDocument(id=uuid4(), **belongs) for _ in scans]
    for row, scan in zip(rows, scans, strict=True):
        key = sealing.fresh_key(row.id, PURPOSE)
        sealing.save_keys([key.row])
        row.blob = key.seal(to_bytes(scan), place_of(row.id, organisation))
    StatementDocument.objects.bulk_create(rows)


def carry_over(following: Mapping[UUID, UUID]) -> None:
    """What was signed stays with the statement that takes the place of another: only what the reporter says of it changes."""
    for row in StatementDocument.objects.filter(statement__in=following):
        StatementDocument.objects.filter(pk=row.pk).update(statement=following[row.statement_id])


def destroy(statements: Collection[UUID]) -> None:
    _destroy(StatementDocument.objects.filter(statement__in=statements))


def destroy_of_confirmation(confirmation: UUID) -> None:
    _destroy(StatementDocument.objects.filter(confirmation=confirmation))


def _destroy(rows: QuerySet[StatementDocument]) -> None:
    """The keys first: that is the erasure."""
    data_keys.destroy(rows.values_list("id", flat=True), [PURPOSE])
    rows.delete()


def to_bytes(scan: Scan) -> bytes:
    """The kind, a line end, the content."""
    facts = {"schema": SCHEMA_VERSION, "type": scan.type}
    return json.dumps(facts, separators=(",", ":")).encode() + b"\n" + scan.content


def from_bytes(content: bytes) -> Scan:
    head, _line_end, rest = content.partition(b"\n")
    return Scan(json.loads(head)["type"], rest)


def place_of(document: UUID, organisation: UUID) -> Place:
    return Place(table="consent_statementdocument", row=document, group="scan", organisation=organisation)
