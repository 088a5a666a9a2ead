"""Blind as good as in the clear: the same candidates, scored by keyed digests and by the letters themselves."""

import numpy as np
import pytest

from benchmarks.registers import Register, make_register
from intake.linkage import comparisons, engine, files
from intake.linkage.columns import Columns, Frozen
from intake.linkage.comparisons import Field
from intake.linkage.evaluation import evaluate
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.frequencies import Counted
from tests import in_clear
from tests.described import digest


@pytest.fixture(scope="module", params=[31, 32])
def register(request: pytest.FixtureRequest) -> Register:
    return make_register(1_000, seed=request.param)


@pytest.fixture(scope="module")
def frozen(register: Register) -> Frozen:
    reports = [files.details_of(row._asdict()) for row in register.rows]
    maker = in_clear.ClearMaker(digest, Counted(reports))
    return Columns(maker.make(details) for details in reports).frozen()


def f1(register: Register, frozen: Frozen) -> float:
    members = [row.report_id for row in register.rows]
    used = shipped().of_size(len(members))
    left, right, _ = engine.candidate_pairs(frozen, used.cap)
    scored = engine.score_all(frozen, left, right, used)
    groups = engine.unite(members, scored, frozenset(), frozenset(), used).groups
    return evaluate({report: number for number, group in enumerate(groups) for report in group}, register.truth).f1


def test_blind_and_in_the_clear_find_the_same_persons(register, frozen, monkeypatch):
    blind = f1(register, frozen)
    monkeypatch.setattr(comparisons, "word", in_clear.word)
    clear = f1(register, frozen)
    assert clear > 0.8
    assert abs(blind - clear) <= 0.005


def test_levels_of_names_are_nearly_all_the_same(register, frozen, monkeypatch):
    left, right, _ = engine.candidate_pairs(frozen, shipped().cap)
    blind = frozen.compare(left, right)
    monkeypatch.setattr(comparisons, "word", in_clear.word)
    clear = frozen.compare(left, right)
    for field in (Field.FAMILY_NAME, Field.GIVEN_NAME, Field.PLACE):
        assert np.mean(blind.levels[field] == clear.levels[field]) > 0.985


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("jansen", "jansen", True),
        ("jansen", "janssen", True),
        ("jansen", "ansen", True),
        ("jansen", "jansens", True),
        ("jansen", "jensen", True),
        ("jansen", "jasnen", True),
        ("jansen", "jasnens", False),
        ("jansen", "jenson", False),
        ("jansen", "jans", False),
        ("abcd", "badc", False),
    ],
)
def test_one_typing_error_is_one(one, other, near):
    assert in_clear.one_typing_error(one, other) is in_clear.one_typing_error(other, one) is near
