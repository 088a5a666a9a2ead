"""Sectors by weights and by regression: known shares come back where known and unknown differ by their factors."""

import numpy as np
import pytest

from reports.personyears.impute import Stratum, impute
from reports.personyears.weighting import UNKNOWN, Estimates, Persons, draw, estimate, gathered, limits, quality

SHARES = {"europe": {"home": 0.7, "window": 0.3}, "africa": {"home": 0.2, "window": 0.8}}
CHANCES = {"europe": 0.8, "africa": 0.25}
SIZES = {"europe": 4_000, "africa": 6_000}
REPORTERS = {"police": 0.6, "fairwork": 0.4}


def made(seed: int, *, size: float = 1.0, chances: dict[str, float] = CHANCES) -> tuple[Persons, dict[str, float]]:
    """A register whose sectors are known the more often the less they are 'window', and its true totals."""
    generator = np.random.default_rng(seed)
    counted: dict[tuple[tuple[str, ...], str], int] = {}
    truth = dict.fromkeys(("home", "window"), 0.0)
    for region, number in SIZES.items():
        for reporter, part in REPORTERS.items():
            persons = generator.multinomial(int(number * part * size), list(SHARES[region].values()))
            for sector, of_sector in zip(SHARES[region], persons, strict=True):
                truth[sector] += int(of_sector)
                known = generator.binomial(int(of_sector), chances[region])
                counted[(region, reporter), sector] = int(known)
                counted[(region, reporter), UNKNOWN] = counted.get(((region, reporter), UNKNOWN), 0) + int(of_sector - known)
    return gathered(counted), truth


def by_sector(persons: Persons, values: np.ndarray) -> dict[str, float]:
    return dict(zip(persons.sectors, values.tolist(), strict=True))


def test_known_totals_come_back_where_the_known_alone_mislead() -> None:
    persons, truth = made(1)
    found = estimate(persons)
    naive = persons.total * persons.known.sum(axis=0) / persons.known.sum()
    assert abs(by_sector(persons, naive)["window"] - truth["window"]) > 1_000
    for values in (found.weighted, found.regressed):
        assert by_sector(persons, values) == pytest.approx(truth, rel=0.05)


def test_each_adds_up_to_everybody() -> None:
    persons, _ = made(2)
    found = estimate(persons)
    assert found.weighted.sum() == pytest.approx(persons.total)
    assert found.regressed.sum() == pytest.approx(persons.total)


def test_where_every_sector_is_known_nothing_is_imputed() -> None:
    persons, truth = made(3, chances={"europe": 1.0, "africa": 1.0})
    found = estimate(persons)
    assert by_sector(persons, found.regressed) == pytest.approx(truth)
    assert by_sector(persons, found.weighted) == pytest.approx(truth, rel=1e-3)
    assert quality(persons).largest == pytest.approx(1, abs=0.01)


def test_one_factor_gives_what_strata_give() -> None:
    counted = {(("a",), "x"): 30, (("a",), "y"): 10, (("a",), ""): 60, (("b",), "x"): 5, (("b",), "y"): 45, (("b",), ""): 50}
    found = estimate(gathered(counted))
    strata = impute([Stratum((30, 10), 60), Stratum((5, 45), 50)], 2)
    assert found.weighted == pytest.approx(strata.rows, rel=0.01)
    assert found.regressed == pytest.approx(strata.rows, rel=0.01)


def test_quality_tells_of_cells_without_a_known_sector_and_of_weights() -> None:
    persons = gathered({(("a",), "x"): 50, (("a",), "y"): 50, (("a",), ""): 100, (("b",), ""): 30})
    found = quality(persons)
    assert (found.known, found.empty_cells, found.empty_persons) == (100, 1, 30)
    assert (found.effective, found.largest) == pytest.approx((100, 2), rel=0.02)


def test_effective_sample_is_smaller_where_weights_differ() -> None:
    persons, _ = made(4)
    found = quality(persons)
    assert found.effective < 0.8 * found.known
    assert found.largest == pytest.approx(4, rel=0.1)


def test_factor_of_whom_all_or_none_is_known_stays_finite() -> None:
    found = estimate(gathered({(("a",), "x"): 40, (("b",), "y"): 3, (("b",), ""): 9, (("c",), ""): 20}))
    assert np.isfinite(found.weighted).all()
    assert np.isfinite(found.regressed).all()


def test_only_one_sector_is_known() -> None:
    found = estimate(gathered({(("a",), "x"): 40, (("a",), ""): 9}))
    assert found == Estimates(pytest.approx([49]), pytest.approx([49]))  # type: ignore[arg-type]


def test_replicates_come_from_the_seed_and_their_number_alone() -> None:
    persons, _ = made(5, size=0.05)
    whole, part = draw(persons, 7, range(4)), draw(persons, 7, range(2, 4))
    assert [one.regressed.tolist() for one in whole[2:]] == [one.regressed.tolist() for one in part]
    assert draw(persons, 8, range(1))[0].weighted.tolist() != whole[0].weighted.tolist()


@pytest.mark.parametrize("method", ["weighted", "regressed"])
def test_limits_hold_the_expected_total_about_as_often_as_they_say(method: str) -> None:
    held = 0
    for seed in range(60):
        persons, _ = made(seed, size=0.1)
        low, high = limits([getattr(one, method) for one in draw(persons, seed, range(100))])
        expected = sum(SIZES[region] * 0.1 * SHARES[region]["home"] for region in SIZES)
        held += bool(low[0] <= expected <= high[0])
    assert 0.85 <= held / 60 <= 1
