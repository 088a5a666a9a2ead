"""Strata lend each other strength; one that says nothing about itself is refused, and then there is no sum."""

import pytest

from reports.estimation import reasons
from reports.estimation.answer import Asked
from reports.estimation.histories import NO_OVERLAP, OverlapTable, read_table
from reports.estimation.pooling import Terms, pool
from tests.overlaps import drawn

CHANCES = [0.25, 0.2, 0.3, 0.15]
NOTHING: Terms = frozenset()
AB: Terms = frozenset({frozenset("AB")})
SIZES = (3_000, 5_000, 8_000)


def strata(seed: int, chances: list[float] = CHANCES) -> dict[tuple[str, ...], OverlapTable]:
    return {(str(size),): drawn(size, chances, {}, seed + size) for size in SIZES}


def apart() -> OverlapTable:
    return read_table({"lists": list("ABCD"), "counts": {"1000": 40, "0100": 30, "0010": 20, "0001": 10}})


def test_known_sizes_of_strata_come_back() -> None:
    found = pool(strata(1), NOTHING, Asked())
    for one, size in zip(found.strata, SIZES, strict=True):
        assert one.total == pytest.approx(size, rel=0.06)
    assert found.total == pytest.approx(sum(SIZES), rel=0.03)


def test_limits_hold_the_sizes_about_as_often_as_they_say() -> None:
    held = of = whole = 0
    for seed in range(0, 80_000, 1_000):
        found = pool(strata(seed), NOTHING, Asked())
        for one, size in zip(found.strata, SIZES, strict=True):
            assert one.low is not None
            assert one.high is not None
            held, of = held + (one.low <= size <= one.high), of + 1
        assert found.low is not None
        assert found.high is not None
        whole += found.low <= sum(SIZES) <= found.high
    assert 0.9 <= held / of <= 1
    assert 0.88 <= whole / 80 <= 1


def test_strata_that_are_alike_are_pulled_together_and_others_are_not() -> None:
    alike = pool(strata(2), NOTHING, Asked())
    other = pool(strata(2) | {("9",): drawn(6_000, [0.05, 0.06, 0.05, 0.07], {}, 4)}, NOTHING, Asked())
    assert alike.between is not None
    assert other.between is not None
    assert alike.between < 0.1 < other.between
    rare = other.strata[-1]
    assert rare.total == pytest.approx(rare.alone, rel=0.05)


def test_stratum_lies_between_its_own_estimate_and_the_others() -> None:
    found = pool({("small",): drawn(400, CHANCES, {}, 3), ("large",): drawn(9_000, CHANCES, {}, 5)}, NOTHING, Asked())
    large, small = found.strata
    assert large.alone is not None
    assert small.alone is not None
    assert small.total is not None
    ratios = sorted((small.alone / small.observed, large.alone / large.observed))
    assert ratios[0] <= small.total / small.observed <= ratios[1]


def test_stratum_without_overlap_is_refused_and_never_summed() -> None:
    found = pool(strata(3) | {("none",): apart()}, NOTHING, Asked())
    refused = found.strata[-1]
    assert refused.reason is not None
    assert (refused.reason.code, refused.total, refused.alone) == (NO_OVERLAP, None, None)
    assert (found.total, found.low, found.high) == (None, None, None)
    assert all(one.total is not None for one in found.strata[:-1])


def test_stratum_with_few_seen_twice_is_refused() -> None:
    few = read_table({"lists": list("ABC"), "counts": {"100": 40, "010": 30, "001": 20, "110": 3, "011": 4, "101": 2}})
    found = pool({("few",): few}, NOTHING, Asked())
    assert found.strata[0].reason is not None
    assert found.strata[0].reason.code == reasons.FEW_SEEN_TWICE


def test_list_that_holds_nobody_of_a_stratum_is_left_out_of_it_with_its_terms() -> None:
    table = drawn(8_000, CHANCES, {}, 6)
    without = OverlapTable(table.lists, table.counts - table.on_list(0))
    found = pool({("x",): without}, AB, Asked()).strata[0]
    assert (found.left_out, found.reason) == (("A",), None)


def test_strata_of_which_none_carries_an_estimate_have_no_total() -> None:
    found = pool({("none",): apart()}, NOTHING, Asked())
    assert (found.total, found.between, len(found.strata)) == (None, None, 1)


def test_order_of_strata_changes_nothing() -> None:
    tables = strata(9)
    assert pool(tables, AB, Asked()) == pool(dict(reversed(tables.items())), AB, Asked())
