"""All that other packages may call: the legal basis, opening a statement, the outcomes that wait, consent on a day.

It decides nothing itself; the tables and services behind it do.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from accounts.reporters import Purpose, ReporterGroup, Source
from consent import (
    confirmations,
    counts,
    events,
    kept,
    ledger,
    receipts,
    reviews,
    rules,
    selectors,
    services,
    texts,
    withdrawals,
)
from consent.bases import BASES, CAPACITIES, Kind, Number
from consent.confirmations import Turning
from consent.counts import Unanswered
from consent.kept import KeptConfirmation, KeptStatement
from consent.models import Outcome
from consent.receipts import Receipt
from consent.recording import NewStatement
from consent.references import tells_references
from consent.resting import tells_resting
from consent.rules import Birth
from consent.scans import Scan
from consent.selectors import Question, Standing
from consent.statements import (
    LABELS,
    PROBLEM_SENTENCES,
    PURPOSE_ANSWERS,
    Answer,
    Capacity,
    ConfirmationInput,
    Independence,
    Interpreter,
    Judgement,
    Method,
    NoConsentReason,
    PersonsView,
    Proof,
    QuestionReason,
    RejectionReason,
    Reply,
    Signer,
    StatementInput,
    WithdrawalReason,
    Witness,
    reason_name,
)
from consent.workflow import OutcomeKind
from safeguards.actors import Actor

__all__ = [
    "CURRENT_NOTICE",
    "LABELS",
    "NOTICE_LANGUAGES",
    "NOTICE_LANGUAGE_NAMES",
    "NOTICE_VERSIONS",
    "PROBLEM_SENTENCES",
    "PURPOSE_ANSWERS",
    "SHEET_SHOWN",
    "STATEMENT_OBJECT",
    "Answer",
    "Basis",
    "Birth",
    "Capacity",
    "ConfirmationInput",
    "Independence",
    "Interpreter",
    "Judgement",
    "KeptConfirmation",
    "KeptStatement",
    "Method",
    "NewStatement",
    "NoConsentReason",
    "OutcomeKind",
    "PersonsView",
    "Proof",
    "Question",
    "QuestionReason",
    "Receipt",
    "RejectionReason",
    "Reply",
    "Scan",
    "Signer",
    "Standing",
    "StatementInput",
    "Turning",
    "Unanswered",
    "WaitingOutcome",
    "WithdrawalReason",
    "Witness",
    "ask_withdrawal",
    "basis_for",
    "code_shown",
    "confirmation_problems",
    "confirmation_waits",
    "consent_on",
    "correct_statements",
    "count_unanswered",
    "destroy_sheets",
    "empty_statements",
    "is_code",
    "kept_of",
    "lock_statements",
    "mark_all_carried_out",
    "mark_carried_out",
    "notice_text",
    "open_statement",
    "open_statements",
    "outcomes_waiting",
    "purposes_to_ask",
    "questions",
    "questions_of",
    "reason_name",
    "receipts_of",
    "reply",
    "send_confirmation",
    "standing_statements",
    "statement_problems",
    "take_back",
    "tells_references",
    "tells_resting",
    "turning_sixteen",
    "turning_sixteen_of",
    "valid_on",
]

# What the audit trail calls a statement.
STATEMENT_OBJECT = ledger.OBJECT
SHEET_SHOWN = events.DOCUMENT_SHOWN
CURRENT_NOTICE = texts.CURRENT
NOTICE_VERSIONS = texts.versions()
NOTICE_LANGUAGES = texts.LANGUAGES
NOTICE_LANGUAGE_NAMES = texts.LANGUAGE_NAMES


@dataclass(frozen=True)
class Basis:
    """signer is who must sign where consent is needed: the person, or one of these representatives; else empty."""

    kind: str
    signer: str
    representatives: tuple[str, ...]
    bsn_allowed: bool
    v_number_allowed: bool
    document_number_allowed: bool
    citation: str


@dataclass(frozen=True)
class WaitingOutcome:
    id: int
    notification: UUID
    kind: OutcomeKind


def basis_for(
    *,
    group: ReporterGroup | None,
    purpose: Purpose,
    capacity: str,
    on: date,
    source: Source = Source.REPORT,
    organisation: UUID | None = None,
) -> Basis:
    """What the table says of this reporter, purpose and day. A feed has no group; an unknown capacity names no signer."""
    reporter = _reporter(group, source)
    own = str(organisation) if organisation else ""
    row = BASES.find(reporter=reporter, item=purpose.value, on=on, organisation=own)
    signer, representatives = _signers(capacity, on) if row.kind is Kind.CONSENT else ("", ())
    bsn, v_number, document = (
        row.kind is not Kind.NONE
        and BASES.find(reporter=reporter, item=number.value, on=on, organisation=own).kind is not Kind.NONE
        for number in Number
    )
    return Basis(row.kind.value, signer, representatives, bsn, v_number, document, row.citation_nl)


def statement_problems(
    statement: StatementInput,
    *,
    reported_on: date,
    birth_year: int | None = None,
    birth_month: int | None = None,
    birth_day: int | None = None,
    birth_estimated: bool = False,
) -> tuple[str, ...]:
    """Codes of what the statement breaks, each with a sentence in PROBLEM_SENTENCES. A certain birth date must fit."""
    birth = Birth(birth_year, birth_month, birth_day, birth_estimated)
    return rules.problems(statement, reported_on=reported_on, today=timezone.localdate(), birth=birth)


def open_statement(
    *,
    notification: UUID,
    organisation: UUID,
    group: ReporterGroup,
    answer: StatementInput,
    reported_on: date,
    by: Actor,
) -> UUID:
    """Keep a statement for a report that is held until its review. Inside the caller's transaction."""
    new = NewStatement(notification, organisation, group, answer, reported_on)
    return services.record(statements=[new], by=by)[0]


def open_statements(*, statements: Sequence[NewStatement], by: Actor) -> tuple[UUID, ...]:
    """As open_statement, for a chunk of a file, in a fixed number of writes."""
    return services.record(statements=statements, by=by)


def standing_statements(notifications: Collection[UUID]) -> Mapping[UUID, Standing]:
    """What is kept of the statements of these reports; a report that never needed one is not in it."""
    return selectors.standing(notifications)


def correct_statements(*, statements: Sequence[NewStatement], retracted: Collection[UUID], by: Actor) -> None:
    """What a reporter says anew about reports sent before; retracted are those that turn out to be without consent."""
    services.correct(statements=statements, retracted=retracted, by=by)


def kept_of(notifications: Collection[UUID]) -> Mapping[UUID, tuple[KeptStatement, ...]]:
    """All that the ledger keeps of the consent to these reports, for the copy that their person asks for."""
    return kept.of_reports(notifications)


def lock_statements(notifications: Collection[UUID]) -> Mapping[UUID, Standing]:
    """As standing_statements, and nobody decides about them until the caller's transaction ends."""
    return selectors.standing(notifications, lock=True)


def take_back(*, notifications: Collection[UUID], reason: WithdrawalReason = WithdrawalReason.BY_REPORTER, by: Actor) -> None:
    """These reports go, whose statements stand: the ledger says so and why, and an outcome removes them."""
    services.take_back(notifications=notifications, reason=reason, by=by)


def questions(notifications: Collection[UUID]) -> Mapping[UUID, Question]:
    """What reviewers asked about these reports and the reporter has not answered yet."""
    return selectors.questions(notifications)


def questions_of(organisation: UUID) -> Mapping[UUID, Question]:
    """As questions, of all reports of one organisation."""
    return selectors.questions_of(organisation)


def reply(*, notification: UUID, answer: str, by: Actor) -> None:
    """The reporter answers without correcting anything; a correction is an answer by itself."""
    reviews.reply(notification=notification, answer=answer, by=by)


def turning_sixteen(notifications: Collection[UUID]) -> Mapping[UUID, Turning]:
    """Of these reports, those whose person is or may be sixteen by now, and for whom somebody else signed."""
    return confirmations.turning(notifications)


def turning_sixteen_of(organisation: UUID) -> Mapping[UUID, Turning]:
    """As turning_sixteen, of all reports of one organisation."""
    return confirmations.turning_of(organisation)


def confirmation_problems(notification: UUID, said: ConfirmationInput) -> tuple[str, ...] | None:
    """Codes of what a confirmation breaks; None where none is to be had of this report."""
    return confirmations.problems(notification, said)


def send_confirmation(*, notification: UUID, said: ConfirmationInput, sheets: Sequence[Scan], by: Actor) -> None:
    """The person confirmed what a representative signed for; it waits for its review, and the consent stands meanwhile."""
    confirmations.send(notification=notification, said=said, sheets=sheets, by=by)


def confirmation_waits(notification: UUID) -> bool:
    """Whether a reviewer has yet to look at a confirmation of this report."""
    return confirmations.waits(notification)


def receipts_of(notifications: Collection[UUID]) -> tuple[Receipt, ...]:
    """For the persons of these reports to carry; none where nothing is left to stop."""
    return selectors.receipts_of(notifications, Purpose.REGISTRATION.value)


def is_code(written: str) -> bool:
    """Whether it can be a receipt's code by its length and letters; whether it is one is told to nobody."""
    return len(receipts.normalised(written)) == receipts.LENGTH


def code_shown(written: str) -> str:
    return receipts.shown(receipts.normalised(written))


def ask_withdrawal(*, code: str, by: Actor) -> None:
    """Somebody with a receipt's code wants to stop. The caller has counted how often; nothing tells whether the code is one."""
    withdrawals.ask(code=code, by=by)


def destroy_sheets(notifications: Collection[UUID]) -> None:
    """The signed sheets of these reports were kept long enough, and no confirmation brings others.

    Of locked statements; the caller leaves the audit entry.
    """
    ledger.destroy_sheets(notifications)


def empty_statements(notifications: Collection[UUID]) -> None:
    """As destroy_sheets, and what the statements say about the persons goes too. consent_on answers as before."""
    ledger.empty_of(notifications)


def outcomes_waiting(limit: int) -> tuple[WaitingOutcome, ...]:
    """The oldest that nobody is carrying out; locked until the caller's transaction ends."""
    waiting = Outcome.objects.select_for_update(skip_locked=True).filter(carried_out=None).order_by("id")
    return tuple(WaitingOutcome(row.pk, row.notification, OutcomeKind(row.kind)) for row in waiting[:limit])


def mark_carried_out(outcome_id: int, *, by: Actor) -> None:
    services.mark_carried_out(outcomes=[outcome_id], by=by)


def mark_all_carried_out(outcome_ids: Sequence[int], *, by: Actor) -> None:
    services.mark_carried_out(outcomes=outcome_ids, by=by)


def consent_on(notification: UUID, purpose: Purpose, day: date) -> bool:
    """Whether consent for the purpose held at the end of that day, as known now. Never yes before the first event."""
    return selectors.consent_on(notification, purpose.value, day)


def valid_on(purpose: Purpose, day: date) -> AbstractSet[UUID]:
    """All notifications of which consent_on says yes, in one query."""
    return frozenset(selectors.valid_on(purpose.value, day).iterator())


def count_unanswered(answers: Collection[Unanswered]) -> None:
    """Refused, or not asked: all that is kept is a count. Inside the caller's transaction, before its audit entries."""
    counts.add(answers)


def purposes_to_ask(*, group: ReporterGroup, on: date, organisation: UUID | None = None) -> tuple[Purpose, ...]:
    """The purposes beside registration that a person is asked about; none of them holds up a report."""
    own = str(organisation) if organisation else ""
    asked = (Purpose.HELP, Purpose.RESEARCH_EXTRACT)
    return tuple(
        purpose
        for purpose in asked
        if BASES.find(reporter=group.value, item=purpose.value, on=on, organisation=own).kind is Kind.CONSENT
    )


def notice_text(version: str, language: str) -> str:
    """What the person reads or hears before answering; empty for a version or language that does not exist."""
    found = texts.text(version, language)
    return found.content if found else ""


def _reporter(group: ReporterGroup | None, source: Source) -> str:
    if source is not Source.REPORT:
        return source.value
    return group.value if group else ""


def _signers(capacity: str, on: date) -> tuple[str, tuple[str, ...]]:
    known = next((code for code in Capacity if code.value == capacity), None)
    if known is None:
        return "", ()
    row = CAPACITIES.find(known, on)
    if row.signed_by_person:
        return Signer.PERSON.value, ()
    return "representative", tuple(signer.value for signer in row.signers)
