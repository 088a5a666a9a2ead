"""Rows of a file on their way between jobs: compact, and under the draft key of their batch. It knows no report."""

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from intake.batches.parsing import Row
from intake.errors import WrongStateError
from intake.models.batch import Batch, BatchChunk
from intake.notifications.inputs import Problem
from safeguards import bulk, drafts
from safeguards.drafts import Draft
from safeguards.places import Place

_FASTEST = 1
_COLUMNS = ("id", "batch_id", "number", "rows", "checked", "wrong", "content")
Packed = tuple[UUID, int, bytes]


def pack(rows: Sequence[Row], batch: Batch, draft: Draft) -> Packed:
    """The rows as they are kept: an id, how many, and the encrypted content."""
    identifier = uuid4()
    content = zlib.compress(json.dumps([_as_json(row) for row in rows], separators=(",", ":")).encode(), _FASTEST)
    return identifier, len(rows), draft.encrypt(content, _place(identifier, batch.organisation_id))


def save(packed: Iterable[Packed], batch: Batch) -> None:
    values: Iterable[tuple[Any, ...]] = (
        (identifier, batch.id, number, rows, False, [], content) for number, (identifier, rows, content) in enumerate(packed)
    )
    bulk.insert(BatchChunk, _COLUMNS, values)


def unpack(chunk: BatchChunk, organisation: UUID) -> list[Row]:
    draft = drafts.find(chunk.batch_id)
    if draft is None:
        raise WrongStateError("The rows of this delivery are gone.")
    content = zlib.decompress(draft.decrypt(chunk.content, _place(chunk.id, organisation)))
    return [_row(*values) for values in json.loads(content)]


def _as_json(row: Row) -> tuple[Any, ...]:
    return row.number, row.cells, row.document, [(problem.field, problem.code) for problem in row.problems]


def _row(number: int, cells: dict[str, str] | None, document: object, problems: Iterable[tuple[str, str]]) -> Row:
    return Row(number, cells, document, tuple([Problem(field, code) for field, code in problems]))


def _place(chunk: UUID, organisation: UUID) -> Place:
    return Place(table="intake_batchchunk", row=chunk, group="content", organisation=organisation)
