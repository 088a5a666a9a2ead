"""Walks the audit trail from its first entry and says where it breaks. It repairs nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Max, Min

from safeguards import chain, checkpoints, immutability
from safeguards.checkpoints import Checkpoint
from safeguards.errors import SafeguardError
from safeguards.models import AuditEntry, AuditHead

AT_ONCE = 2000
# A mark is due every ten minutes, so a trail that went on for longer without one lost its marks or its signer.
LONGEST_UNMARKED = timedelta(minutes=30)


@dataclass(frozen=True)
class Break:
    """sequence is the first bad entry; 0 where the trail as a whole is concerned."""

    sequence: int
    problem: str


@dataclass(frozen=True)
class Verification:
    entries: int
    checkpoints: int
    breaks: tuple[Break, ...]


@dataclass
class _Walk:
    """Where the walk is: the last good entry."""

    sequence: int = 0
    digest: bytes = chain.START


def verify() -> Verification:
    """The first break of the chain, then whatever is wrong around it. Writers may go on meanwhile."""
    marks, around = _checkpoints()
    before, walk = _head(), _Walk()
    breaks = [*_first_break(walk, {mark.sequence: mark for mark in marks}, before)]
    if not breaks:
        breaks += [*_end(walk, before, _head(), marks), *_unmarked(marks)]
    return Verification(walk.sequence, len(marks), (*breaks, *around, *_triggers()))


def _first_break(walk: _Walk, marks: Mapping[int, Checkpoint], head: AuditHead | None) -> Iterator[Break]:
    last_good_mark = 0
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=AT_ONCE):
        if problem := _problem(walk, entry):
            yield problem
            return
        walk.sequence, walk.digest = entry.sequence, bytes(entry.digest)
        if mark := marks.get(entry.sequence):
            if mark.digest != walk.digest:
                yield Break(last_good_mark + 1, f"was rewritten, or one up to {mark.sequence}: {_says(mark)} otherwise")
                return
            last_good_mark = mark.sequence
        if head and entry.sequence == head.sequence and walk.digest != bytes(head.digest):
            yield Break(entry.sequence, "is not the one that the head names")
            return


def _problem(walk: _Walk, entry: AuditEntry) -> Break | None:
    expected = walk.sequence + 1
    if entry.sequence != expected:
        return Break(expected, "is missing")
    if bytes(entry.previous) != walk.digest:
        return Break(expected, "does not follow the one before it")
    if chain.link(walk.digest, entry) != bytes(entry.digest):
        return Break(expected, "was changed")
    return None


def _end(walk: _Walk, before: AuditHead | None, after: AuditHead | None, marks: list[Checkpoint]) -> Iterator[Break]:
    """What the chain itself cannot show: entries cut from its end or added behind its head."""
    if before is None or after is None:
        if walk.sequence:
            yield Break(0, "The head of the trail is gone.")
    elif before.sequence > walk.sequence:
        yield Break(walk.sequence + 1, f"is missing: the trail has {before.sequence} entries by its head")
    elif after.sequence < walk.sequence:
        yield Break(after.sequence + 1, "was added behind the head")
    for mark in marks:
        if mark.sequence > walk.sequence:
            yield Break(walk.sequence + 1, f"is missing: {_says(mark)} that the trail had {mark.sequence} entries")
            return


def _unmarked(marks: list[Checkpoint]) -> Iterator[Break]:
    """Who rewrites the trail and cuts the file of marks short holds no key, but leaves the rest of the trail without marks."""
    newest = max((mark.sequence for mark in marks), default=0)
    times = AuditEntry.objects.filter(sequence__gt=newest).aggregate(first=Min("time"), last=Max("time"))
    if times["first"] and times["last"] - times["first"] > LONGEST_UNMARKED:
        yield Break(
            newest + 1, "is the first of more than half an hour without a checkpoint: some are lost, or nothing signs them"
        )


def _says(mark: Checkpoint) -> str:
    return f"the checkpoint signed at {mark.time.isoformat(timespec='seconds')} says"


def _head() -> AuditHead | None:
    return AuditHead.objects.filter(id=1).first()


def _checkpoints() -> tuple[list[Checkpoint], list[Break]]:
    try:
        return checkpoints.read(), []
    except SafeguardError as error:
        return [], [Break(0, str(error))]


def _triggers() -> Iterator[Break]:
    missing = immutability.missing_triggers(connection, AuditEntry._meta.db_table)
    if missing:
        yield Break(0, f"The database no longer refuses changes to the trail; missing: {', '.join(missing)}.")
