"""Puts judged inputs beside what the organisation sent before: new, unchanged, changed, or a row that it may not change.

It reads the own organisation's rows by the digest of the own reference, never by a person. It stores nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from consent import gate
from intake.models.contribution import Contribution
from intake.models.stub import Stub
from intake.notifications import cleaning, consents, endings, restrictions, rules, signals, storing
from intake.notifications.endings import Ended
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.policies import Reporter
from intake.notifications.storing import Entry
from intake.notifications.workflow import State
from safeguards import blind_index, ids
from safeguards.blind_index import Digest

NEW, UNCHANGED, CHANGED = "new", "unchanged", "changed"
# What is only tried out is stored in no row.
_NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Earlier:
    """An earlier sending under the same own reference. A signal cannot change; consent that came later is a new report.

    So is what comes again under the own reference of a withdrawn report, where nothing keeps it out (endings); the same form
    posted again is not.

    kept is its statement of consent, where it needed one. What is restricted is not changed until that ends.
    """

    id: UUID
    reference: str
    state: str
    row_digest: bytes | None
    kept: gate.Standing | None = None
    restricted: bool = False

    @property
    def here(self) -> bool:
        return self.state not in (State.SIGNAL, State.WITHDRAWN)

    @property
    def without_consent(self) -> bool:
        """It is still here, and about to go."""
        return self.kept is not None and self.kept.ended


@dataclass(frozen=True)
class Before:
    """What the organisation sent under these own references, and what ended there for good."""

    sent: Mapping[bytes, Earlier] = field(default_factory=dict)
    ended: Mapping[bytes, Ended] = field(default_factory=dict)

    def earlier(self, known_as: Sequence[bytes]) -> Earlier | None:
        return next((self.sent[digest] for digest in known_as if digest in self.sent), None) if self.sent else None

    def ending(self, known_as: Sequence[bytes]) -> Ended | None:
        found = [self.ended[digest] for digest in known_as if digest in self.ended] if self.ended else []
        return max(found, key=lambda ended: ended.weight) if found else None


@dataclass(frozen=True)
class Sorted:
    """A judged input beside what is already here under the same own reference."""

    notification: NotificationInput
    way: State
    entry: Entry
    known_as: tuple[bytes, ...]
    contents: tuple[bytes, ...]
    earlier: Earlier | None = None
    unanswered: gate.Unanswered | None = None

    def sealed_as(self, entry: Entry) -> "Sorted":
        """As storing.Entry.sealed_as."""
        return Sorted(self.notification, self.way, entry, self.known_as, self.contents, self.earlier, self.unanswered)

    @property
    def outcome(self) -> str:
        if self.earlier is None:
            return NEW
        if self.earlier.state == State.WITHDRAWN:
            return NEW if self.notification.identity.own_reference else UNCHANGED
        if self.earlier.state == State.SIGNAL:
            return UNCHANGED if self.way is State.SIGNAL else NEW
        if self.way is State.SIGNAL:
            return UNCHANGED if self.earlier.without_consent else CHANGED
        return UNCHANGED if self.earlier.row_digest in self.contents and not self.earlier.without_consent else CHANGED


Judged = Sorted | tuple[Problem, ...]


@dataclass(frozen=True)
class Sending:
    """How this channel knows a second sending: a file by the content of its rows, a form or API client by its attempt."""

    attempt: str | None = None
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def _row_digester(self) -> blind_index.Digester:
        return blind_index.Digester(Digest.ROW)

    def reference(self, notification: NotificationInput) -> str:
        if own := notification.identity.own_reference:
            return storing.named(own)
        return f"attempt:{self.attempt}" if self.attempt else ""

    def contents(self, notification: NotificationInput) -> tuple[bytes, ...]:
        if self.attempt is None:
            return self._row_digester(storing.content_of(notification))
        return storing.attempt_digests(notification, self.attempt)


def judge_all(notifications: Sequence[NotificationInput], reporter: Reporter, sending: Sending) -> list[Judged]:
    judged = judge_each(notifications, reporter, sending)
    return put_beside(judged, before(judged, reporter))


def preview_all(notifications: Sequence[NotificationInput], reporter: Reporter) -> list[Judged]:
    """As judge_all for a file, by who stores nothing: only where a row was here before it is digested what it says now."""
    sending, known_as = Sending(), storing.OwnReferences(reporter.organisation)
    judged = [_judge(notification, reporter, sending, known_as, digested=False) for notification in notifications]
    known = before(judged, reporter)
    return put_beside([_digested(item, known, sending) for item in judged], known)


def judge_each(notifications: Sequence[NotificationInput], reporter: Reporter, sending: Sending) -> list[Judged]:
    """By the rules alone: what is here already is not looked at."""
    known_as = storing.OwnReferences(reporter.organisation)
    return [_judge(notification, reporter, sending, known_as) for notification in notifications]


def before(judged: Sequence[Judged], reporter: Reporter) -> Before:
    return _before([digest for item in judged if isinstance(item, Sorted) for digest in item.known_as], reporter)


def put_beside(judged: Sequence[Judged], known: Before) -> list[Judged]:
    seen: set[bytes] = set()
    return [_beside(item, known, seen) for item in judged]


def judge_correction(
    notification: NotificationInput, reporter: Reporter, attempt: str, row: Contribution, kept: gate.Standing | None
) -> Sorted | tuple[Problem, ...]:
    """An input in the place of a locked report that is known by its receipt. Its own reference stays.

    Else what is kept out under it later would be kept out under the last one alone. One that had none may be given one.
    """
    item = _judge(notification, reporter, Sending(attempt), storing.OwnReferences(reporter.organisation))
    if not isinstance(item, Sorted):
        return item
    known_as = _bytes(row.own_reference_digest)
    known = _before([*item.known_as, known_as or b""], reporter)
    without = row.without_own_reference
    if item.notification.identity.own_reference and known_as not in item.known_as:
        if known_as and not without:
            return (Problem("own_reference", "has-another"),)
        if known.earlier(item.known_as):
            return (Problem("own_reference", "already-used"),)
        known_as, without = item.entry.own_reference_digest, False
    entry = replace(
        item.entry,
        contribution=row.id,
        own_reference_digest=known_as,
        row_digest=_bytes(row.row_digest),
        correction_digest=item.entry.row_digest,
        without_own_reference=without,
    )
    again = replace(item, entry=entry, earlier=Earlier(row.id, row.reference, row.state, _bytes(row.correction_digest), kept))
    return _kept_out(again, known.ending([*item.known_as, known_as or b""])) or again


def _judge(
    notification: NotificationInput,
    reporter: Reporter,
    sending: Sending,
    own_references: storing.OwnReferences,
    *,
    digested: bool = True,
) -> Judged:
    notification = cleaning.clean(notification)
    judgement = rules.judge(notification, reporter, today=sending.today)
    if judgement.problems:
        return judgement.problems
    unanswered = None
    if judgement.way is State.SIGNAL:
        unanswered = consents.unanswered(notification.date, notification.consent, reporter)
        notification = signals.coarse(notification)
    known_as = own_references.digests(sending.reference(notification))
    contents = sending.contents(notification) if digested else ()
    entry = Entry(
        contribution=ids.ordered() if digested else _NOWHERE,
        notification=notification,
        legal_basis=judgement.basis.kind == consents.STATUTORY,
        held=judgement.way is State.HELD,
        own_reference_digest=known_as[-1] if known_as else None,
        row_digest=contents[-1] if contents else None,
        without_own_reference=not notification.identity.own_reference,
    )
    return Sorted(notification, judgement.way, entry, known_as, contents, unanswered=unanswered)


def _digested(item: Judged, known: Before, sending: Sending) -> Judged:
    if not isinstance(item, Sorted) or known.earlier(item.known_as) is None:
        return item
    return replace(item, contents=sending.contents(item.notification))


def _beside(item: Judged, known: Before, seen: set[bytes]) -> Judged:
    """The same own reference twice in one file is an error."""
    if not isinstance(item, Sorted) or (digest := item.entry.own_reference_digest) is None:
        return item
    if digest in seen:
        return (Problem("own_reference", "twice-in-file"),)
    seen.add(digest)
    if (found := known.earlier(item.known_as)) is not None:
        entry = replace(item.entry, contribution=found.id) if found.here else item.entry
        item = replace(item, earlier=found, entry=entry)
    return _kept_out(item, known.ending(item.known_as)) or item


def _kept_out(item: Sorted, ended: Ended | None) -> tuple[Problem, ...]:
    """What ended for good does not come back, and consent that was decided is not said anew."""
    if item.outcome == UNCHANGED:
        return ()
    if problem := endings.problem(ended, item.notification, item.way):
        return (problem,)
    if item.outcome == CHANGED and item.earlier and item.earlier.restricted:
        return (restrictions.RESTRICTED,)
    kept = item.earlier.kept if item.earlier else None
    if item.outcome == CHANGED and (code := consents.correction_problem(kept, item.notification, item.way)):
        return (Problem("answer", code),)
    return ()


def _before(digests: Sequence[bytes], reporter: Reporter) -> Before:
    """The rows are read first: what goes meanwhile leaves its stub and its ending in the transaction in which it goes."""
    if not digests:
        return Before()
    known = {"organisation": reporter.organisation, "own_reference_digest__any_of": frozenset(digests)}
    columns = ("own_reference_digest", "id", "reference", "state")
    rows = list(Contribution.objects.filter(**known).values_list(*columns, "row_digest", "legal_basis"))
    kept = gate.standing_statements([row[1] for row in rows if not row[-1]])
    restricted = restrictions.among([row[1] for row in rows])
    found = {
        bytes(digest or b""): Earlier(stub, reference, state, None)
        for digest, stub, reference, state in Stub.objects.filter(**known).values_list(*columns)
    }
    for digest, identifier, reference, state, row_digest, _ in rows:
        found[bytes(digest or b"")] = Earlier(
            identifier, reference, state, _bytes(row_digest), kept.get(identifier), restricted=identifier in restricted
        )
    return Before(found, endings.known_as(digests, reporter.organisation))


def _bytes(column: bytes | memoryview | None) -> bytes | None:
    return bytes(column) if column else None
