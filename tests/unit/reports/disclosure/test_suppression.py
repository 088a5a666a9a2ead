"""What is left out keeps every small count and every group of one kind open, and little more is left out than that needs."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.attack import known_of
from reports.disclosure.linking import check
from reports.disclosure.programme import Programme
from reports.disclosure.release import TOTAL, Cell, Key, Release, Table
from reports.disclosure.suppression import WIDTH, suppress_release
from tests.unit.reports.disclosure.made import margin, table

CODES = (("2017", "2018", "2019"), ("AU", "CU", "GO"), ("f", "m"))
PLENTY = 10_000.0
counted = st.dictionaries(st.sampled_from([*product(*CODES)]), st.integers(0, 30), min_size=5)


def linked(counts: dict[tuple[str, ...], int]) -> Release:
    full = {codes: counts.get(codes, 0) for codes in product(*CODES)}
    return Release((table(("year", "form"), margin(full, (0, 1)), "form"), table(("year", "sex"), margin(full, (0, 2)), "sex")))


def key(**codes: str) -> Key:
    return Key("base", frozenset(codes.items()))


@settings(deadline=None, max_examples=40)
@given(counted)
def test_every_small_count_is_left_out_and_stays_open_by_the_width(counts):
    release = linked(counts)
    exact = check(release)
    suppressed = suppress_release(release)
    assert {one for one, count in exact.items() if 0 < count < 5} == suppressed.primary
    known = known_of([suppressed.release])
    programme = Programme(known.lower, np.minimum(known.upper, PLENTY), known.relations)
    for place, name in enumerate(known.names):
        if name in suppressed.primary:
            most = programme.minimise(-np.eye(len(known.names))[place])[place]
            assert most >= exact[name] + WIDTH - 1e-6


@settings(deadline=None, max_examples=30)
@given(counted)
def test_what_is_printed_is_what_was_counted_or_nothing(counts):
    release = linked(counts)
    exact = check(release)
    suppressed = suppress_release(release)
    left_out = suppressed.primary | suppressed.secondary
    for one in suppressed.release.tables:
        for name, cell in one.named():
            assert cell.value == (None if name in left_out else exact[name])


def test_cell_is_left_out_in_every_table_in_which_it_stands():
    shared = {("2018", "AU"): 2, ("2018", "CU"): 30, ("2019", "AU"): 40, ("2019", "CU"): 50}
    release = Release((table(("year", "form"), shared, "one"), table(("year", "form"), shared, "other")))
    one, other = suppress_release(release).release.tables
    assert [cell.value for cell in one.cells] == [cell.value for cell in other.cells]
    assert None in [cell.value for cell in one.cells]


def test_group_of_whom_all_are_of_one_kind_is_not_told():
    counts = {("2018", "AU"): 20, ("2018", "CU"): 0, ("2019", "AU"): 30, ("2019", "CU"): 40}
    found = suppress_release(Release((table(("year", "form"), counts),)))
    assert not found.primary
    assert {key(year="2018", form="AU"), key(year="2018", form="CU")} <= found.secondary


def test_row_of_one_category_that_is_declared_is_printed():
    cells = (Cell(("AU",), 20), Cell(("CU",), 0, structural=True), Cell((TOTAL,), 20))
    release = Release((Table("t", "base", ("form",), cells),))
    assert suppress_release(release).release == release


def test_small_count_that_structure_alone_would_tell_takes_its_total_with_it():
    cells = (Cell(("AU",), 2), Cell(("CU",), 0, structural=True), Cell((TOTAL,), 2))
    fixed = Table("total", "base", ("year",), (Cell((TOTAL,), 2), Cell(("2018",), 2), Cell(("2019",), 0, structural=True)))
    found = suppress_release(Release((Table("t", "base", ("form",), cells), fixed)))
    assert {cell.value for one in found.release.tables for cell in one.cells if not cell.structural} == {None}


def test_one_small_count_within_a_table_takes_three_others_with_it():
    """The corners of one rectangle: fewer would let it be worked out from a line, and these show the least."""
    counts = {("2017", "AU"): 2, ("2017", "CU"): 11, ("2017", "GO"): 90}
    counts |= {
        ("2018", "AU"): 12,
        ("2018", "CU"): 13,
        ("2018", "GO"): 95,
        ("2019", "AU"): 80,
        ("2019", "CU"): 85,
        ("2019", "GO"): 99,
    }
    found = suppress_release(Release((table(("year", "form"), counts),)))
    assert found.primary == {key(year="2017", form="AU")}
    assert found.secondary == {key(year="2017", form="CU"), key(year="2018", form="AU"), key(year="2018", form="CU")}
