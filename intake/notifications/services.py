"""Takes reports in: one from a form or the API, many from a file, by one set of rules and three ways out.

It never looks at who is already known: no answer, state or duration here can depend on it (contract no-oracle).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consent import gate
from intake import events
from intake.errors import ChangedMeanwhileError
from intake.models.stub import Stub
from intake.notifications import (
    cleaning,
    consents,
    draft_files,
    drafts,
    history,
    judging,
    policies,
    restrictions,
    rules,
    signals,
    storing,
    stubs,
)
from intake.notifications.drafts import DraftOwner
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.judging import CHANGED, NEW, UNCHANGED, Before, Judged, Sending, Sorted, judge_all
from intake.notifications.policies import Reporter
from intake.notifications.rules import Invalid, InvalidPerson
from intake.notifications.workflow import EVENT_AT_ENTRY, State
from jobs import services as jobs
from safeguards import audit, sealing
from safeguards.actors import Actor

LINK_JOB = "intake.link"
ATTEMPT_DAYS = 1
EXPIRE_CHUNK = 1000
# In the address of a receipt.
SIGNAL = "signal"
REFERENCES = ","
# Of fewer rows each is sealed to the month's pair by itself: a shared key stays until its pair goes.
WORTH_A_BATCH_KEY = 10

ReportsOf = Callable[[drafts.Content], Mapping[UUID, NotificationInput]]


@dataclass(frozen=True)
class Receipt:
    """What the reporter is told. reference is empty for a signal: nothing is left that it could point to."""

    reference: str
    state: str
    outcome: str = NEW


@dataclass(frozen=True)
class Verdict:
    """What submit_many would do with a row: new, unchanged or changed; or the rules that it breaks."""

    outcome: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A chunk of a file on its way in: judged by the rules, put beside what was here then, sealed."""

    reporter: Reporter
    judged: Sequence[Judged] = field(repr=False)
    before: Before = field(repr=False)
    batch_key: sealing.BatchKey | None
    items: Sequence[Judged] = field(default=(), repr=False)


Answers = tuple[Receipt | tuple[Problem, ...], ...]


def submit(*, notification: NotificationInput, organisation: UUID, by: Actor, attempt: str = "") -> Receipt:
    """One report. attempt names the sending (a form's hidden token, an Idempotency-Key): sent again, it is not doubled.

    Raises rules.Invalid, also where the own reference already stands for another report: only a checked file corrects.
    """
    policies.check_may_submit(organisation, by)
    with transaction.atomic():
        reporter = policies.locked_reporter(organisation)
        judged = judge_all([notification], reporter, Sending(attempt))[0]
        if not isinstance(judged, Sorted):
            raise Invalid(judged)
        if judged.outcome == CHANGED:
            raise Invalid((_not_by_one_report(judged),))
        return carry_out([judged], reporter, None, by)[0]


def submit_many(
    *, notifications: Sequence[NotificationInput], organisation: UUID, batch: UUID | None = None, by: Actor
) -> Answers:
    """A chunk of a checked file: per row a receipt or its problems. A row whose own reference is known is a correction."""
    with transaction.atomic():
        prepared = prepare_many(notifications=notifications, organisation=organisation)
        return submit_prepared(prepared=prepared, batch=batch, by=by)


def prepare_many(*, notifications: Sequence[NotificationInput], organisation: UUID) -> Prepared:
    """Judges and seals a chunk before the transaction that stores it, so that nobody waits for that; stores nothing."""
    reporter = policies.reporter(organisation)
    judged = judging.judge_each(notifications, reporter, Sending())
    batch_key = sealing.batch_key() if len(judged) >= WORTH_A_BATCH_KEY else None
    return _sealed(Prepared(reporter, judged, judging.before(judged, reporter), batch_key))


def submit_prepared(*, prepared: Prepared, batch: UUID | None = None, by: Actor) -> Answers:
    """As submit_many. What came in under the same own references since it was prepared is seen."""
    organisation = prepared.reporter.organisation
    policies.check_may_submit_batch(organisation, by)
    with transaction.atomic():
        reporter = policies.locked_reporter(organisation)
        if reporter != prepared.reporter:
            raise ChangedMeanwhileError
        before = judging.before(prepared.judged, reporter)
        if before != prepared.before:
            prepared = _sealed(replace(prepared, before=before))
        items = [item for item in prepared.items if isinstance(item, Sorted)]
        if prepared.batch_key is not None and any(item.entry.sealed for item in items):
            sealing.save_keys([prepared.batch_key.row])
        receipts = iter(carry_out(items, reporter, batch, by))
        return tuple(next(receipts) if isinstance(item, Sorted) else item for item in prepared.items)


def submit_draft(*, draft: UUID, reports_of: ReportsOf, owner: DraftOwner, by: Actor) -> str:
    """All persons of a draft or none of them; the draft goes in the same transaction. Sent again, it is not doubled.

    Gives what the address of the receipt names: the references, and SIGNAL for each anonymous signal. Raises InvalidPerson.
    """
    policies.check_may_submit(owner.organisation, by)
    with transaction.atomic():
        if sent := drafts.claim(draft=draft, owner=owner):
            return sent
        reports = reports_of(drafts.read(draft=draft, owner=owner))
        done = [_submit_person(part, report, owner, by) for part, report in reports.items()]
        references = REFERENCES.join(receipt.reference or SIGNAL for receipt in done)
        drafts.close(draft=draft, references=references, owner=owner, by=by)
    return references


def _submit_person(part: UUID, report: NotificationInput, owner: DraftOwner, by: Actor) -> Receipt:
    """What is without consent leaves its files behind, as everything else that says who it is."""
    files = {kind: draft_files.files_of(part=part, kind=kind, owner=owner) for kind in drafts.FileKind}
    report = replace(report, attachments=files[drafts.FileKind.ATTACHMENT], scans=files[drafts.FileKind.STATEMENT])
    try:
        return submit(notification=report, organisation=owner.organisation, by=by, attempt=str(part))
    except Invalid as refused:
        raise InvalidPerson(part, refused.problems) from None


def problems_of(*, notification: NotificationInput, reporter: Reporter) -> tuple[Problem, ...]:
    """What submit would refuse, for a form's page before the last; nothing is stored or looked up."""
    return rules.judge(cleaning.clean(notification), reporter).problems


def preview_many(*, notifications: Sequence[NotificationInput], organisation: UUID) -> tuple[Verdict, ...]:
    """What submit_many would say, through the same rules; nothing is stored."""
    judged = judging.preview_all(notifications, policies.reporter(organisation))
    return tuple(Verdict(item.outcome) if isinstance(item, Sorted) else Verdict("error", item) for item in judged)


def expire_stubs(*, by: Actor) -> int:
    """What reminds the reporter of a signal goes after a number of days, so many at a time. Returns how many went."""
    policies.check_may_run(by)
    with transaction.atomic():
        over = Stub.objects.filter(expires__lte=timezone.localdate()).order_by("expires", "id")
        gone, _ = Stub.objects.filter(id__in=list(over.values_list("id", flat=True)[:EXPIRE_CHUNK])).delete()
        audit.record(events.STUBS_EXPIRED, by=by, details={"stubs": gone})
    return gone


def carry_out(items: Sequence[Sorted], reporter: Reporter, batch: UUID | None, by: Actor) -> list[Receipt]:
    """Stores what is new, replaces what is changed, opens statements, and writes one audit entry for each."""
    new = [item for item in items if item.outcome == NEW]
    gate.count_unanswered([item.unanswered for item in items if item.unanswered is not None and item.outcome != UNCHANGED])
    changed = _correct([item for item in items if item.outcome == CHANGED], reporter, by)
    _forget_stubs([item.earlier.id for item in new if item.earlier is not None])
    references = storing.store_new([item.entry for item in new if item.way is not State.SIGNAL], reporter, batch=batch)
    _keep_signals([item for item in new if item.way is State.SIGNAL], reporter)
    held = [(item.entry.contribution, item.notification) for item in new if item.way is State.HELD]
    consents.open_statements(held, reporter, by)
    audit.record_many([_event(item) for item in items], by=by)
    if changed or any(item.way is State.ACCEPTED for item in new):
        jobs.record(LINK_JOB, key=LINK_JOB)
    if any(item.way is State.SIGNAL for item in new):
        signals.mix_soon()
    return [_receipt(item, references) for item in items]


def _sealed(prepared: Prepared) -> Prepared:
    items = judging.put_beside(prepared.judged, prepared.before)
    stays = [
        item.entry for item in items if isinstance(item, Sorted) and item.outcome != UNCHANGED and item.way is not State.SIGNAL
    ]
    sealed = storing.seal_ahead(stays, prepared.reporter.organisation, prepared.batch_key)
    return replace(
        prepared,
        items=[
            item.sealed_as(sealed[item.entry.contribution])
            if isinstance(item, Sorted) and item.entry.contribution in sealed
            else item
            for item in items
        ],
    )


def _correct(items: Sequence[Sorted], reporter: Reporter, by: Actor) -> bool:
    """Whether rows were replaced. Of a report that is without consent after all nothing is: consent lets it go."""
    if not items:
        return False
    restrictions.hold([item.entry.contribution for item in items])
    said = [(item.entry.contribution, item.notification) for item in items if item.way is State.HELD]
    retracted = [item.entry.contribution for item in items if item.way is State.SIGNAL]
    consents.correct_statements(said, retracted, reporter, by)
    if replaced := [item.entry for item in items if item.way is not State.SIGNAL]:
        changing = [entry.contribution for entry in replaced]
        history.keep(changing, history.Change.CORRECTED, by, person_replaced=True)
        storing.replace(replaced, reporter)
    return bool(replaced)


def _not_by_one_report(item: Sorted) -> Problem:
    if item.way is State.SIGNAL:
        return Problem("answer", "changed-after-report")
    return Problem("own_reference", "already-used")


def _keep_signals(items: Sequence[Sorted], reporter: Reporter) -> None:
    if not items:
        return
    signals.store([_signal(item.notification, reporter) for item in items])
    today = timezone.localdate()
    Stub.objects.bulk_create(
        [
            Stub(
                organisation_id=reporter.organisation,
                own_reference_digest=item.entry.own_reference_digest,
                state=State.SIGNAL,
                day=today,
                expires=today + timedelta(days=stubs.STUB_DAYS if item.notification.identity.own_reference else ATTEMPT_DAYS),
            )
            for item in items
            if item.entry.own_reference_digest is not None
        ]
    )


def _forget_stubs(stubs: Sequence[UUID]) -> None:
    """What they stood for comes again. One with a receipt still says what became of that report."""
    if stubs:
        Stub.objects.filter(id__in=stubs, reference="").delete()
        Stub.objects.filter(id__in=stubs).update(own_reference_digest=None)


def _signal(notification: NotificationInput, reporter: Reporter) -> signals.Signal:
    return signals.signal_of(
        on=notification.date,
        group=reporter.group,
        age_band=notification.age_band,
        characteristics=notification.characteristics,
    )


def _event(item: Sorted) -> audit.Event:
    """Of a signal the entry names no object: nothing may lead from it to the signal's row."""
    if item.outcome == UNCHANGED:
        return _named(events.NOTIFICATION_REPEATED, item)
    if item.outcome == CHANGED:
        return _named(events.NOTIFICATION_CORRECTED, item)
    if item.way is State.SIGNAL:
        return audit.Event(EVENT_AT_ENTRY[item.way])
    return _named(EVENT_AT_ENTRY[item.way], item)


def _named(action: str, item: Sorted) -> audit.Event:
    return audit.Event(action, object_type="contribution", object_id=str(item.entry.contribution))


def _receipt(item: Sorted, references: Mapping[UUID, str]) -> Receipt:
    if item.earlier is not None and item.outcome != NEW:
        becomes_signal = item.way is State.SIGNAL and item.earlier.state != State.WITHDRAWN
        return Receipt(item.earlier.reference, State.SIGNAL if becomes_signal else item.earlier.state, item.outcome)
    return Receipt(references.get(item.entry.contribution, ""), item.way, NEW)
