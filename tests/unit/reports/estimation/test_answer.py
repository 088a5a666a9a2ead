"""What may be said: nothing hangs on the order of lists, known sizes come back, and what carries nothing is refused."""

import numpy as np
import pytest

from reports.estimation import reasons
from reports.estimation.answer import ESTIMATE, OFFENDERS, RANGE, REFUSED, Answer, Asked, answer
from reports.estimation.existence import identified, proven_by_fit, refusal_code
from reports.estimation.histories import BadTableError, OverlapTable, read_table
from reports.estimation.intervals import BCA, PERCENTILE, of_replicates
from reports.estimation.loglinear import fit
from reports.estimation.models import hierarchical, problem
from reports.estimation.reasons import Thresholds
from reports.estimation.replicates import replicate
from reports.estimation.selection import SEARCHES, STEPWISE_P, Search
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
    assert found.reasons[0].code == reasons.FAILING_REPLICATES


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


def test_known_referral_has_its_term_in_every_model() -> None:
    table, pair = drawn(6_000, CHANCES, {}, seed=3), frozenset("BD")
    for search in SEARCHES:
        found = answer(table, Asked(search=search, dependence=(("D", "B"),)))
        assert found.chosen is not None
        models = [found.chosen.best, found.chosen.lowest_aic, *found.chosen.near]
        assert all(pair in names_of(found.table, one.model) for one in models)


def test_known_referral_is_kept_when_its_list_is_merged_and_gone_when_it_is_left_out() -> None:
    asked = Asked(dependence=(("A", "B"), ("B", "C")))
    assert asked.merged(("A", "B"), "A+B").dependence == (("A+B", "C"),)
    assert asked.without(("A",)).dependence == (("B", "C"),)
    found = vary(drawn(20_000, CHANCES, {}, seed=11), asked)
    assert found is not None
    assert {one.status for one in (*found.left_out, *found.merged)} == {ESTIMATE}


@pytest.mark.parametrize("pair", [("A", "A"), ("A", "Z")])
def test_referral_is_between_two_lists_of_the_table(pair: tuple[str, str]) -> None:
    with pytest.raises(BadTableError, match="two lists of the table"):
        answer(drawn(3_000, CHANCES, {}, seed=1), Asked(dependence=(pair,)))


def test_seven_lists_are_walked_with_the_known_referral() -> None:
    found = answer(drawn(8_000, [*CHANCES, 0.2, 0.1, 0.2], PAIR, seed=4), Asked(search=STEPWISE_P, dependence=(("F", "G"),)))
    assert found.chosen is not None
    assert {frozenset("AB"), frozenset("FG")} <= names_of(found.table, found.chosen.best.model)


def test_period_in_which_consent_broke_the_lists_gets_a_range_with_the_limits_in_it() -> None:
    table = drawn(20_000, CHANCES, PAIR, 1)
    sound, broken = answer(table, Asked()), answer(table, Asked(consent_break=True))
    assert (sound.status, broken.status) == (ESTIMATE, RANGE)
    assert [one.code for one in broken.reasons] == [reasons.CONSENT_BREAK]
    assert broken.interval is not None
    assert broken.span is not None
    assert broken.span[0] <= broken.interval.low < (broken.interval.high or 0) <= broken.span[1]


def test_consent_break_does_not_lift_a_refusal() -> None:
    found = answer(published("artificial3"), Asked(consent_break=True))
    assert (found.status, found.span) == (REFUSED, None)


def test_offender_prevalence_is_always_refused() -> None:
    found = answer(drawn(20_000, CHANCES, PAIR, 1), Asked(about=OFFENDERS))
    assert (found.status, found.total, found.interval, found.span, found.chao) == (REFUSED, None, None, None, None)
    assert [one.code for one in found.reasons] == [reasons.OFFENDERS]


def test_thresholds_decide() -> None:
    table = published("uk5")
    assert answer(table, Asked(thresholds=Thresholds(fewest_seen_twice=10_000))).status == REFUSED
    assert answer(table, Asked(thresholds=Thresholds(widest_factor=100))).status == ESTIMATE
    assert answer(published("artificial3"), Asked(thresholds=Thresholds(fewest_seen_twice=1))).status != REFUSED
