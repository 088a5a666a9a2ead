"""Intake's side of consent.gate: which basis a report has, which way it goes, and the statements it opens. Decides no law."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from accounts.reporters import Purpose, ReporterGroup, Source
from consent import gate
from intake.notifications.inputs import ConsentAnswer, NotificationInput, Problem
from intake.notifications.policies import Reporter
from intake.notifications.workflow import State
from safeguards.actors import Actor

STATUTORY = "statutory"
CONSENT = "consent"
# What is asked beside registration, by the field that says what came of it.
PURPOSES = {"help": Purpose.HELP, "research_extract": Purpose.RESEARCH_EXTRACT}

# Where the reporter finds what a statement breaks; anything else is about the answer as a whole.
_FIELD_OF_PROBLEM = {
    "capacity-unknown": "capacity",
    "age-contradicts-capacity": "capacity",
    "signer-unknown": "signer",
    "person-cannot-sign": "signer",
    "person-signs-alone": "signer",
    "signer-not-allowed": "signer",
    "proof-missing": "proof",
    "proof-unknown": "proof",
    "judgement-unknown": "judged_how",
    "method-unknown": "method",
    "notice-unknown": "notice_version",
    "signed-on-missing": "signed_on",
    "signed-in-future": "signed_on",
    "signed-after-report": "signed_on",
    "signed-before-birth": "signed_on",
    "signed-before-sixteen": "signed_on",
    "confirmed-before-signing": "signed_on",
    "requested-after-signing": "requested_on",
    "requested-before-birth": "requested_on",
    "interpreter-unknown": "interpreter",
    "view-unknown": "view_of_person",
    "no-representative": "signer",
    "independence-unknown": "representative_independent",
    "representative-suspect": "representative_independent",
    "representative-conflict": "representative_independent",
    "witness-unknown": "witness",
    "witness-missing": "witness",
    "witness-not-oral": "witness",
}


def any_ended(contributions: Collection[UUID]) -> bool:
    """Whether one of these reports has no consent any more: a job is about to take it away."""
    return any(kept.ended for kept in gate.standing_statements(contributions).values())


def basis_of(reporter: Reporter, on: date, answer: ConsentAnswer | None) -> gate.Basis:
    """What is no code stays out of what is kept: it may be anything."""
    known = answer is not None and answer.capacity in tuple(gate.Capacity)
    return _basis(reporter, on, answer.capacity if answer and known else "")


def needed_of(reporter: Reporter) -> bool:
    """Whether this reporter reports with consent only, as things stand today."""
    return basis_of(reporter, timezone.localdate(), None).kind != STATUTORY


@lru_cache(maxsize=4096)
def _basis(reporter: Reporter, on: date, capacity: str) -> gate.Basis:
    """The table is read once at the start of a process, so an answer holds as long as the process."""
    return gate.basis_for(
        group=ReporterGroup(reporter.group) if reporter.group else None,
        purpose=Purpose.REGISTRATION,
        capacity=capacity,
        on=on,
        source=Source(reporter.source),
        organisation=reporter.organisation,
    )


def way_of(basis: gate.Basis, answer: ConsentAnswer | None) -> State:
    """The three ways out. Without a statute and without an answer that consent was given, only a signal is left."""
    if basis.kind == STATUTORY:
        return State.ACCEPTED
    if basis.kind == CONSENT and answer is not None and answer.answer == gate.Answer.GIVEN:
        return State.HELD
    return State.SIGNAL


def answer_problem(basis: gate.Basis, answer: ConsentAnswer | None) -> str:
    """Silence is no answer: who needs consent says what came of asking for it, before anything else."""
    if basis.kind == STATUTORY:
        return ""
    if answer is None or not answer.answer:
        return "required"
    return "" if answer.answer in tuple(gate.Answer) else "unknown-code"


def asked_beside(reporter: Reporter, on: date) -> tuple[str, ...]:
    """The fields about the purposes beside registration that this reporter asks the person about."""
    if not reporter.group:
        return ()
    asked = gate.purposes_to_ask(group=ReporterGroup(reporter.group), on=on, organisation=reporter.organisation)
    return tuple(field for field, purpose in PURPOSES.items() if purpose in asked)


def statement_problems(notification: NotificationInput) -> Iterator[Problem]:
    birth = notification.identity.birth
    codes = gate.statement_problems(
        _statement(notification.consent),
        reported_on=notification.date,
        birth_year=birth.year,
        birth_month=birth.month,
        birth_day=birth.day,
        birth_estimated=birth.estimated,
    )
    yield from problems_of(codes)
    for field in PURPOSES:
        if (said := getattr(notification.consent, field)) and said not in gate.PURPOSE_ANSWERS:
            yield Problem(field, "purpose-unknown")


def problems_of(codes: Iterable[str]) -> tuple[Problem, ...]:
    return tuple(Problem(_FIELD_OF_PROBLEM.get(code, "answer"), code) for code in codes)


def open_statements(given: Sequence[tuple[UUID, NotificationInput]], reporter: Reporter, by: Actor) -> None:
    """For held reports, by contribution: what was given waits for its review."""
    if given:
        statements = [new for contribution, said in given for new in _new_statements(contribution, said, reporter)]
        gate.open_statements(statements=statements, by=by)


def correction_problem(kept: gate.Standing | None, notification: NotificationInput, way: State) -> str:
    """Why what a changed row says about consent cannot take the place of what was said before; empty if it can."""
    if way is State.ACCEPTED:
        return ""
    if kept is None:
        return "changed-after-report"
    if way is not State.SIGNAL and kept.closed & _given_beside(notification):
        return "statement-decided"
    if way is State.SIGNAL or kept.waits:
        return ""
    said_anew = notification.scans or kept.facts != _statement(notification.consent)
    return "statement-decided" if kept.ended or said_anew else ""


def field_of(purpose: str) -> str:
    """Under which field the reporter said something of a purpose beside registration; empty for registration itself."""
    return next((field for field, known in PURPOSES.items() if known == purpose), "")


def _given_beside(notification: NotificationInput) -> set[str]:
    """The purposes other than registration for which consent was given."""
    return {purpose for field, purpose in PURPOSES.items() if getattr(notification.consent, field, "") == gate.Answer.GIVEN}


def unanswered(on: date, consent: ConsentAnswer | None, reporter: Reporter) -> gate.Unanswered | None:
    """What is counted of a report that becomes a signal: that consent was refused or not asked, and why."""
    if consent is None or not reporter.group or consent.answer not in (*gate.Answer,):
        return None
    return gate.Unanswered(ReporterGroup(reporter.group), on, gate.Answer(consent.answer), consent.reason)


def correct_statements(
    said: Sequence[tuple[UUID, NotificationInput]], retracted: Collection[UUID], reporter: Reporter, by: Actor
) -> None:
    """For changed rows, by contribution: said is what their statements are now, retracted are without consent after all."""
    if said or retracted:
        statements = [new for contribution, report in said for new in _new_statements(contribution, report, reporter)]
        gate.correct_statements(statements=statements, retracted=retracted, by=by)


def answer_of(kept: gate.Standing) -> ConsentAnswer:
    """What a kept statement says, as a reporter says it."""
    facts = kept.facts
    return ConsentAnswer(
        answer=gate.Answer.GIVEN,
        capacity=facts.capacity,
        signer=facts.signer,
        method=facts.method,
        notice_version=facts.notice_version,
        language=facts.language,
        signed_on=facts.signed_on,
        judged_how=facts.judged_how,
        proof=facts.proof,
        interpreter=facts.interpreter,
        view_of_person=facts.view_of_person,
        representative_independent=facts.representative_independent,
        witness=facts.witness,
        requested_on=facts.requested_on,
        **{field: kept.purposes.get(purpose, "") for field, purpose in PURPOSES.items()},
    )


def _new_statements(contribution: UUID, notification: NotificationInput, reporter: Reporter) -> Iterator[gate.NewStatement]:
    """That of the registration, and one for each other purpose about which something was said."""
    birth = notification.identity.birth
    registration = gate.NewStatement(
        notification=contribution,
        organisation=reporter.organisation,
        group=ReporterGroup(reporter.group),
        answer=_statement(notification.consent),
        reported_on=notification.date,
        birth=gate.Birth(birth.year, birth.month, birth.day, birth.estimated),
        scans=tuple(gate.Scan(file.type, file.content) for file in notification.scans),
    )
    yield registration
    for field, purpose in PURPOSES.items():
        if said := getattr(notification.consent, field):
            yield replace(registration, purpose=purpose, said=gate.Answer(said), scans=())


def _statement(answer: ConsentAnswer | None) -> gate.StatementInput:
    given = answer or ConsentAnswer(answer="")
    return gate.StatementInput(
        capacity=given.capacity,
        signer=given.signer,
        method=given.method,
        notice_version=given.notice_version,
        language=given.language,
        signed_on=given.signed_on,
        judged_how=given.judged_how,
        proof=given.proof,
        interpreter=given.interpreter,
        view_of_person=given.view_of_person,
        representative_independent=given.representative_independent,
        witness=given.witness,
        requested_on=given.requested_on,
    )
