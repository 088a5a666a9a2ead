"""The engine as a whole: known truths are recovered; order, withdrawal and what was taken back leave no trace."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.people import Reported, look_alikes, reported_persons
from benchmarks.registers import Register, make_register
from intake.linkage import engine, files
from intake.linkage.clusters import Two
from intake.linkage.comparisons import Field
from intake.linkage.decisions import Band
from intake.linkage.engine import Linked, Record
from intake.linkage.evaluation import Evaluation, evaluate
from intake.linkage.features import Maker
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.frequencies import Counted
from tests.described import digest, record
from tests.unit.intake.linkage.test_records import described

# By everything else the same, a short form or another last letter is more often one person than two; and nothing tells two
# apart of whom all that is known is the same.
TOO_LIKE = {("Hawanatu", "Kargbo"), ("Isata", "Kargbo"), ("Maria", "Ionescu")}
NAMELESS = engine.Details(year=1994, month=5, day=17, sex="female", nationalities=("SL",))


def records_of(reports: list[Reported]) -> dict[UUID, Record]:
    return {report.id: engine.make_record(report.details, digest) for report in reports}


def partition(records: Mapping[UUID, Record], **decided: frozenset[Two[UUID]]) -> tuple[frozenset[UUID], ...]:
    return engine.link(records, **decided).clusters.groups


def weights(linked: Linked[UUID]) -> dict[Two[UUID], tuple[float, int, bool]]:
    columns = (getattr(linked.scored, name).tolist() for name in ("weights", "bands", "apart"))
    return {linked.pair(place): values for place, values in enumerate(zip(*columns, strict=True))}


@pytest.fixture(scope="module")
def small() -> dict[UUID, Record]:
    return records_of(reported_persons(30, seed="small") + look_alikes())


@pytest.fixture(scope="module")
def register() -> Register:
    return make_register(300, seed=2026)


@pytest.fixture(scope="module")
def registered(register: Register) -> dict[str, Record]:
    reports = {row.report_id: files.details_of(row._asdict()) for row in register.rows}
    maker = Maker(digest, Counted(reports.values()))
    return {report: maker.make(details) for report, details in reports.items()}


def measured(linked: Linked[str], truth: Mapping[str, str]) -> Evaluation:
    return evaluate({report: number for number, group in enumerate(linked.clusters.groups) for report in group}, truth)


def test_persons_of_a_made_up_register_are_found(register, registered):
    found = measured(engine.link(registered, parameters=shipped().of_size(len(registered))), register.truth)
    assert found.precision > 0.95
    assert found.recall > 0.83
    assert abs(found.person_count_error) < 0.08


def test_questions_answered_truly_give_nearly_all_persons(register, registered):
    used = shipped().of_size(len(registered))
    linked = engine.link(registered, parameters=used)
    pairs = {linked.pair(place) for place in range(len(linked.scored.left))}
    same = frozenset(two for two in pairs if register.truth[two[0]] == register.truth[two[1]])
    answered = measured(engine.link(registered, same=same, different=frozenset(pairs - same), parameters=used), register.truth)
    assert answered.precision == 1
    assert answered.recall > 0.95


def test_well_described_persons_are_never_joined_and_nearly_all_found():
    reports = reported_persons(300, seed="engine test")
    found = engine.link(records_of(reports)).clusters.groups
    truth = {str(report.id): report.person for report in reports}
    quality = evaluate({str(member): number for number, group in enumerate(found) for member in group}, truth)
    assert quality.precision == 1
    assert quality.recall > 0.92


def test_twins_namesakes_and_a_boat_of_one_birthday_are_never_joined():
    reports = [one for one in look_alikes() if (one.details.given_names[0], one.details.family_name) not in TOO_LIKE]
    assert len(reports) > 15
    assert all(len(group) == 1 for group in partition(records_of(reports)))


@pytest.mark.parametrize("parameters", [shipped().of_size(2), shipped(), shipped().of_size(1_000_000)])
def test_birth_date_alone_joins_nobody(parameters):
    nameless = engine.make_record(NAMELESS, digest)
    linked = engine.link({1: nameless, 2: nameless, 3: record()}, parameters=parameters)
    assert len(linked.clusters.groups) == 3


@pytest.mark.parametrize(
    "missing",
    [
        {"given_names": ()},
        {"family_name": ""},
        {"year": None, "month": None, "day": None},
        {"sex": ""},
        {"nationalities": ()},
        {"place": ""},
        {"v_number": ""},
        {"document_number": ""},
    ],
)
def test_missing_value_is_no_evidence(missing):
    whole = record(place="Freetown", v_number="2876543210", document_number="NX1234567")
    lacking = record(**({"place": "Freetown", "v_number": "2876543210", "document_number": "NX1234567"} | missing))
    full, without = engine.score(whole, whole), engine.score(whole, lacking)
    (gone,) = [part for part in full.evidence if part.field not in {other.field for other in without.evidence}]
    assert without.weight == pytest.approx(full.weight - gone.weight, abs=0.001)


def test_two_empty_descriptions_weigh_the_prior_alone():
    found = engine.score(Record(), Record())
    assert (found.evidence, found.band) == ((), Band.NONE)
    assert found.weight == pytest.approx(shipped().prior, abs=0.001)


@given(described, described)
def test_weight_is_symmetric_and_the_prior_plus_the_evidence_that_is_shown(one, other):
    first, second = engine.make_record(one, digest), engine.make_record(other, digest)
    found = engine.score(first, second)
    assert found == engine.score(second, first)
    assert found.weight == pytest.approx(shipped().prior + sum(part.weight for part in found.evidence), abs=0.001)


def test_evidence_names_the_fields_that_both_have():
    found = engine.score(record(), record(family_name="Kabriu"))
    assert {part.field for part in found.evidence} == {
        Field.FAMILY_NAME, Field.GIVEN_NAME, Field.BIRTH_DATE, Field.SEX, Field.NATIONALITY,
    }  # fmt: skip


def test_compare_many_leaves_out_who_is_somebody_else():
    near, far = UUID(int=1), UUID(int=2)
    other = engine.make_record(engine.Details(given_names=("Elena",), family_name="Popescu", year=1970), digest)
    assert set(engine.compare_many(record(), {far: other, near: record(sex="")})) == {near}
    assert engine.compare_many(record(), {}) == {}


def test_one_report_and_all_reports_are_compared_alike(small):
    linked = engine.link(small)
    pairs = [linked.pair(place) for place in range(len(linked.scored.left))]
    explained = engine.score_pairs(small, pairs)
    assert [found.weight for found in explained.values()] == linked.scored.weights.tolist()
    for one, other in pairs[:20]:
        assert engine.compare_many(small[one], {other: small[other]}) == {other: explained[one, other]}


def test_portions_of_pairs_make_no_difference(small, monkeypatch):
    whole = weights(engine.link(small))
    monkeypatch.setattr(engine, "AT_ONCE", 7)
    assert weights(engine.link(small)) == whole


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_persons_are_the_same_for_every_order_of_arrival(small, registered, shuffle):
    for records in (small, registered):
        arrived = list(records)
        shuffle.shuffle(arrived)
        mixed, usual = engine.link({member: records[member] for member in arrived}), engine.link(records)
        assert mixed.clusters == usual.clusters
        assert weights(mixed) == weights(usual)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_without_a_report_all_is_as_if_it_never_was(small, data):
    gone = data.draw(st.sets(st.sampled_from(sorted(small)), max_size=10))
    remaining = {member: made for member, made in small.items() if member not in gone}
    kept = {two: found for two, found in weights(engine.link(small)).items() if not gone & set(two)}
    assert weights(engine.link(remaining)) == kept


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whom_people_told_apart_never_meet(small, data):
    """Of those whom linkage joins by itself, and of those whom other decisions would join by a third report."""
    joined = [engine.ordered(*two) for group in partition(small) for two in combinations(sorted(group), 2)]
    others = [engine.ordered(*two) for two in combinations(sorted(small), 2)]
    different = frozenset(data.draw(st.lists(st.sampled_from(joined), min_size=1, max_size=12)))
    same = frozenset(data.draw(st.lists(st.sampled_from([*joined, *others]), max_size=12))) - different
    for group in partition(small, same=same, different=different):
        assert not any(one in group and other in group for one, other in different)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_decision_moves_the_two_persons_alone_and_leaves_no_trace(small, data):
    before, stored = partition(small), {member: made.to_bytes() for member, made in small.items()}
    one, other = data.draw(st.permutations(sorted(before, key=min)))[:2]
    merged = partition(small, same=frozenset({engine.ordered(min(one), min(other))}))
    assert set(before) - set(merged) == {one, other}
    assert set(merged) - set(before) == {one | other}
    assert partition(small) == before
    assert {member: made.to_bytes() for member, made in small.items()} == stored


def test_split_undoes_a_merge(small):
    joined = next(sorted(group) for group in partition(small) if len(group) == 2)
    split = partition(small, different=frozenset({tuple(joined)}))
    assert {frozenset({member}) for member in joined} <= set(split)


def test_token_that_too_many_share_makes_no_pairs_and_is_reported():
    worn = engine.link({number: record() for number in range(1, 8)}, parameters=replace(shipped(), cap=5))
    assert len(worn.scored.left) == 0
    assert worn.worn_tokens == len(engine.tokens([record()], digest)[0]) - 1  # The one of the whole makes no pairs anyway.


def test_nobody_is_no_person():
    linked = engine.link({})
    assert (linked.clusters.groups, linked.worn_tokens) == ((), 0)
