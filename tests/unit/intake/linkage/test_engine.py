"""The engine as a whole: known truths are recovered, missing is no evidence, order and withdrawal leave no trace."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.people import Reported, look_alikes, reported_persons
from intake.linkage import engine
from intake.linkage.clusters import Links
from intake.linkage.comparisons import Field
from intake.linkage.decisions import Band
from intake.linkage.evaluation import evaluate
from intake.linkage.fellegi_sunter import FROZEN
from tests.described import details, digest, record


def records_of(reports: list[Reported]) -> dict[UUID, engine.Record]:
    return {report.id: engine.make_record(report.details, digest) for report in reports}


def partition(records: dict[UUID, engine.Record], decided: Links | None = None) -> set[frozenset[UUID]]:
    return set(engine.link(records, digest, decided=decided).clusters.groups)


@pytest.fixture(scope="module")
def reports() -> list[Reported]:
    return reported_persons(600, seed="engine test")


def test_no_two_persons_are_joined_and_most_repeats_are_found_or_asked(reports):
    linked = engine.link(records_of(reports), digest)
    truth = {str(report.id): report.person for report in reports}
    person_of = {report.id: report.person for report in reports}
    found = {str(member): number for number, group in enumerate(linked.clusters.groups) for member in group}
    measured = evaluate(found, truth)
    asked = sum(person_of[one] == person_of[other] for one, other in linked.pairs)
    assert measured.precision == 1
    assert measured.recall > 0.6
    assert asked / measured.pairs_true > 0.95


def test_questions_answered_truly_give_the_true_persons(reports):
    person_of = {report.id: report.person for report in reports}
    records = records_of(reports)
    pairs = engine.link(records, digest).pairs
    asked = {two for two, pair in pairs.items() if pair.band is Band.QUESTION}
    same = frozenset(two for two in asked if person_of[two[0]] == person_of[two[1]])
    decided = engine.link(records, digest, decided=Links(same=same, different=frozenset(asked - same)))
    found = {str(member): number for number, group in enumerate(decided.clusters.groups) for member in group}
    measured = evaluate(found, {str(report.id): report.person for report in reports})
    assert measured.precision == 1
    assert measured.recall > 0.95


def test_look_alikes_are_never_joined():
    reports = look_alikes()
    linked = engine.link(records_of(reports), digest)
    person_of = {report.id: report.person for report in reports}
    assert all(len({person_of[member] for member in group}) == 1 for group in linked.clusters.groups)


@pytest.mark.parametrize(
    "missing",
    [
        {"given_names": ()},
        {"family_name": ""},
        {"year": None, "month": None, "day": None},
        {"sex": ""},
        {"nationalities": ()},
    ],
)
def test_missing_value_is_no_evidence(missing):
    full = engine.score(record(), record())
    without = engine.score(record(), record(**missing))
    gone = {part.field: part for part in full.evidence}.keys() - {part.field for part in without.evidence}
    assert len(gone) == 1
    lost = sum(part.weight for part in full.evidence if part.field in gone)
    assert without.weight == pytest.approx(full.weight - lost, abs=0.001)


def test_two_empty_descriptions_weigh_the_prior_alone():
    empty = engine.make_record(engine.Details(), digest)
    found = engine.score(empty, empty)
    assert (found.evidence, found.band) == ((), Band.NONE)
    assert found.weight == pytest.approx(FROZEN.prior, abs=0.001)


def test_weight_is_prior_plus_the_evidence_that_is_shown():
    found = engine.score(record(), record(family_name="Kabriu"))
    assert found.weight == pytest.approx(FROZEN.prior + sum(part.weight for part in found.evidence), abs=0.001)
    assert {part.field for part in found.evidence} == {
        Field.FAMILY_NAME, Field.GIVEN_NAME, Field.BIRTH_DATE, Field.SEX, Field.NATIONALITY,
    }  # fmt: skip


def test_compare_many_leaves_out_who_is_somebody_else():
    near, far = UUID(int=1), UUID(int=2)
    other = engine.make_record(engine.Details(given_names=("Elena",), family_name="Popescu", year=1970), digest)
    assert set(engine.compare_many(record(), {near: record(sex=""), far: other})) == {near}


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_persons_are_the_same_for_every_order_of_arrival(shuffle):
    records = records_of(reported_persons(40, seed="order") + look_alikes())
    arrived = list(records)
    shuffle.shuffle(arrived)
    assert partition({identifier: records[identifier] for identifier in arrived}) == partition(records)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_without_a_report_all_is_as_if_it_never_was(data):
    records = records_of(reported_persons(30, seed="withdrawal") + look_alikes())
    gone = data.draw(st.sets(st.sampled_from(sorted(records)), max_size=10))
    remaining = {identifier: made for identifier, made in records.items() if identifier not in gone}
    pairs = engine.link(records, digest).pairs
    kept = {two: pair for two, pair in pairs.items() if not gone & set(two)}
    assert kept == engine.link(remaining, digest).pairs


def test_token_that_too_many_share_makes_no_pairs_and_is_reported():
    small = replace(FROZEN, cap=5)
    same = {UUID(int=number): record() for number in range(1, 8)}
    linked = engine.link(same, digest, parameters=small)
    assert linked.pairs == {}
    assert linked.worn_tokens == len(engine.tokens(record(), digest))


def test_tokens_can_be_made_anew_from_the_record_under_another_key():
    kept = engine.Record.from_bytes(record().to_bytes())
    other_key = lambda kind, text: digest(kind, "new key" + text)  # noqa: E731
    assert len(engine.tokens(kept, other_key)) == len(engine.tokens(record(), digest))
    assert not set(engine.tokens(kept, other_key)) & set(engine.tokens(record(), digest))


def test_digits_and_placeholders_in_names_do_no_harm():
    odd = details(given_names=("4nna", "NN"), family_name="onbekend", aliases=("", "-"))
    assert engine.make_record(odd, digest).names
