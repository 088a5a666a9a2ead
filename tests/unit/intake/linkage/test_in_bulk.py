"""Candidates compared in portions by any number of processes, without those that are too light: the same as all at once."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.registers import make_register
from intake.linkage import candidates, engine, files, in_bulk, linking, making, quick, texts
from intake.linkage.columns import Columns, Frozen
from intake.linkage.engine import Scored
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.records import Details
from intake.linkage.sieve import Sieve
from tests.described import details, digest, digests
from tests.unit.intake.linkage.test_bad_input import invented
from tests.unit.intake.linkage.test_records import described

SIZES = (400, 20_000, 1_000_000, 50_000_000)


@pytest.fixture(scope="module")
def register() -> dict[str, Details]:
    return {row.report_id: files.details_of(row._asdict()) for row in make_register(250, seed=79).rows}


@pytest.fixture(scope="module")
def frozen(register: dict[str, Details]) -> Frozen:
    return quick.prepared(making.columns_of(texts.of_details(register), digests))


def same(one: Scored, other: Scored) -> bool:
    return all(np.array_equal(getattr(one, name.name), getattr(other, name.name)) for name in fields(Scored))


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_lost_by_not_comparing_what_is_too_light(frozen: Frozen, size: int):
    used = shipped(linking.OF_FILES).of_size(size)
    left, right = np.triu_indices(len(frozen), 1)
    kept = Sieve(frozen, used).keeps(left, right)
    assert same(engine.score_all(frozen, left[kept], right[kept], used), engine.score_all(frozen, left, right, used))
    assert kept.mean() < 0.9


@settings(max_examples=25, deadline=None)
@given(st.lists(described, min_size=2, max_size=6), st.sampled_from(SIZES), st.booleans())
def test_nothing_is_lost_of_any_reports(descriptions: list[Details], size: int, many_nationalities: bool):
    ready = quick.prepared(Columns(engine.make_record(one, digest) for one in descriptions).frozen())
    if many_nationalities:
        ready = replace(ready, quick={two: found for two, found in ready.quick.items() if two[0] != "nationalities"})
    used = shipped().of_size(size)
    left, right = np.triu_indices(len(ready), 1)
    kept = Sieve(ready, used).keeps(left, right)
    assert same(engine.score_all(ready, left[kept], right[kept], used), engine.score_all(ready, left, right, used))


def test_shared_number_is_compared_whatever_else_differs():
    two = [
        details(v_number="2876543210"),
        details(
            given_names=("Elena",), family_name="Popescu", year=1960, sex="male", nationalities=("RO",), v_number="2876543210"
        ),
    ]
    ready = quick.prepared(Columns(engine.make_record(one, digest) for one in two).frozen())
    used = shipped().of_size(50_000_000)
    pair = np.array([0]), np.array([1])
    assert Sieve(ready, used).keeps(*pair).all()
    assert len(engine.score_all(ready, *pair, used).left) == 1


def test_one_and_two_processes_and_one_portion_find_the_same(frozen: Frozen, monkeypatch: pytest.MonkeyPatch):
    used = shipped(linking.OF_FILES).of_size(len(frozen))
    blocks = candidates.blocks_of(frozen, used.cap)
    whole = engine.score_all(frozen, *blocks.pairs(range(len(frozen))), used)
    for listed in (10**9, 300, 1):
        monkeypatch.setattr(in_bulk, "LISTED_AT_ONCE", listed)
        for many in (1, 2) if listed > 1 else (1,):
            found = in_bulk.scored(frozen, blocks, used, many)
            assert same(found.scored, whole)
            assert found.candidates == len(blocks.pairs(range(len(frozen)))[0])


def test_file_is_linked_the_same_by_one_and_by_two_processes(register, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(in_bulk, "LISTED_AT_ONCE", 2_000)
    monkeypatch.setattr(making, "AT_ONCE", 200)
    linked = []
    for many in (1, 2):
        monkeypatch.setattr(linking.processes, "available", lambda many=many: many)
        linked.append(linking.link_reports(register, {}, on_this_file_alone=False)[0])
    assert linked[0].clusters == linked[1].clusters
    assert same(linked[0].scored, linked[1].scored)


def test_weights_estimated_on_a_sample_do_not_depend_on_the_order_of_the_rows(register, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(in_bulk, "ESTIMATED_ON", 100)
    monkeypatch.setattr(in_bulk, "LISTED_TO_ESTIMATE", 500)
    turned = dict(reversed(register.items()))
    found = [linking.link_reports(reports, {}, on_this_file_alone=True)[1] for reports in (register, turned)]
    assert found[0].weights == found[1].weights
    assert found[0].fitted_on.startswith("a sample of candidate pairs of the file, ")
    assert 0 < int(found[0].fitted_on.split()[-1]) <= 100


def test_token_that_fifty_thousand_share_costs_no_more_than_its_rows():
    """A town of one name, one nationality, one year: work is counted, not timed."""
    many = 50_000
    said = texts.of_details({"R": details(place="Freetown")})
    alike = {one.name: replace(getattr(said, one.name), ids=np.zeros(many, dtype=np.int32)) for one in fields(texts.Texts)[1:]}
    frozen = making.columns_of(texts.Texts([f"R{number:05d}" for number in range(many)], **alike), digests)
    blocks = candidates.blocks_of(frozen, shipped().cap)
    assert blocks.listed.sum() == 0
    assert blocks.worn >= 8


def test_person_reported_five_hundred_times_in_some_spellings_is_few_pairs_and_no_snowball():
    """Equal reports stand as one; those that differ in the place alone are compared as far as the cap goes."""
    spellings = ("Mariama", "Mariame", "Maryama", "Mariamah", "Mariana")
    same_person = {f"A{number:03d}": details(given_names=(spellings[number % 5],)) for number in range(500)}
    names = iter(invented(400))
    others = {f"B{number:03d}": details(given_names=(next(names),), family_name=next(names)) for number in range(200)}
    linked, _ = linking.link_reports(same_person | others, {}, on_this_file_alone=False)
    assert len(linked.members) <= 205
    groups = [group for group in linked.clusters.groups if len(group) > 1]
    assert not any(name.startswith("B") for group in groups for name in group)
    assert all(len(group) >= 100 for group in groups)


def test_boat_of_first_january_is_as_many_persons_whatever_the_size_of_the_file():
    names = iter(invented(2_400))
    boat = {
        f"R{at:04d}": details(given_names=(next(names) + next(names),), family_name=next(names) + next(names), day=1, month=1)
        for at in range(600)
    }
    linked, _ = linking.link_reports(boat, {}, on_this_file_alone=False)
    assert len(linked.clusters.groups) == 600
