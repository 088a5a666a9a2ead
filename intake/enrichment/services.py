"""Takes deliveries of the feeds in: EMM records of victims and OM letters. They enrich; none of them is ever a report."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import webhooks
from accounts.reporters import Source
from accounts.webhooks import Topic
from intake import events
from intake.enrichment import provenances, tables
from intake.enrichment.deliveries import Line, number_of_lines, read_lines
from intake.enrichment.envelopes import Envelope, Origin, Role
from intake.enrichment.selectors import STATUSES
from intake.errors import UnknownBatchError, UnreadableFileError
from intake.models.batch import Batch, BatchError
from intake.notifications import endings, policies, restrictions, storing, texts
from intake.notifications.inputs import Problem
from intake.notifications.judging import CHANGED, NEW, UNCHANGED, Sending, Sorted, judge_all
from intake.notifications.policies import Reporter
from jobs import services as jobs
from safeguards import audit, drafts
from safeguards.actors import Actor
from safeguards.places import Place

JOB = "intake.delivery"
LINK_JOB = "intake.link"
REMOVE_JOB = "intake.outcomes"
COUNTS = ("rows", "new", "unchanged", "changed", "not_victims", "taken_back", "removed", "skipped", "errors")
MOST_LINES = 10_000
LARGEST_DELIVERY = 16 * 1024 * 1024
KEPT_ERRORS = 1_000


@dataclass(frozen=True)
class Delivery:
    """What became of a delivery's records."""

    batch: UUID
    rows: int
    new: int
    unchanged: int
    changed: int
    not_victims: int
    taken_back: int
    removed: int
    skipped: int
    errors: int


@dataclass(frozen=True)
class _Row:
    line: int
    verdict: Sorted | tuple[Problem, ...]
    origin: Origin = field(default_factory=Origin)

    @property
    def skipped(self) -> bool:
        """Erased at a person's request before; the feed need not know of it for its next delivery to be right."""
        return self.verdict == (endings.ERASED,)

    @property
    def contribution(self) -> UUID:
        """Of a row without problems."""
        if not isinstance(self.verdict, Sorted):
            raise LookupError("a row with problems is no contribution")
        return self.verdict.entry.contribution


def deliver(*, lines: bytes, organisation: UUID, by: Actor) -> Delivery:
    """A whole delivery at once: records that break a rule are refused by line, the others stored."""
    policies.check_may_deliver(organisation, by)
    _check_size(lines)
    with transaction.atomic():
        feed = policies.locked_feed(organisation)
        batch = Batch(id=uuid4(), organisation_id=organisation, kind=feed.source, submitted_by=by.id)
        batch.save(force_insert=True)
        return _store(batch, list(_read(lines, feed.source)), feed, by)


def receive(*, lines: bytes, organisation: UUID, by: Actor) -> UUID:
    """As deliver, for a process that has no key for row digests: kept under a draft key, stored by a job."""
    policies.check_may_deliver(organisation, by)
    _check_size(lines)
    with transaction.atomic():
        feed = policies.locked_feed(organisation)
        batch = Batch(id=uuid4(), organisation_id=organisation, kind=feed.source, submitted_by=by.id)
        batch.content = drafts.encrypt(lines, _place(batch))
        batch.save(force_insert=True)
        audit.record(events.BATCH_RECEIVED, by=by, object_type="batch", object_id=batch.id)
        jobs.record(JOB, batch.id)
    return batch.id


def store_received(*, batch: UUID, by: Actor) -> None:
    """The job's part of receive; a delivery that is stored already is left as it is."""
    with transaction.atomic():
        row = Batch.objects.select_for_update(no_key=True).filter(id=batch, kind__in=(Batch.Kind.EMM, Batch.Kind.OM)).first()
        if row is None:
            raise UnknownBatchError
        policies.check_may_deliver(row.organisation_id, by)
        if row.state != Batch.State.RECEIVED or row.content is None:
            return
        feed = policies.locked_feed(row.organisation_id)
        try:
            lines = list(_read(drafts.decrypt(row.content, _place(row)), feed.source))
        except UnreadableFileError as error:
            _refuse(row, error, by)
        else:
            _store(row, lines, feed, by)
        drafts.destroy(row.id)
        told = STATUSES[Batch.State(row.state)]
        webhooks.announce(organisation=row.organisation_id, topic=Topic.DELIVERY, object_id=str(row.id), status=told)


def _check_size(lines: bytes) -> None:
    """Before it is kept: a job that finds it too large could tell nobody."""
    if len(lines) > LARGEST_DELIVERY:
        raise UnreadableFileError("too-large")
    if number_of_lines(lines) > MOST_LINES + tables.is_table(lines):
        raise UnreadableFileError("too-many-rows")


def _refuse(batch: Batch, error: UnreadableFileError, by: Actor) -> None:
    """The file as a whole cannot be read: whoever sent it is told why, and nothing of it is left."""
    BatchError.objects.create(batch=batch, row=error.row, code=error.code)
    batch.state, batch.finished, batch.content = Batch.State.REFUSED, timezone.now(), None
    batch.save()
    audit.record(events.BATCH_REFUSED, by=by, object_type="batch", object_id=batch.id, details={"code": error.code})


def _store(batch: Batch, read: Iterable[Line], feed: Reporter, by: Actor) -> Delivery:
    lines = list(_without_repeats(read))
    gone, resting = storing.let_go([texts.clean(envelope.key) for envelope in _undone(lines)], feed)
    lines = [_unless_restricted(line, resting) for line in lines]
    rows = _judged(lines, feed)
    kept = [row for row in rows if isinstance(row.verdict, Sorted)]
    _write([row.verdict for row in kept if isinstance(row.verdict, Sorted)], feed, batch.id)
    moved = provenances.store({row.contribution: row.origin for row in kept}, delivery=batch.id)
    batch.removed = len(gone)
    _count(batch, lines, rows)
    audit.record_many([*_events(kept, moved), *_undoings(gone), _delivered(batch)], by=by)
    if batch.new or batch.changed:
        jobs.record(LINK_JOB, key=LINK_JOB)
    if gone:
        jobs.record(REMOVE_JOB)
    return Delivery(batch=batch.id, **_counts(batch))


def _read(content: bytes, source: Source) -> Iterator[Line]:
    return tables.read_rows(content, source) if tables.is_table(content) else read_lines(content, source)


def _without_repeats(lines: Iterable[Line]) -> Iterator[Line]:
    """A key stands once in a delivery, whatever its role: which of two is meant nobody can tell."""
    seen: set[str] = set()
    for line in lines:
        if line.record is None:
            yield line
        elif (key := texts.clean(line.record.envelope.key)) in seen:
            yield Line(line.number, None, (Problem("own_reference", "twice-in-file"),))
        else:
            seen.add(key)
            yield line


def _unless_restricted(line: Line, resting: Collection[str]) -> Line:
    """The feed hears of it, and takes the record back again when the restriction is over."""
    if line.record is None or line.record.envelope.kept or texts.clean(line.record.envelope.key) not in resting:
        return line
    return Line(line.number, None, (restrictions.RESTRICTED,))


def _undone(lines: Sequence[Line]) -> list[Envelope]:
    """Of another role than victim, or not stood by any more: counted, not kept."""
    return [line.record.envelope for line in lines if line.record and not line.record.envelope.kept]


def _judged(lines: Sequence[Line], feed: Reporter) -> list[_Row]:
    victims = [(line.number, line.record) for line in lines if line.record and line.record.envelope.kept]
    verdicts = judge_all([record.notification() for _, record in victims], feed, Sending())
    unreadable = [_Row(line.number, line.problems) for line in lines if line.problems]
    judged = zip(victims, verdicts, strict=True)
    return unreadable + [_Row(number, verdict, record.envelope.origin) for (number, record), verdict in judged]


def _write(items: Sequence[Sorted], feed: Reporter, batch: UUID) -> None:
    storing.store_new([item.entry for item in items if item.outcome == NEW], feed, batch=batch)
    if changed := [item.entry for item in items if item.outcome == CHANGED]:
        restrictions.hold([entry.contribution for entry in changed])
        storing.replace(changed, feed)


def _count(batch: Batch, lines: Sequence[Line], rows: Sequence[_Row]) -> None:
    errors = [
        BatchError(batch=batch, row=row.line, column=problem.field, code=problem.code)
        for row in rows
        if not isinstance(row.verdict, Sorted) and not row.skipped
        for problem in row.verdict
    ]
    BatchError.objects.bulk_create(errors[:KEPT_ERRORS])
    outcomes = Counter(row.verdict.outcome for row in rows if isinstance(row.verdict, Sorted))
    batch.new, batch.unchanged, batch.changed = (outcomes[outcome] for outcome in (NEW, UNCHANGED, CHANGED))
    undone = _undone(lines)
    batch.rows = batch.stored_rows = len(lines)
    batch.skipped = sum(row.skipped for row in rows)
    batch.errors = len(rows) - outcomes.total() - batch.skipped
    batch.not_victims = sum(envelope.role is not Role.VICTIM for envelope in undone)
    batch.taken_back = len(undone) - batch.not_victims
    batch.state, batch.finished, batch.content = Batch.State.STORED, timezone.now(), None
    batch.save()


def _delivered(batch: Batch) -> audit.Event:
    return audit.Event(events.FEED_DELIVERED, "batch", batch.id, _counts(batch))


def _counts(batch: Batch) -> dict[str, int]:
    return {name: getattr(batch, name) for name in COUNTS}


def _events(kept: Sequence[_Row], moved: Collection[UUID]) -> Iterator[audit.Event]:
    actions = {NEW: events.FEED_RECORD_STORED, CHANGED: events.FEED_RECORD_REPLACED}
    for row in kept:
        if isinstance(row.verdict, Sorted) and (action := actions.get(row.verdict.outcome)):
            yield audit.Event(action, "contribution", row.contribution)
        elif row.contribution in moved:
            yield audit.Event(events.FEED_RECORD_MOVED, "contribution", row.contribution)


def _undoings(gone: Sequence[UUID]) -> Iterator[audit.Event]:
    return (audit.Event(events.FEED_RECORD_UNDONE, "contribution", contribution) for contribution in gone)


def _place(batch: Batch) -> Place:
    return Place(table="intake_batch", row=batch.id, group="content", organisation=batch.organisation_id)
