"""The published tables give the published models, totals, limits and refusal codes."""

from functools import lru_cache

import pytest

from reports.estimation.answer import RANGE, REFUSED, Asked, answer
from reports.estimation.chao import lower_bound
from reports.estimation.existence import refusal_code
from reports.estimation.intervals import profile
from reports.estimation.models import terms_up_to
from reports.estimation.selection import (
    EXHAUSTIVE_BIC,
    STEPWISE_AIC,
    STEPWISE_P,
    Chosen,
    Fitted,
    Search,
    best_model,
    choose,
    every_model,
)
from tests.overlaps import PUBLISHED, model_of, names_of, published

TABLES = sorted(PUBLISHED)
SEARCHES = [
    (EXHAUSTIVE_BIC, 2, "best_bic_pairwise"),
    (STEPWISE_AIC, 2, "stepwise_aic_wald_p005"),
    (STEPWISE_P, 2, "stepwise_poisson_p002"),
    (EXHAUSTIVE_BIC, 3, "best_bic_any_order"),
]
CHOSEN = [
    (name, search, order, key) for name in TABLES for search, order, key in SEARCHES if key in PUBLISHED[name]["expected"]
]
PROFILED = [(name, key) for name in TABLES for key, one in PUBLISHED[name]["expected"].items() if "profile" in str(one)]


@lru_cache
def compared(name: str) -> Chosen:
    table = published(name)
    return choose(table.counts, Search(len(table.lists), EXHAUSTIVE_BIC, 2))


def searched(name: str, search: str, order: int) -> Fitted:
    table = published(name)
    return best_model(table.counts, Search(len(table.lists), search, order))


@pytest.mark.parametrize(("name", "search", "order", "key"), CHOSEN)
def test_each_search_finds_the_published_model(name: str, search: str, order: int, key: str) -> None:
    table, wanted = published(name), PUBLISHED[name]["expected"][key]
    found = compared(name).best if (search, order) == SEARCHES[0][:2] else searched(name, search, order)
    assert names_of(table, found.model) == names_of(table, model_of(table, wanted["terms"]))
    assert found.total == pytest.approx(wanted["N"], rel=1e-4)
    assert (found.aic, found.bic) == pytest.approx((wanted["aic"], wanted["bic"]), abs=0.01)


@pytest.mark.parametrize(("name", "key"), PROFILED)
def test_profile_limits_are_those_published(name: str, key: str) -> None:
    table, wanted = published(name), PUBLISHED[name]["expected"][key]
    found = profile(model_of(table, wanted["terms"]), table.counts, len(table.lists))
    assert [found.low, found.high] == pytest.approx(wanted["profile"]["ci95"], rel=1e-4, abs=0.06)


@pytest.mark.parametrize("name", TABLES)
def test_models_near_the_best_are_as_many_and_as_far_apart(name: str) -> None:
    wanted = PUBLISHED[name]["expected"]["pairwise_within_10_of_best_bic"]
    near = compared(name).near
    totals = [one.total for one in near]
    assert len(near) == wanted["models"]
    assert (min(totals), max(totals)) == pytest.approx((wanted["N_min"], wanted["N_max"]), abs=0.1)


@pytest.mark.parametrize("name", ["uk5", "nl5", "artificial3"])
def test_lowest_aic_is_found_beside(name: str) -> None:
    wanted = PUBLISHED[name]["expected"]["best_aic_pairwise"]
    assert compared(name).lowest_aic.total == pytest.approx(wanted["N"], abs=0.1)


@pytest.mark.parametrize("name", TABLES)
def test_refusal_code_of_all_pairs_is_that_published(name: str) -> None:
    table = published(name)
    lists = len(table.lists)
    assert refusal_code(terms_up_to(lists, 2), table.counts, lists) == PUBLISHED[name]["expected"]["all_pairs"]["refusal_code"]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (["A:B", "A:C", "B:C"], 2),
        (["A:B"], 1),
        (["A:B", "A:C"], 1),
        (["A:B", "B:C"], 1),
        ([], 0),
        (["A:C"], 0),
        (["B:C"], 0),
        (["A:C", "B:C"], 0),
    ],
)
def test_refusal_codes_of_the_artificial_table_are_those_of_chan_silverman_and_vincent(terms: list[str], code: int) -> None:
    table = published("artificial3")
    assert refusal_code(model_of(table, terms), table.counts, 3) == code


@pytest.mark.parametrize("name", TABLES)
def test_chao_is_the_published_lower_bound(name: str) -> None:
    assert lower_bound(published(name)) == pytest.approx(PUBLISHED[name]["expected"]["chao_with_list_effects"], abs=0.1)


def test_two_modes_give_a_range_and_not_one_number() -> None:
    found = answer(published("nl5"), Asked(search=STEPWISE_AIC))
    assert found.status == RANGE
    assert found.span == pytest.approx((40608.4, 146031.7), abs=0.1)
    assert "40,600 to 146,000" in found.reasons[0].text


def test_six_seen_twice_are_refused() -> None:
    found = answer(published("artificial3"), Asked())
    assert (found.status, found.refusal_code, found.total, found.interval) == (REFUSED, 0, None, None)
    assert "exactly two lists: 6" in found.reasons[0].text


def test_all_models_of_six_lists_are_looked_at() -> None:
    every = every_model(6, 2)
    assert every is not None
    assert len(every.models) == 2**15
    assert every_model(7, 2) is None
