"""Reads for the review desk and for the gate: the queue by age and urgency, one statement, consent on a past day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.reporters import Purpose
from accounts.selectors import organisations
from consent import ledger, policies, workflow
from consent.bases import BASES, CAPACITIES, BasisRow, CapacityRow
from consent.documents import sheet_lacks
from consent.errors import UnknownStatementError
from consent.ledger import approvers, as_event, doubt
from consent.models import Statement, StatementEvent
from consent.receipts import Receipt, receipt
from consent.statements import Answer, Capacity, StatementInput
from consent.workflow import WAITING, Event, Kind, State
from safeguards.actors import Actor

URGENT_DAYS = 14


@dataclass(frozen=True)
class Standing:
    """The statement of a notification that no other one took the place of.

    purposes is what was said of other purposes than registration, as an Answer. Consent for those in closed ended.
    """

    state: State
    facts: StatementInput
    reported_on: date | None
    purposes: Mapping[str, str] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    @property
    def ended(self) -> bool:
        """There is no consent any more, or there never was."""
        return self.state is not State.APPROVED and not self.waits

    @property
    def withdrawn(self) -> bool:
        return self.state is State.WITHDRAWN

    @property
    def leaves_nothing(self) -> bool:
        """No signal either."""
        return self.state in (State.WITHDRAWN, State.INVALIDATED)


@dataclass(frozen=True)
class QueueItem:
    """A statement that waits. No name: who the person is stays sealed. approvals: how many looked where two have to."""

    id: UUID
    notification: UUID
    organisation_name: str
    group: str
    capacity: str
    signer: str
    signed_on: date
    reported_on: date
    recorded: datetime
    waiting_days: int
    days_left: int
    approvals: int = 0

    @property
    def urgent(self) -> bool:
        return self.days_left <= URGENT_DAYS


@dataclass(frozen=True)
class Queue:
    """asked are those whose reporter was asked something: nobody can decide about them until there is an answer.

    Of both lists there are the oldest alone; waiting and asked_number count them all.
    """

    items: tuple[QueueItem, ...]
    waiting: int
    urgent: int
    oldest_days: int
    long: int
    asked: tuple[QueueItem, ...]
    asked_number: int


@dataclass(frozen=True)
class Doubted:
    """An approved statement that the first of two found never to have been good, for the second."""

    id: UUID
    notification: UUID
    organisation_name: str
    reason: str
    recorded: datetime
    doubted_by: str


@dataclass(frozen=True)
class EventView:
    kind: str
    legal_date: date
    recorded: datetime
    reason: str


@dataclass(frozen=True)
class StatementView:
    item: QueueItem
    notification: UUID
    purpose: str
    facts: StatementInput
    purposes: Mapping[str, str]
    notice_text: str
    state: State
    basis: BasisRow
    capacity: CapacityRow
    events: tuple[EventView, ...]
    sheet_lacks: bool
    doubt: Doubted | None

    @property
    def asked_back(self) -> bool:
        return self.state is State.ASKED_BACK


@dataclass(frozen=True)
class Question:
    """What a reviewer asked the reporter, and the day on which the statement lapses all the same."""

    reason: str
    asked: datetime
    lapses: date
    purpose: str = Purpose.REGISTRATION.value

    @property
    def registration(self) -> bool:
        return self.purpose == Purpose.REGISTRATION


# What was said of other purposes is decided with the registration beside it, where that still waits.
_REGISTRATION = Statement.objects.filter(notification=OuterRef("notification"), purpose=Purpose.REGISTRATION.value)
_DESK = Q(purpose=Purpose.REGISTRATION.value) | ~Exists(_REGISTRATION.filter(state__in=WAITING)) & Q(signed_on__isnull=False)


def lapse_days() -> int:
    return int(settings.BAKEN_CONSENT_LAPSE_DAYS)


def overdue_before(now: datetime) -> datetime:
    """Statements recorded before this moment lapse: recorded, not signed, so that a late delivery is not punished."""
    return now - timedelta(days=lapse_days())


def reminder_days() -> int:
    return int(settings.BAKEN_CONSENT_REMINDER_DAYS)


def queue(*, by: Actor, limit: int) -> Queue:
    """Oldest first, which is also most urgent first; never a statement of the reviewer's own organisation."""
    policies.check_may_read_queue(by)
    now = timezone.now()
    rows = _reviewable(by).order_by("recorded", "id").prefetch_related("events")
    asked = _of_others(by).filter(_DESK, state=State.ASKED_BACK).order_by("recorded", "id").prefetch_related("events")
    names = {organisation.id: organisation.name for organisation in organisations()}
    oldest = rows.first()
    return Queue(
        items=tuple(_item(row, names, now) for row in rows[:limit]),
        waiting=rows.count(),
        urgent=rows.filter(recorded__lte=overdue_before(now) + timedelta(days=URGENT_DAYS)).count(),
        oldest_days=(now - oldest.recorded).days if oldest else 0,
        long=rows.filter(recorded__lte=now - timedelta(days=reminder_days())).count(),
        asked=tuple(_item(row, names, now) for row in asked[:limit]),
        asked_number=asked.count(),
    )


def doubted(*, by: Actor) -> tuple[Doubted, ...]:
    """What the first of two found never to have been good; what was said of other purposes goes with the registration."""
    policies.check_may_read_queue(by)
    cleared = StatementEvent.objects.filter(statement=OuterRef("statement"), kind=Kind.CLEARED, pk__gt=OuterRef("pk"))
    doubts = StatementEvent.objects.filter(statement=OuterRef("pk"), kind=Kind.DOUBTED).exclude(Exists(cleared))
    rows = _of_others(by).filter(Exists(doubts), state=State.APPROVED).prefetch_related("events")
    names = {organisation.id: organisation.name for organisation in organisations()}
    first = {row.notification: row for row in sorted(rows, key=lambda row: row.purpose == Purpose.REGISTRATION)}
    found = (_doubted(row, names) for row in first.values())
    return tuple(one for one in found if one is not None)


def next_for(*, by: Actor, after: UUID | None = None) -> UUID | None:
    """The statement that this reviewer should open now; after one that is left for later the next, and then the first again."""
    policies.check_may_read_queue(by)
    waiting = _reviewable(by).order_by("recorded", "id")
    left = waiting.filter(pk=after).values_list("recorded", "id").first() if after else None
    if left is not None:
        recorded, identifier = left
        waiting = waiting.exclude(pk=identifier)
        following = waiting.filter(Q(recorded__gt=recorded) | Q(recorded=recorded, id__gt=identifier))
        if (found := following.values_list("id", flat=True).first()) is not None:
            return found
    return waiting.values_list("id", flat=True).first()


def waiting_long() -> bool:
    """Whether any reviewer has had a statement waiting for longer than the days of a reminder."""
    return _older_than_reminder(State.GIVEN).exists()


def asked_long_ago() -> tuple[UUID, ...]:
    """The organisations that have not answered a question for as long."""
    waiting = _older_than_reminder(State.ASKED_BACK).order_by("organisation")
    return tuple(waiting.values_list("organisation", flat=True).distinct())


def questions(notifications: Collection[UUID]) -> Mapping[UUID, Question]:
    """What was asked about these reports and has no answer yet: of the registration, or else of one other purpose at a time."""
    asked = Statement.objects.filter(_DESK, notification__in=notifications, state=State.ASKED_BACK)
    first: dict[UUID, Statement] = {}
    for row in asked.prefetch_related("events"):
        known = first.get(row.notification, row)
        first[row.notification] = min(known, row, key=order_of_questions)
    return {notification: _question(row) for notification, row in first.items()}


def order_of_questions(row: Statement) -> tuple[bool, datetime, UUID]:
    return row.purpose != Purpose.REGISTRATION, row.recorded, row.pk


def questions_of(organisation: UUID) -> Mapping[UUID, Question]:
    found = Statement.objects.filter(organisation=organisation, state=State.ASKED_BACK)
    return questions(found.values_list("notification", flat=True))


def statement(statement_id: UUID, *, by: Actor) -> StatementView:
    """One statement for its review; one of the own organisation, or one that was emptied, does not exist for the reviewer."""
    policies.check_may_read_queue(by)
    others = _of_others(by).exclude(signed_on=None).filter(pk=statement_id)
    row = others.select_related("notice").prefetch_related("events").first()
    if row is None:
        raise UnknownStatementError
    names = {organisation.id: organisation.name for organisation in organisations()}
    item, events = _item(row, names, timezone.now()), sorted(row.events.all(), key=lambda event: event.pk)
    return StatementView(
        item=item,
        notification=row.notification,
        purpose=row.purpose,
        facts=standing_of(row).facts,
        purposes=standing([row.notification])[row.notification].purposes if row.purpose == Purpose.REGISTRATION else {},
        notice_text=row.notice.text,
        state=State(row.state),
        basis=BASES.find(reporter=row.group, item=row.purpose, on=item.reported_on, organisation=str(row.organisation)),
        capacity=CAPACITIES.find(Capacity(row.capacity), item.signed_on),
        sheet_lacks=sheet_lacks(row),
        doubt=_doubted(row, names),
        events=tuple(EventView(one.kind, one.legal_date, one.recorded, one.reason) for one in events),
    )


def approved_by(view: StatementView, by: Actor) -> bool:
    """As the first of two, who need not look again."""
    row = Statement.objects.filter(pk=view.item.id).first()
    return row is not None and by.id in approvers(row)


def consent_on(notification: UUID, purpose: str, day: date) -> bool:
    rows = _of_notification(notification, purpose).values_list("valid_until", flat=True)
    valid_until = rows.first()
    return workflow.consent_stands(history(notification, purpose), day, valid_until=valid_until)


def valid_on(purpose: str, day: date) -> QuerySet[Statement, UUID]:
    """As consent_on, of all at once: by the days that every event leaves on its statement."""
    standing = Statement.objects.filter(purpose=purpose, stands_from__lte=day)
    return standing.filter(Q(stands_until=None) | Q(stands_until__gt=day)).values_list("notification", flat=True)


def history(notification: UUID, purpose: str) -> tuple[Event, ...]:
    """What was superseded never counted; the statement in its place has events of its own."""
    own = StatementEvent.objects.filter(statement__in=_of_notification(notification, purpose))
    return tuple(as_event(row) for row in own)


def _of_notification(notification: UUID, purpose: str) -> QuerySet[Statement]:
    return Statement.objects.filter(notification=notification, purpose=purpose).exclude(state=State.SUPERSEDED)


def standing(notifications: Collection[UUID], *, lock: bool = False) -> Mapping[UUID, Standing]:
    """For who sent the statement and sends something about it again: what is kept of it, by notification."""
    rows = Statement.objects.filter(notification__in=notifications).exclude(state=State.SUPERSEDED)
    rows = Statement.objects.filter(pk__in=ledger.lock(notifications)) if lock else rows
    found: dict[UUID, Standing] = {}
    purposes: dict[UUID, dict[str, str]] = {}
    for row in rows.select_related("notice"):
        if row.purpose == Purpose.REGISTRATION:
            found[row.notification] = standing_of(row)
        else:
            purposes.setdefault(row.notification, {})[row.purpose] = answer_of_state(State(row.state)) or ""
    return {notification: _with(kept, purposes.get(notification, {})) for notification, kept in found.items()}


def _with(kept: Standing, purposes: Mapping[str, str]) -> Standing:
    said = {purpose: answer for purpose, answer in purposes.items() if answer}
    return replace(kept, purposes=said, closed=frozenset(purposes.keys() - said.keys()))


def answer_of_state(state: State) -> Answer | None:
    """What was said, as long as it holds or may come to hold."""
    if state in WAITING or state is State.APPROVED:
        return Answer.GIVEN
    return {State.REFUSED: Answer.REFUSED, State.NOT_ASKED: Answer.NOT_ASKED}.get(state)


def receipts_of(notifications: Collection[UUID], purpose: str) -> tuple[Receipt, ...]:
    """What the persons of these reports carry with them, for as long as there is something to stop."""
    rows = Statement.objects.filter(notification__in=notifications, purpose=purpose, state__in=(*WAITING, State.APPROVED))
    found = rows.order_by("recorded", "id").values_list("receipt", "signed_on", "notice__language")
    return tuple(receipt(code=code, signed_on=day, language=language) for code, day, language in found if day is not None)


def standing_of(row: Statement) -> Standing:
    facts = StatementInput(
        capacity=row.capacity,
        signer=row.signer,
        method=row.method,
        notice_version=row.notice.version,
        language=row.notice.language,
        signed_on=row.signed_on,
        judged_how=row.judged_how,
        proof=row.proof,
        interpreter=row.interpreter,
        view_of_person=row.view_of_person,
        representative_independent=row.representative_independent,
        witness=row.witness,
        requested_on=row.requested_on,
    )
    return Standing(State(row.state), facts, row.reported_on)


def _reviewable(by: Actor) -> QuerySet[Statement]:
    """What waits for this person; who approved one as the first of two does not see it again."""
    events = StatementEvent.objects.filter(statement=OuterRef("pk"), kind=Kind.FIRST_APPROVED, actor_id=by.id)
    answered = StatementEvent.objects.filter(statement=OuterRef("statement"), kind=Kind.ANSWERED, pk__gt=OuterRef("pk"))
    return _of_others(by).filter(_DESK, state=State.GIVEN).exclude(Exists(events.exclude(Exists(answered))))


def _older_than_reminder(state: State) -> QuerySet[Statement]:
    before = timezone.now() - timedelta(days=reminder_days())
    return Statement.objects.filter(_DESK, state=state, recorded__lte=before)


def _question(row: Statement) -> Question:
    asked = max((event for event in row.events.all() if event.kind == Kind.ASKED_BACK), key=lambda event: event.pk)
    lapses = timezone.localdate(row.recorded + timedelta(days=lapse_days()))
    return Question(asked.reason, asked.recorded, lapses, row.purpose)


def _of_others(by: Actor) -> QuerySet[Statement]:
    """Without an organisation of one's own nobody can tell what is others': then there is nothing."""
    if by.organisation is None:
        return Statement.objects.none()
    return Statement.objects.exclude(organisation=by.organisation)


def _doubted(row: Statement, names: Mapping[UUID, str]) -> Doubted | None:
    event = doubt(row)
    if event is None:
        return None
    return Doubted(row.pk, row.notification, names.get(row.organisation, ""), event.reason, event.recorded, event.actor_id)


def _item(row: Statement, names: dict[UUID, str], now: datetime) -> QueueItem:
    if row.signed_on is None or row.reported_on is None:
        raise UnknownStatementError
    waiting = (now - row.recorded).days
    return QueueItem(
        id=row.id,
        notification=row.notification,
        organisation_name=names.get(row.organisation, ""),
        group=row.group,
        capacity=row.capacity,
        signer=row.signer,
        signed_on=row.signed_on,
        reported_on=row.reported_on,
        recorded=row.recorded,
        waiting_days=waiting,
        days_left=lapse_days() - waiting,
        approvals=len(approvers(row)),
    )
