"""Controlled rounding adds up everywhere, moves no count by a whole base, and leaves an outsider every count a choice."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.attack import attack
from reports.disclosure.linking import check, sums
from reports.disclosure.release import BadReleaseError, Cell, Release, Table
from reports.disclosure.rounding import round_release
from tests.unit.reports.disclosure.made import margin, table

CODES = (("2018", "2019"), ("AU", "CU", "GO"), ("f", "m"))
counted = st.dictionaries(st.sampled_from([*product(*CODES)]), st.integers(0, 40), min_size=4)


def linked(counts: dict[tuple[str, ...], int]) -> Release:
    full = {codes: counts.get(codes, 0) for codes in product(*CODES)}
    return Release(
        (
            table(("year", "form"), margin(full, (0, 1)), "by form"),
            table(("year", "sex"), margin(full, (0, 2)), "by sex"),
            table(("form", "sex"), margin(full, (1, 2)), "by both"),
        )
    )


@settings(deadline=None, max_examples=60)
@given(counted, st.binary(min_size=1, max_size=4))
def test_rounded_tables_add_up_and_every_count_is_at_a_neighbouring_multiple(counts, secret):
    release = linked(counts)
    exact = check(release)
    rounded = round_release(release, secret=secret)
    printed = rounded.release.values()
    for one in sums(release):
        total = sum(printed[part] for part in one.parts)
        assert printed[one.whole] == total or (not one.complete and printed[one.whole] > total)
    for key, value in printed.items():
        assert value % 5 == 0
        assert abs(value - exact[key]) < 5
        assert rounded.moved[key] == value - exact[key]


def test_multiple_of_the_base_is_printed_as_it_is():
    release = Release((table(("form",), {("AU",): 10, ("CU",): 0, ("GO",): 25}),))
    assert round_release(release, secret=b"s").release.values() == release.values()


def test_same_cell_is_rounded_alike_in_whatever_tables_stand_beside_it():
    counts = {codes: number * 7 % 23 for number, codes in enumerate(product(*CODES))}
    alone = Release((table(("form",), margin(counts, (1,)), "alone"),))
    first, again = (round_release(alone, secret=b"s").release.values() for _ in range(2))
    assert first == again


@settings(deadline=None, max_examples=40)
@given(counted, st.sampled_from([*product(*CODES)]), st.integers(1, 30))
def test_cells_that_stay_are_printed_as_before_wherever_the_sums_allow_it(counts, place, more):
    before, after = linked(counts), linked(counts | {place: counts.get(place, 0) + more})
    was = round_release(before, secret=b"s").release.values()
    now, exact = check(after), check(before)
    held = {key: was[key] for key in exact if exact[key] == now[key]}
    assert round_release(before, secret=b"other", held=was).release.values() == was
    printed, free = (round_release(after, secret=b"other", held=one).release.values() for one in (held, {}))
    for one in sums(after):
        assert printed[one.whole] >= sum(printed[part] for part in one.parts)
    assert kept(printed, held) >= kept(free, held)


def kept(printed, held):
    return sum(printed[key] == value for key, value in held.items())


def test_what_cannot_all_be_held_is_held_as_far_as_can_be():
    """Of 1, 1 and 8, which come to 10, the sum is printed as it is: of what is held one must give way."""
    release = Release((table(("form",), {("AU",): 1, ("CU",): 1, ("GO",): 8}),))
    keys = {dict(key.codes).get("form"): key for key in release.values()}
    held = {keys["AU"]: 5, keys["CU"]: 5, keys["GO"]: 10}
    printed = round_release(release, secret=b"s", held=held).release.values()
    assert printed[keys[None]] == 10
    assert sum(printed[key] != value for key, value in held.items()) in (1, 2)


def test_printed_zero_may_be_three():
    """Nearest multiples would tell that it is at most two."""
    found = {
        count: {
            round_release(Release((table(("form",), {("AU",): count, ("CU",): 7}),)), secret=bytes([draw]))
            .release.tables[0]
            .cells[0]
            for draw in range(40)
        }
        for count in (2, 3)
    }
    assert {cell.value for cells in found.values() for cell in cells} == {0, 5}


def test_counts_that_contradict_each_other_are_refused_with_the_place():
    wrong = Table("2.7", "base", ("form",), (Cell(("AU",), 3), Cell(("CU",), 4), Cell(("Total",), 8)))
    with pytest.raises(BadReleaseError, match="base: Total is not what base: form AU"):
        round_release(Release((wrong,)), secret=b"s")


def test_one_count_with_two_values_is_refused():
    one, other = (Table(name, "base", ("form",), (Cell(("AU",), value),)) for name, value in (("2.7", 3), ("2.8", 4)))
    with pytest.raises(BadReleaseError, match=r"base: form AU in table 2\.8 differs"):
        round_release(Release((one, other)), secret=b"s")


@settings(deadline=None, max_examples=20)
@given(counted)
def test_attack_on_rounded_tables_always_leaves_the_counts_that_were(counts):
    release = linked(counts)
    exact = check(release)
    recovered = attack([round_release(release, secret=b"s").release], small_only=False)
    for fits in (*recovered.exact, *recovered.near):
        assert fits.least <= exact[fits.key] <= fits.largest
