"""What a statement breaks, as codes that have a sentence in statements.PROBLEM_SENTENCES. It stores nothing.

The table of capacities decides who signs; the ages that count are those on the day of signing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consent.bases import CAPACITIES, CapacityRow
from consent.statements import (
    Capacity,
    Independence,
    Interpreter,
    Judgement,
    Method,
    PersonsView,
    Proof,
    Signer,
    StatementInput,
    Witness,
)
from consent.texts import text

RECONFIRM_AGE = 16
# What may stay unsaid. What is stored of a statement is codes: a text of somebody's own could name the person.
_OPTIONAL: Mapping[str, tuple[type[StrEnum], str]] = {
    "judged_how": (Judgement, "judgement-unknown"),
    "proof": (Proof, "proof-unknown"),
    "interpreter": (Interpreter, "interpreter-unknown"),
    "view_of_person": (PersonsView, "view-unknown"),
    "representative_independent": (Independence, "independence-unknown"),
    "witness": (Witness, "witness-unknown"),
}
_NOT_INDEPENDENT: Mapping[str, str] = {
    Independence.SUSPECT: "representative-suspect",
    Independence.CONFLICT_OF_INTEREST: "representative-conflict",
}


@dataclass(frozen=True)
class Birth:
    """What is known of the birth date; an estimated one settles nothing, and repr shows nothing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    estimated: bool = False

    def __repr__(self) -> str:
        return "Birth()"


def problems(statement: StatementInput, *, reported_on: date, today: date, birth: Birth) -> tuple[str, ...]:
    found = [*_unknown_codes(statement), *_day_problems(statement, reported_on, today)]
    if not found and statement.signed_on is not None:
        row = CAPACITIES.find(Capacity(statement.capacity), statement.signed_on)
        found += _signer_problems(statement, row)
        found += _circumstance_problems(statement)
        found += _age_problems(statement, statement.signed_on, row, birth)
    return tuple(found)


def _unknown_codes(statement: StatementInput) -> Iterator[str]:
    if not _is_code(Capacity, statement.capacity):
        yield "capacity-unknown"
    if not _is_code(Signer, statement.signer):
        yield "signer-unknown"
    if not _is_code(Method, statement.method):
        yield "method-unknown"
    for field, (codes, code) in _OPTIONAL.items():
        if (said := getattr(statement, field)) and not _is_code(codes, said):
            yield code
    if text(statement.notice_version, statement.language) is None:
        yield "notice-unknown"


def _is_code(codes: type[StrEnum], value: str) -> bool:
    return any(value == code.value for code in codes)


def _day_problems(statement: StatementInput, reported_on: date, today: date) -> Iterator[str]:
    if statement.signed_on is None:
        yield "signed-on-missing"
    elif statement.signed_on > today:
        yield "signed-in-future"
    elif statement.signed_on > reported_on:
        yield "signed-after-report"
    elif statement.requested_on is not None and statement.requested_on > statement.signed_on:
        yield "requested-after-signing"


def _signer_problems(statement: StatementInput, row: CapacityRow) -> Iterator[str]:
    signer = Signer(statement.signer)
    if signer not in row.signers:
        yield _wrong_signer(signer, row)
    elif row.proof and not statement.proof:
        yield "proof-missing"


def _circumstance_problems(statement: StatementInput) -> Iterator[str]:
    if statement.signer == Signer.PERSON:
        if statement.representative_independent or statement.view_of_person:
            yield "no-representative"
    elif code := _NOT_INDEPENDENT.get(statement.representative_independent):
        yield code
    if statement.witness and statement.method != Method.ORAL:
        yield "witness-not-oral"


def _wrong_signer(signer: Signer, row: CapacityRow) -> str:
    if row.signed_by_person:
        return "person-signs-alone"
    if signer is Signer.PERSON and row.capacity is not Capacity.ADULT_REPRESENTED:
        return "person-cannot-sign"
    return "signer-not-allowed"


def _age_problems(statement: StatementInput, signed_on: date, row: CapacityRow, birth: Birth) -> Iterator[str]:
    """Only a birth date that leaves no doubt can contradict the reporter's judgement."""
    if birth.year is None or birth.estimated:
        return
    youngest, oldest = _possible_ages(signed_on, birth.year, birth.month, birth.day)
    if oldest < 0:
        yield "signed-before-birth"
    elif statement.requested_on is not None and _oldest_on(statement.requested_on, birth) < 0:
        yield "requested-before-birth"
    elif youngest > row.oldest or oldest < row.youngest:
        yield "age-contradicts-capacity"


def _oldest_on(day: date, birth: Birth) -> int:
    return _possible_ages(day, birth.year or 0, birth.month, birth.day)[1]


def reconfirm_from(statement: StatementInput, birth: Birth) -> date | None:
    """When somebody for whom a representative signed can be asked personally: coarse, so that no birthday is kept by it.

    The first day of the quarter after the sixteenth birthday; None where that is not known, or passed before the signing.
    """
    if statement.signer == Signer.PERSON or statement.capacity == Capacity.ADULT_REPRESENTED:
        return None
    if birth.year is None or birth.estimated or statement.signed_on is None:
        return None
    quarters = (birth.year + RECONFIRM_AGE) * 4 + ((birth.month or 12) - 1) // 3 + 1
    asked = date(quarters // 4, quarters % 4 * 3 + 1, 1)
    return asked if asked > statement.signed_on else None


def sixteen_from(certainly: date, *, year_only: bool) -> date:
    """The first day on which the person may be sixteen, from the first on which that is certain; both are coarse."""
    if year_only:
        return date(certainly.year - 1, 1, 1)
    return date(certainly.year - 1, 10, 1) if certainly.month == 1 else certainly.replace(month=certainly.month - 3)


def _possible_ages(on: date, year: int, month: int | None, day: int | None) -> tuple[int, int]:
    """For the latest and the earliest birthday that fit; a day without its month says nothing."""
    earliest = (month or 1, day if month and day else 1)
    latest = (month or 12, day if month and day else 31)
    today, years = (on.month, on.day), on.year - year
    return years - (today < latest), years - (today < earliest)
