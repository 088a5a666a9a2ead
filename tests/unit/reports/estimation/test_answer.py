"""What may be said: nothing hangs on the order of lists, known sizes come back, and what carries nothing is refused."""

import numpy as np
import pytest

from reports.estimation import answer as answering
from reports.estimation.answer import ESTIMATE, REFUSED, Answer, Asked, answer
from reports.estimation.existence import identified, proven_by_fit, refusal_code
from reports.estimation.histories import OverlapTable, read_table
from reports.estimation.intervals import BCA, PERCENTILE, of_replicates
from reports.estimation.loglinear import fit
from reports.estimation.models import hierarchical, problem
from reports.estimation.replicates import Search, replicate
from reports.estimation.selection import SEARCHES, STEPWISE_P
from reports.estimation.sensitivity import vary
from tests.overlaps import drawn, names_of, published

CHANCES = [0.25, 0.2, 0.3, 0.15]
PAIR = {0b0011: 4.0}


def turned(table: OverlapTable) -> OverlapTable:
    lists = list(reversed(table.lists))
    histories = {f"{history:0{len(lists)}b}": int(count) for history, count in enumerate(table.counts) if count}
    return read_table({"lists": lists, "counts": histories})


@pytest.mark.parametrize("search", SEARCHES)
def test_order_of_lists_changes_nothing(search: str) -> None:
    table, asked = drawn(3_000, CHANCES, PAIR, seed=2), Asked(search=search, replicates=20)
    one, other = answer(table, asked), answer(turned(table), asked)
    assert one.table.lists == other.table.lists
    assert (one.total, one.interval, one.chosen) == (other.total, other.interval, other.chosen)


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_size_comes_back(search: str, seed: int) -> None:
    found = answer(drawn(20_000, CHANCES, PAIR, seed), Asked(search=search))
    assert found.status == ESTIMATE
    assert names_of(found.table, found.chosen.best.model if found.chosen else ()) == {frozenset("AB")}
    assert found.total == pytest.approx(20_000, rel=0.06)


def test_known_size_comes_back_where_a_pair_never_meets() -> None:
    found = answer(drawn(30_000, CHANCES, {0b0011: 0.0}, seed=5), Asked())
    assert found.total == pytest.approx(30_000, rel=0.06)


def test_list_effects_alone_are_the_answer_to_independent_lists() -> None:
    found = answer(drawn(5_000, [0.3, 0.3, 0.3], {}, seed=8), Asked())
    assert found.chosen is not None
    assert found.chosen.best.model == ()


def test_seven_lists_are_searched_step_by_step() -> None:
    found = answer(drawn(8_000, [*CHANCES, 0.2, 0.1, 0.2], PAIR, seed=4), Asked())
    assert found.chosen is not None
    assert not found.chosen.exhaustive
    assert found.total == pytest.approx(8_000, rel=0.06)


@pytest.mark.parametrize("name", ["artificial3", "uk5"])
def test_a_fit_that_proves_an_estimate_agrees_with_the_linear_programme(name: str) -> None:
    table = published(name)
    lists = len(table.lists)
    models = list(hierarchical(lists, 2))[:: 1 if lists == 3 else 17]
    asked = [problem(model, table.counts, lists) for model in models]
    whole = [bool(identified(one)[0]) for one in asked]
    proven = [ok and bool(proven_by_fit(one, fit(one).coefficients)[0]) for ok, one in zip(whole, asked, strict=True)]
    codes = [refusal_code(model, table.counts, lists) for model in models]
    assert any(proven)
    assert all(code == 0 for code, shown in zip(codes, proven, strict=True) if shown)
    assert [code in (0, 1) for code in codes] == whole


def test_replicates_come_from_the_seed_alone() -> None:
    table, how = drawn(3_000, CHANCES, PAIR, seed=2), Search(4, STEPWISE_P, 2)
    alone, together, other = (
        replicate(table.counts, how, number=45, seed=seed, processes=processes) for seed, processes in ((7, 1), (7, 2), (8, 1))
    )
    assert np.array_equal(alone.totals, together.totals)
    assert not np.array_equal(alone.totals, other.totals)


def test_accelerated_limits_are_used_where_they_lie_inside_the_replicates() -> None:
    totals = np.linspace(100, 200, 999)
    even = [(10.0, 149.0), (10.0, 151.0)]
    assert of_replicates(totals, 150.0, even).low == pytest.approx(102.5, abs=0.1)
    assert of_replicates(totals, 150.0, even).method == BCA
    assert of_replicates(totals, 198.0, even).method == PERCENTILE
    assert of_replicates(totals, 300.0, even).method == PERCENTILE


def test_table_whose_replicates_fail_is_refused() -> None:
    counts = {"100": 4000, "010": 4000, "001": 1, "110": 30, "101": 1, "011": 0}
    found = answer(read_table({"lists": ["A", "B", "C"], "counts": counts}), Asked(replicates=60))
    assert (found.status, found.total, found.interval) == (REFUSED, None, None)
    assert found.reasons[0].code == answering.FAILING_REPLICATES


def test_every_answer_says_what_the_table_cannot_show() -> None:
    answers: list[Answer] = [answer(published(name), Asked()) for name in ("artificial3", "uk5")]
    assert all("cannot show" in one.assumption for one in answers)


def test_each_list_is_left_out_merged_and_hidden() -> None:
    table = drawn(20_000, CHANCES, {}, seed=11)
    found = vary(table, Asked())
    assert found is not None
    assert [one.lists for one in found.left_out] == [("A",), ("B",), ("C",), ("D",)]
    assert len(found.merged) == 6
    assert all(one.total == pytest.approx(20_000, rel=0.1) for one in (*found.left_out, *found.merged))
    for one in found.hidden:
        assert one.found.total == pytest.approx(one.known, rel=0.15)


def test_variations_of_three_lists_are_refused_and_not_an_error() -> None:
    found = vary(published("artificial3"), Asked())
    assert found is not None
    assert {one.status for one in found.left_out} == {REFUSED}
