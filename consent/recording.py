"""How statements come into the ledger: what was given, refused or not asked, and what a reporter says anew about it.

It checks the rules and writes; who may report, and the transaction, are the caller's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.reporters import Purpose, ReporterGroup
from consent import ledger, rules, scans, texts, workflow
from consent.bases import BASES
from consent.errors import AlreadyDecidedError, NoticeChangedError, RefusalNotKeptError, StatementRefusedError
from consent.ledger import Step
from consent.models import Notice, Statement, StatementEvent
from consent.receipts import new_code
from consent.rules import Birth
from consent.scans import Scan
from consent.selectors import answer_of_state, standing_of
from consent.statements import Answer, StatementInput
from consent.workflow import Kind, State
from safeguards import audit
from safeguards.actors import Actor

KIND_OF_ANSWER: Mapping[Answer, Kind] = {
    Answer.GIVEN: Kind.GIVEN,
    Answer.REFUSED: Kind.REFUSED,
    Answer.NOT_ASKED: Kind.NOT_ASKED,
}


@dataclass(frozen=True)
class NewStatement:
    """What was said for one notification and purpose; the facts in answer hold for a refusal as well.

    Of registration only what was given is kept. birth is not kept, but for the quarter in which a representative's consent is
    to be confirmed by the person.
    """

    notification: UUID
    organisation: UUID
    group: ReporterGroup
    answer: StatementInput
    reported_on: date
    purpose: Purpose = Purpose.REGISTRATION
    said: Answer = Answer.GIVEN
    birth: Birth = field(default=Birth(), repr=False)
    scans: tuple[Scan, ...] = field(default=(), repr=False)


def check(statements: Sequence[NewStatement]) -> None:
    today = timezone.localdate()
    for new in statements:
        if new.said not in KIND_OF_ANSWER or (new.purpose is Purpose.REGISTRATION and new.said is not Answer.GIVEN):
            raise RefusalNotKeptError
        if problems := rules.problems(new.answer, reported_on=new.reported_on, today=today, birth=new.birth):
            raise StatementRefusedError(problems)


def open_all(statements: Sequence[NewStatement], by: Actor) -> tuple[UUID, ...]:
    return _open([_row(new, new_code()) for new in statements], statements, by)


def differs(row: Statement, new: NewStatement) -> bool:
    """A reviewed statement keeps the day of the report that it was reviewed with. What ended is not refused once more."""
    known = standing_of(row)
    if row.purpose != Purpose.REGISTRATION and new.said is not Answer.GIVEN and answer_of_state(known.state) is None:
        return False
    if answer_of_state(known.state) != new.said or known.facts != new.answer or new.scans:
        return True
    return known.waits and known.reported_on != new.reported_on


def supersede(corrected: Sequence[tuple[Statement, NewStatement]], by: Actor) -> None:
    """The code on the person's receipt goes on with the statement that holds from now on.

    So does the clock of the review where the reviewer asked something: the correction is the answer.
    """
    rows = [row for row, _ in corrected]
    if not rows:
        return
    if not all(workflow.allowed(State(row.state), Kind.SUPERSEDED) for row in rows):
        raise AlreadyDecidedError
    following = [_following(row, new) for row, new in corrected]
    answered = [after for row, after in zip(rows, following, strict=True) if row.state == State.ASKED_BACK]
    for row in rows:
        row.state, row.receipt = State.SUPERSEDED, new_code()
    Statement.objects.bulk_update(rows, ["state", "receipt"])
    today = timezone.localdate()
    StatementEvent.objects.bulk_create([ledger.event(row, Step(Kind.SUPERSEDED, today), by) for row in rows])
    scans.carry_over({row.pk: after.pk for (row, new), after in zip(corrected, following, strict=True) if not new.scans})
    ledger.empty(Statement.objects.filter(pk__in=[row.pk for row in rows]))
    audit.record_many([ledger.audit_event(row, Kind.SUPERSEDED) for row in rows], by=by)
    _open(following, [new for _, new in corrected], by)
    if answered:
        StatementEvent.objects.bulk_create([ledger.event(row, Step(Kind.ANSWERED, today), by) for row in answered])
        audit.record_many([ledger.audit_event(row, Kind.ANSWERED) for row in answered], by=by)


def _following(row: Statement, new: NewStatement) -> Statement:
    after = _row(new, row.receipt)
    if row.state == State.ASKED_BACK:
        after.recorded = row.recorded
    return after


def _open(rows: Sequence[Statement], statements: Sequence[NewStatement], by: Actor) -> tuple[UUID, ...]:
    Statement.objects.bulk_create(rows)
    for row, new in zip(rows, statements, strict=True):
        scans.keep(statement=row.id, organisation=row.organisation, scans=new.scans)
    steps = [(row, step) for row, new in zip(rows, statements, strict=True) for step in _first_steps(new)]
    StatementEvent.objects.bulk_create([ledger.event(row, step, by) for row, step in steps])
    audit.record_many([ledger.audit_event(row, step.kind) for row, step in steps if step.kind is not Kind.REQUESTED], by=by)
    return tuple(row.id for row in rows)


def _first_steps(new: NewStatement) -> Sequence[Step]:
    asked = [Step(Kind.REQUESTED, new.answer.requested_on)] if new.answer.requested_on else []
    return [*asked, Step(KIND_OF_ANSWER[new.said], new.answer.signed_on or new.reported_on)]


def _row(new: NewStatement, receipt: str) -> Statement:
    answer, asked = new.answer, rules.reconfirm_from(new.answer, new.birth)
    return Statement(
        id=uuid4(),
        notification=new.notification,
        organisation=new.organisation,
        group=new.group.value,
        purpose=new.purpose.value,
        notice=notice(answer.notice_version, answer.language),
        capacity=answer.capacity,
        judged_how=answer.judged_how,
        signer=answer.signer,
        proof=answer.proof,
        method=answer.method,
        interpreter=answer.interpreter,
        view_of_person=answer.view_of_person,
        representative_independent=answer.representative_independent,
        witness=answer.witness,
        requested_on=answer.requested_on,
        signed_on=answer.signed_on,
        reported_on=new.reported_on,
        valid_until=_valid_until(new),
        reconfirm_from=asked,
        reconfirm_year_only=asked is not None and new.birth.month is None,
        receipt=receipt,
        state=workflow.LEADS_TO[KIND_OF_ANSWER[new.said]].value,
    )


def _valid_until(new: NewStatement) -> date | None:
    """What was refused has no term."""
    if new.said is not Answer.GIVEN or new.answer.signed_on is None:
        return None
    organisation = str(new.organisation)
    basis = BASES.find(reporter=new.group.value, item=new.purpose.value, on=new.reported_on, organisation=organisation)
    return basis.end_of_term(new.answer.signed_on)


def notice(version: str, language: str) -> Notice:
    """The stored text of this version; stored at its first use, and never again."""
    text = texts.text(version, language)
    if text is None:
        raise StatementRefusedError(["notice-unknown"])
    stored, _ = Notice.objects.get_or_create(
        version=version, language=language, defaults={"text": text.content, "digest": text.digest}
    )
    if stored.digest != text.digest:
        raise NoticeChangedError
    return stored
