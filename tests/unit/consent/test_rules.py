"""Which statements are refused before they are recorded, and with which code."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from consent.rules import Birth, problems, reconfirm_from
from consent.statements import (
    LABELS,
    PROBLEM_SENTENCES,
    Capacity,
    Independence,
    Interpreter,
    InvalidationReason,
    Judgement,
    NoConsentReason,
    PersonsView,
    RejectionReason,
    Signer,
    StatementInput,
)

TODAY = date(2019, 6, 15)
REPORTED = date(2019, 6, 10)
SIGNED = date(2019, 6, 1)
ADULT = StatementInput("sixteen-or-older", "person", "written", "1", "nl", SIGNED)
CHILD = replace(ADULT, capacity="under-sixteen", signer="guardian")
REPRESENTED = replace(ADULT, capacity="adult-represented", signer="curator", proof="court-decision")
NO_BIRTH = Birth()


def found(statement: StatementInput, birth: Birth = NO_BIRTH) -> tuple[str, ...]:
    return problems(statement, reported_on=REPORTED, today=TODAY, birth=birth)


@pytest.mark.parametrize("statement", [ADULT, CHILD, REPRESENTED, replace(CHILD, capacity="cannot-be-judged")])
def test_good_statement_has_no_problems(statement: StatementInput) -> None:
    assert found(statement) == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"capacity": "Kanarie"}, "capacity-unknown"),
        ({"signer": ""}, "signer-unknown"),
        ({"method": "pigeon"}, "method-unknown"),
        ({"judged_how": "Kanarie says so"}, "judgement-unknown"),
        ({"judged_how": "\ud800"}, "judgement-unknown"),
        ({"proof": "shown by Kanarie"}, "proof-unknown"),
        ({"interpreter": "cousin of Kanarie"}, "interpreter-unknown"),
        ({"view_of_person": "Kanarie agrees"}, "view-unknown"),
        ({"representative_independent": "yes"}, "independence-unknown"),
        ({"witness": "Kanarie"}, "witness-unknown"),
        ({"requested_on": SIGNED + timedelta(days=1)}, "requested-after-signing"),
        ({"representative_independent": "independent"}, "no-representative"),
        ({"view_of_person": "agrees"}, "no-representative"),
        ({"witness": "colleague"}, "witness-not-oral"),
        ({"notice_version": "0"}, "notice-unknown"),
        ({"language": "xx"}, "notice-unknown"),
        ({"notice_version": "../1"}, "notice-unknown"),
        ({"signed_on": None}, "signed-on-missing"),
        ({"signed_on": TODAY + timedelta(days=1)}, "signed-in-future"),
        ({"signed_on": REPORTED + timedelta(days=1)}, "signed-after-report"),
    ],
)
def test_each_fault_has_its_own_code(changed: dict[str, str], code: str) -> None:
    assert found(replace(ADULT, **changed)) == (code,)


def test_statement_may_be_signed_on_the_day_of_the_report() -> None:
    assert found(replace(ADULT, signed_on=REPORTED)) == ()


def expected(capacity: Capacity, signer: Signer) -> tuple[str, ...]:
    children = {Signer.PARENT, Signer.GUARDIAN, Signer.CERTIFIED_INSTITUTION, Signer.NIDOS}
    if capacity is Capacity.SIXTEEN_OR_OLDER:
        return () if signer is Signer.PERSON else ("person-signs-alone",)
    if capacity is Capacity.ADULT_REPRESENTED:
        return () if signer in (Signer.CURATOR, Signer.MENTOR) else ("signer-not-allowed",)
    if signer is Signer.PERSON:
        return ("person-cannot-sign",)
    return () if signer in children else ("signer-not-allowed",)


@pytest.mark.parametrize(("capacity", "signer"), list(product(Capacity, Signer)))
def test_every_signer_for_every_capacity(capacity: Capacity, signer: Signer) -> None:
    statement = replace(REPRESENTED, capacity=capacity.value, signer=signer.value)
    assert found(statement) == expected(capacity, signer)


@pytest.mark.parametrize(
    ("declared", "problems"),
    [
        ("", ()),
        ("independent", ()),
        ("suspect", ("representative-suspect",)),
        ("conflict-of-interest", ("representative-conflict",)),
    ],
)
@pytest.mark.parametrize("statement", [CHILD, REPRESENTED])
def test_suspect_and_who_has_another_interest_cannot_represent(
    statement: StatementInput, declared: str, problems: tuple[str, ...]
) -> None:
    assert found(replace(statement, representative_independent=declared)) == problems


@pytest.mark.parametrize("view", [*PersonsView])
def test_view_of_the_person_is_recorded_and_decides_nothing(view: PersonsView) -> None:
    assert found(replace(CHILD, view_of_person=view.value)) == ()


def test_witness_belongs_to_consent_that_was_given_orally() -> None:
    assert found(replace(ADULT, method="oral", witness="interpreter", interpreter="by-telephone")) == ()


def test_consent_is_not_asked_before_the_birth() -> None:
    born = Birth(SIGNED.year - 10, 5, 5)
    assert found(replace(CHILD, requested_on=date(SIGNED.year - 10, 5, 4)), born) == ("requested-before-birth",)
    assert found(replace(CHILD, requested_on=date(SIGNED.year - 10, 5, 5)), born) == ()


@pytest.mark.parametrize(
    ("birth", "asked"),
    [
        (Birth(2005, 2, 14), date(2021, 4, 1)),
        (Birth(2005, 12, 31), date(2022, 1, 1)),
        (Birth(2005), date(2022, 1, 1)),
        (Birth(2005, 2, 14, estimated=True), None),
        (NO_BIRTH, None),
        (Birth(2001, 1, 1), None),
    ],
)
def test_person_is_asked_to_confirm_in_the_quarter_after_the_sixteenth_birthday(birth: Birth, asked: date | None) -> None:
    assert reconfirm_from(CHILD, birth) == asked
    assert reconfirm_from(ADULT, birth) is None
    assert reconfirm_from(REPRESENTED, birth) is None


@pytest.mark.parametrize(("capacity", "age"), list(product(Capacity, range(31))))
def test_every_capacity_at_every_age(capacity: Capacity, age: int) -> None:
    """The ages of the table, and no others, fit what is said; where nobody could judge any age does."""
    signers = {
        Capacity.SIXTEEN_OR_OLDER: (Signer.PERSON, range(16, 201)),
        Capacity.UNDER_SIXTEEN: (Signer.GUARDIAN, range(16)),
        Capacity.CANNOT_BE_JUDGED: (Signer.GUARDIAN, range(201)),
        Capacity.ADULT_REPRESENTED: (Signer.CURATOR, range(18, 201)),
    }
    signer, ages = signers[capacity]
    statement = replace(REPRESENTED, capacity=capacity.value, signer=signer.value)
    birth = Birth(SIGNED.year - age, SIGNED.month, SIGNED.day)
    assert found(statement, birth) == (() if age in ages else ("age-contradicts-capacity",))


def test_curator_without_proof_cannot_sign() -> None:
    assert found(replace(REPRESENTED, proof="")) == ("proof-missing",)


def test_sixteenth_birthday_decides_who_signs() -> None:
    sixteen_today = Birth(SIGNED.year - 16, SIGNED.month, SIGNED.day)
    sixteen_tomorrow = Birth(SIGNED.year - 16, SIGNED.month, SIGNED.day + 1)
    assert found(ADULT, sixteen_today) == ()
    assert found(CHILD, sixteen_today) == ("age-contradicts-capacity",)
    assert found(ADULT, sixteen_tomorrow) == ("age-contradicts-capacity",)
    assert found(CHILD, sixteen_tomorrow) == ()


@pytest.mark.parametrize("age", [16, 17])
def test_minor_of_sixteen_or_seventeen_signs_alone(age: int) -> None:
    birth = Birth(SIGNED.year - age, 1, 1)
    assert found(ADULT, birth) == ()
    assert found(replace(ADULT, signer="parent"), birth) == ("person-signs-alone",)


def test_age_on_the_day_of_signing_counts_not_that_of_the_report() -> None:
    turned_sixteen_between = Birth(2003, 6, 5)
    assert found(CHILD, turned_sixteen_between) == ()
    assert found(ADULT, turned_sixteen_between) == ("age-contradicts-capacity",)


def test_birth_date_that_leaves_doubt_contradicts_nothing() -> None:
    for birth in (Birth(2003), Birth(2003, 6), Birth(2003, None, 2), Birth(1980, 1, 1, estimated=True), NO_BIRTH):
        assert found(ADULT, birth) == ()
        assert found(CHILD, birth) == ()


def test_year_that_leaves_no_doubt_is_enough() -> None:
    assert found(CHILD, Birth(1980)) == ("age-contradicts-capacity",)
    assert found(REPRESENTED, Birth(2002)) == ("age-contradicts-capacity",)
    assert found(ADULT, Birth(2020)) == ("signed-before-birth",)


def test_known_age_does_not_contradict_that_nobody_could_judge() -> None:
    assert found(replace(CHILD, capacity="cannot-be-judged"), Birth(1980, 1, 1)) == ()


def test_every_code_has_a_sentence_and_every_answer_a_name() -> None:
    assert all(str(sentence).endswith(".") for sentence in PROBLEM_SENTENCES.values())
    assert {*Capacity, *Signer} <= set(LABELS)


def test_lists_that_share_a_code_keep_their_own_names() -> None:
    assert LABELS[Judgement.PROFESSIONAL] != LABELS[Interpreter.PROFESSIONAL]
    assert LABELS[NoConsentReason.CONFLICT_OF_INTEREST] != LABELS[Independence.CONFLICT_OF_INTEREST]
    assert LABELS[InvalidationReason.NOT_FREELY_GIVEN] != LABELS[RejectionReason.NOT_FREELY_GIVEN]
