"""What two rounded moments tell together: the attack finds what trying every pair of tables that fit finds."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.attack import attack_difference
from reports.disclosure.protecting import between, examine
from reports.disclosure.release import TOTAL, BadReleaseError, Cell, Key, Release, Rounding, Table

CODES = ("AU", "CU")
REACH = 2
counts = st.tuples(*(st.integers(0, 5) for _ in CODES))
Pair = tuple[int, int]


def printed(found: Pair, moved: tuple[int, int, int], reference: str, base: int = REACH + 1) -> Release:
    """Two counts and their total, each at one of the multiples beside it; moved says at which."""
    values = [_beside(value, up, base) for value, up in zip((*found, sum(found)), moved, strict=True)]
    cells = tuple(Cell((code,), value) for code, value in zip((*CODES, TOTAL), values, strict=True))
    return Release((Table("t", "base", ("form",), cells, rounding=Rounding(base)),), reference=reference, threshold=100)


def _beside(value: int, up: int, base: int) -> int:
    return value if value % base == 0 else value - value % base + up * base


def fitting(release: Release) -> list[Pair]:
    (one,) = release.tables
    bounds = {cell.codes[0]: ((cell.value or 0) - REACH, (cell.value or 0) + REACH) for cell in one.cells}
    ranges = (range(max(0, bounds[code][0]), bounds[code][1] + 1) for code in CODES)
    return [(a, b) for a, b in product(*ranges) if bounds[TOTAL][0] <= a + b <= bounds[TOTAL][1]]


def differences(before: Release, after: Release, *, only_more: bool, most: int) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = {}
    for was, now in product(fitting(before), fitting(after)):
        moves = [new - old for old, new in zip((*was, sum(was)), (*now, sum(now)), strict=True)]
        if all((move >= 0 or not only_more) and abs(move) <= most for move in moves):
            for code, move in zip((*CODES, TOTAL), moves, strict=True):
                key = Key("base", frozenset() if code == TOTAL else frozenset({("form", code)}))
                found.setdefault(key, set()).add(move)
    return found


ups = st.tuples(*(st.integers(0, 1) for _ in range(3)))


@settings(deadline=None, max_examples=80)
@given(counts, counts, ups, ups, st.booleans(), st.integers(1, 6))
def test_attack_on_two_moments_equals_trying_every_pair_of_tables(was, now, one, other, only_more, most):
    before, after = printed(was, one, "1"), printed(now, other, "2")
    possible = differences(before, after, only_more=only_more, most=most)
    if not possible:
        with pytest.raises(BadReleaseError):
            attack_difference(before, after, only_more=only_more, most=most)
        return
    recovered = attack_difference(before, after, only_more=only_more, most=most)
    few = {key: moves for key, moves in possible.items() if len(moves) <= 3 and 0 not in moves}
    told = {(fits.key, fits.least, fits.largest) for fits in (*recovered.exact, *recovered.near)}
    assert {(key, min(moves), max(moves)) for key, moves in few.items()} <= told


def test_late_reports_that_an_outsider_counts_are_found_between_exact_cells():
    """Four came and nobody went: of a cell that grew by four nobody else came."""

    def exact(form: int) -> Release:
        cells = (Cell(("AU",), form), Cell(("CU",), None), Cell((TOTAL,), 60))
        return Release((Table("t", "base", ("form",), cells),), reference=str(form))

    assert any(not found.nothing for found in between(exact(20), exact(24), most=4))


def test_releases_of_one_reference_are_one_moment():
    cells = (Cell(("AU",), None), Cell(("CU",), 9), Cell((TOTAL,), None))
    tables = (Table("t", "base", ("form",), cells), Table("total", "base", (), (Cell((), 11),)))
    one, two = (Release((table,), reference="2026-1") for table in tables)
    assert examine([one]).nothing
    found = examine([one, two])
    assert not found.differences
    assert [fits.least for fits in found.together[0].exact] == [2]
