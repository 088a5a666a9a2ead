"""The one set of rules for form, API, file and feed: what an input breaks, by field and code, never by value.

It asks consent.gate for the legal basis and decides with it which of the three ways the report goes. It stores nothing.

An ISZW-DO report needs ("indication", "yes") and ("reflection-period", "accepted") in characteristics.further.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from accounts.reporters import ReporterGroup, Source
from consent.gate import Basis
from intake.codes import lists, partial_days
from intake.codes.ages import possible_birthdays
from intake.codes.characteristics import Characteristics
from intake.notifications import births, circumstances, consents, numbers, periods, signals, texts
from intake.notifications.assembling import parts_of
from intake.notifications.fields import MISSABLE, MOST_NAMES, PERIOD
from intake.notifications.inputs import Identity, NotificationInput, Problem
from intake.notifications.policies import Reporter
from intake.notifications.texts import TextRule
from intake.notifications.workflow import State

SCORE_ITEMS = ("score-pay", "score-conditions", "score-coercion")
ISZW_DO_ANSWERS = {"indication": "yes", "reflection-period": "accepted"}

_TEXT_RULES = {
    "prefix": texts.NAME,
    "family_name": texts.NAME,
    "contact": texts.CONTACT,
    "narrative": texts.NARRATIVE,
}
_NUMBER_RULES = {
    "bsn": numbers.bsn_problem,
    "v_number": numbers.v_number_problem,
    "document_number": numbers.document_problem,
}


class Invalid(Exception):
    """The input breaks rules; says which, and repeats nothing of the input."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("The report breaks one or more rules.")
        self.problems = problems


class InvalidPerson(Invalid):
    """As Invalid, of one person of several: part says which of the draft."""

    def __init__(self, part: UUID, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.part = part


@dataclass(frozen=True)
class Judgement:
    """What the rules say of one input: its problems or, without any, which way it goes and on what basis."""

    problems: tuple[Problem, ...]
    way: State
    basis: Basis


def judge(notification: NotificationInput, reporter: Reporter, *, today: date | None = None) -> Judgement:
    """Of a cleaned input. Where only a signal is left, what was typed about a person is not looked at: it goes nowhere."""
    basis = consents.basis_of(reporter, notification.date, notification.consent)
    way = consents.way_of(basis, notification.consent)
    today = today or timezone.localdate()
    found = [
        *_date_problems(notification.date, today),
        *_answer_problems(notification, basis),
        *_age_band_problems(notification),
    ]
    if not found:
        found += circumstances.problems(notification.characteristics, notification.date, today=today)
        found += _missing_problems(notification)
        found += _group_problems(notification, reporter)
        found += _own_reference_problems(notification.identity.own_reference, basis)
        if way is not State.SIGNAL:
            found += _signal_problems(notification.characteristics)
            found += identity_problems(notification.identity, notification.date, basis)
            found += _period_problems(notification)
        if way is State.HELD and not any(problem.field == "birth" for problem in found):
            found += consents.statement_problems(notification)
    return Judgement(tuple(found), way, basis)


def coded_problems(notification: NotificationInput, reporter: Reporter) -> Iterator[Problem]:
    """Of a report that is registered already: what its codes break, whoever it is about."""
    yield from _age_band_problems(notification)
    yield from circumstances.problems(notification.characteristics, notification.date)
    yield from _missing_problems(notification)
    yield from _group_problems(notification, reporter)
    yield from _signal_problems(notification.characteristics)


def identity_problems(identity: Identity, on: date, basis: Basis) -> Iterator[Problem]:
    if not (identity.family_name or identity.given_names):
        yield Problem("family_name", "required")
    for field, rule in _TEXT_RULES.items():
        if (value := getattr(identity, field)) and (code := _text_problem(value, rule, basis)):
            yield Problem(field, code)
    yield from _names_problems("given_names", identity.given_names, basis)
    yield from _names_problems("aliases", identity.aliases, basis)
    yield from _number_problems(identity, basis)
    if code := births.problem_of(identity.birth, on):
        yield Problem("birth", code)


def _date_problems(on: date, today: date) -> Iterator[Problem]:
    if on > today:
        yield Problem("date", "in-future")
    elif periods.is_over(on, today):
        yield Problem("date", "too-long-ago")


def _age_band_problems(notification: NotificationInput) -> Iterator[Problem]:
    if code := births.band_problem(notification):
        yield Problem("age_band", code)


def _answer_problems(notification: NotificationInput, basis: Basis) -> Iterator[Problem]:
    if code := consents.answer_problem(basis, notification.consent):
        yield Problem("answer", code)


def _own_reference_problems(reference: str, basis: Basis) -> Iterator[Problem]:
    if reference and (code := _text_problem(reference, texts.REFERENCE, basis)):
        yield Problem("own_reference", code)


def _group_problems(notification: NotificationInput, reporter: Reporter) -> Iterator[Problem]:
    answers = dict(notification.characteristics.further)
    if not answers and reporter.group != ReporterGroup.ISZW_DO:
        return
    group = reporter.group if reporter.source is Source.REPORT else ""
    if group == ReporterGroup.ISZW_DO:
        for question, needed in ISZW_DO_ANSWERS.items():
            if answers.get(question) != needed:
                yield Problem(question, "needed-of-iszw-do")
    if scored := {item: answers[item] for item in SCORE_ITEMS if item in answers}:
        yield from _score_problems(scored, group, notification.characteristics.exploitation_types)


def _score_problems(scored: Mapping[str, str], group: str, types: Collection[str]) -> Iterator[Problem]:
    """FairWork reports labour exploitation where its list gives signals enough: one that says no throughout gives none."""
    if group != ReporterGroup.FAIRWORK:
        yield from (Problem(item, "only-fairwork") for item in scored)
    elif "yes" in scored.values():
        if "labour" not in types:
            yield Problem("exploitation_types", "score-needs-labour")
    elif len(scored) == len(SCORE_ITEMS):
        yield Problem(SCORE_ITEMS[0], "score-says-no")


def _missing_problems(notification: NotificationInput) -> Iterator[Problem]:
    """A field is missing for one known reason, and has no answer then."""
    missing = notification.characteristics.missing
    if not missing:
        return
    if len(dict(missing)) != len(missing):
        yield Problem("missing", "answered-twice")
    parts = parts_of(notification)
    given = {field for name, part in parts.items() if name != "missing" for field, value in part.items() if value}
    if notification.identity.birth.year is not None:
        given.add("birth")
    given |= parts["phases"].keys()
    for field, reason in missing:
        if field not in MISSABLE:
            yield Problem("missing", "unknown-code")
        elif reason not in lists.MISSING_REASONS:
            yield Problem(field, "unknown-code")
        elif field in given:
            yield Problem(field, "answered-and-missing")


def _signal_problems(characteristics: Characteristics) -> Iterator[Problem]:
    """Of a person who is registered the municipality says it."""
    if signals.REGION_QUESTION in dict(characteristics.further):
        yield Problem(signals.REGION_QUESTION, "only-without-consent")


def _names_problems(field: str, names: tuple[str, ...], basis: Basis) -> Iterator[Problem]:
    if len(names) > MOST_NAMES:
        yield Problem(field, "too-many")
    elif code := next((code for name in names if (code := _text_problem(name, texts.NAME, basis))), ""):
        yield Problem(field, code)


def _text_problem(text: str, rule: TextRule, basis: Basis) -> str:
    """A BSN has its own field where a statute allows it; from all others it is refused wherever it stands.

    Plain letters break no rule but that of the length: the most of a file is that. What is too long is not looked through.
    """
    if len(text) <= rule.limit:
        if text.isalpha() and text.isascii():
            return ""
        if not basis.bsn_allowed and numbers.holds_bsn(text):
            return "holds-bsn"
    return texts.problem_of(text, rule)


def _period_problems(notification: NotificationInput) -> Iterator[Problem]:
    """Nobody is exploited before birth; of a circumstance that is itself in doubt another rule speaks."""
    days = {
        field: day for field in PERIOD if (day := getattr(notification.characteristics, field)) and partial_days.is_one(day)
    }
    birth, on = notification.identity.birth, notification.date
    if not days or birth.year is None or birth.estimated or births.problem_of(birth, on):
        return
    born, _ = possible_birthdays(birth.year, birth.month, birth.day)
    for field, day in days.items():
        if partial_days.span(day)[1] < born:
            yield Problem(field, "before-birth")


def _number_problems(identity: Identity, basis: Basis) -> Iterator[Problem]:
    for field, problem_of in _NUMBER_RULES.items():
        number = getattr(identity, field)
        if not number:
            continue
        if not getattr(basis, f"{field}_allowed"):
            yield Problem(field, "not-allowed")
        elif code := problem_of(number):
            yield Problem(field, code)
