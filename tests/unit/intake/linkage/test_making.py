"""The columns of a whole file say of every report what is made of it alone."""

import gc
from random import Random

import numpy as np
import pytest

from benchmarks.registers import make_register
from intake.linkage import blocking, files, making, processes, quick, texts
from intake.linkage.columns import Columns, Frozen
from intake.linkage.comparisons import Field
from intake.linkage.features import Maker
from intake.linkage.frequencies import Counted
from intake.linkage.records import Details
from tests.described import details, digest, digests

PECULIAR = {
    "R1": details(prefix="van", family_name="Dijk", aliases=("Nina", "Nina Rosa"), place="Freetown"),
    "R2": details(given_names=("Xiao Ming", "Li"), nationalities=("NL", "CN"), v_number="2876543210", bsn="123456782"),
    "R3": Details(),
    "R4": details(year=None, sex="other", document_number="NX1234567", nationalities=("CN", "NL")),
    "R5": details(given_names=("M.",), month=None, day=5, estimated=True),
}


@pytest.fixture(scope="module")
def described() -> dict[str, Details]:
    rows = make_register(120, seed=78).rows
    return PECULIAR | {row.report_id: files.details_of(row._asdict()) for row in rows}


@pytest.fixture(scope="module")
def one_by_one(described: dict[str, Details]) -> Frozen:
    maker = Maker(digest, Counted(described.values()))
    return Columns(map(maker.make, described.values())).frozen()


@pytest.fixture(scope="module", params=[1, 2])
def whole(described: dict[str, Details], request: pytest.FixtureRequest) -> Frozen:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "AT_ONCE", 100)
        return making.columns_of(texts.of_details(described), digests, request.param)


def test_tokens_are_made_of_the_same_keys(whole: Frozen, one_by_one: Frozen):
    for (kind, found), (_, expected) in zip(blocking.token_keys(whole), blocking.token_keys(one_by_one), strict=True):
        ours, theirs = (set(zip(one.rows.tolist(), one.keys.tolist(), strict=True)) for one in (found, expected))
        assert ours == theirs, kind


def test_reports_are_compared_the_same(whole: Frozen, one_by_one: Frozen):
    draw = Random(3)
    left, right = (np.array([draw.randrange(len(whole)) for _ in range(6_000)]) for _ in range(2))
    ours, theirs = quick.prepared(whole).compare(left, right), one_by_one.compare(left, right)
    for field in Field:
        assert np.array_equal(ours.levels[field], theirs.levels[field]), field
        assert np.array_equal(ours.rarities[field], theirs.rarities[field]), field


def test_texts_give_back_what_was_described(described: dict[str, Details]):
    found = texts.of_details(described)
    assert list(found) == list(described)
    assert found["R3"] == Details(family_name=" ")
    rest = {name: one for name, one in described.items() if name not in PECULIAR}
    assert {name: (found[name].given_names, found[name].year, found[name].bsn) for name in rest} == {
        name: (one.given_names, one.year, one.bsn) for name, one in rest.items()
    }


def test_collector_of_cycles_rests_and_works_again():
    with processes.uncollected():
        assert list(processes.each(lambda _: gc.isenabled(), range(3), 2)) == [False] * 3
    assert gc.isenabled()


def test_portions_are_worked_on_in_their_order_by_any_number_of_processes():
    portions = list(range(7))
    for many in (1, 2, 3):
        assert list(processes.each(lambda portion: portion * portion, portions, many)) == [one * one for one in portions]
