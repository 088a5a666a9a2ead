"""The first step of a dry run: the upload is read once, row by row, and laid away in chunks. It judges no row.

All of it is read and encrypted before the transaction; what is held meanwhile are the encrypted chunks and the references.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from intake.batches import chunks, parsing, steps, uploads, validation
from intake.batches.chunks import Packed
from intake.batches.parsing import Row
from intake.batches.workflow import State
from intake.errors import UnreadableFileError, WrongStateError
from intake.models.batch import Batch, BatchChunk, UploadPart
from intake.notifications import texts
from intake.notifications.inputs import Problem
from jobs import services as jobs
from safeguards import drafts
from safeguards.actors import Actor

CHECK_JOB = "intake.batch-check"
ROWS = 1_000
# Bytes of the rows in one chunk, as JSON: a thousand usual rows take a fifth of it, rows that are full of text close it early.
LARGEST_CHUNK = 4 * 1024 * 1024
# Of a file within the limits of reading the chunks take a few megabytes; one that is made to take more is refused.
LARGEST = 64 * 1024 * 1024
_TWICE = (Problem("own_reference", "twice-in-file"),)


@dataclass
class _Found:
    """What became of the upload: its chunks and what it was taken for, or why it cannot be read."""

    chunks: list[Packed] = field(default_factory=list)
    understood: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None


def split(*, batch: UUID, by: Actor) -> Callable[[], None]:
    """Reads; returns what writes."""
    row = Batch.objects.filter(id=batch, kind=Batch.Kind.REPORTS, state=State.RECEIVED).first()
    if row is None or BatchChunk.objects.filter(batch=row).exists():
        return lambda: None
    return partial(_write, batch, _read(row), by)


def _read(batch: Batch) -> _Found:
    found = _Found()
    draft = drafts.find(batch.id)
    if draft is None:
        raise WrongStateError("The upload of this delivery is gone.")
    try:
        with closing(parsing.rows_of(uploads.parts(batch), understood=partial(_understood, found))) as rows:
            for chunk in _chunked(_without_repeats(rows)):
                found.chunks.append(chunks.pack(chunk, batch, draft))
                _check_size(found.chunks)
    except UnreadableFileError as error:
        found.chunks, found.problem = [], Problem(error.place, error.code, error.row)
    if not found.chunks and found.problem is None:
        found.problem = Problem("", "empty")
    return found


def _write(batch: UUID, found: _Found, by: Actor) -> None:
    row = steps.locked(batch, by)
    if row.state != State.RECEIVED or BatchChunk.objects.filter(batch=row).exists():
        return
    for name, value in found.understood.items():
        setattr(row, name, value)
    if found.problem is not None:
        steps.keep_errors(row, [found.problem])
        steps.close(row, State.REFUSED, by)
        return
    chunks.save(found.chunks, row)
    UploadPart.objects.filter(batch=row).delete()
    row.rows = sum(rows for _, rows, _ in found.chunks)
    row.save()
    for identifier, _, _ in found.chunks:
        jobs.record(CHECK_JOB, identifier)


def _understood(found: _Found, said: object) -> None:
    found.understood = {name: getattr(said, name) for name in ("format", "encoding", "delimiter")}


def _chunked(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Withdrawals lie apart from reports: each kind is stored by a job of its own, which locks rows in one order."""
    waiting: dict[bool, list[Row]] = {False: [], True: []}
    sizes = {False: 0, True: 0}
    for row in rows:
        kind = validation.withdraws(row)
        waiting[kind].append(row)
        sizes[kind] += row.size
        if len(waiting[kind]) == ROWS or sizes[kind] >= LARGEST_CHUNK:
            yield waiting[kind]
            waiting[kind], sizes[kind] = [], 0
    yield from (chunk for chunk in waiting.values() if chunk)


def _without_repeats(rows: Iterable[Row]) -> Iterator[Row]:
    """The own reference stands in one row of the file: of two, which holds nobody can say. A longer one is wrong anyway."""
    seen: set[str] = set()
    for row in rows:
        reference = validation.own_reference(row)
        if reference and reference in seen:
            yield replace(row, problems=(*row.problems, *validation.place(_TWICE, row.number, row.cells is None)))
        else:
            if len(reference) <= texts.REFERENCE.limit:
                seen.add(reference)
            yield row


def _check_size(packed: list[Packed]) -> None:
    if sum(len(content) for _, _, content in packed) > LARGEST:
        raise UnreadableFileError("too-large")
