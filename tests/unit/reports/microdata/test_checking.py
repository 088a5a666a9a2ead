"""The check of rows against counting them one by one."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from time import process_time

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from reports.disclosure.microdata.checking import alone, check
from reports.disclosure.microdata.rows import BLANK, Rows

NAMES = ("year", "age", "form", "sector")
QUASI, SENSITIVE = NAMES[:2], NAMES[2:]
TABLE = some.lists(some.tuples(*[some.integers(BLANK, 2)] * 4), min_size=1, max_size=40)


def rows(table: list[tuple[int, ...]]) -> Rows:
    return Rows(NAMES, np.array(table, np.int64), {name: ("", "b", "c") for name in NAMES}, np.arange(len(table)))


@given(TABLE, some.integers(1, 6))
def test_classes_are_those_that_are_counted_one_by_one(table: list[tuple[int, ...]], k: int) -> None:
    counted = Counter(row[:2] for row in table)
    found = check(rows(table), QUASI, SENSITIVE, k=k, diversity=2)
    assert found.smallest == min(counted.values())
    assert found.below_k == sum(counted[row[:2]] < k for row in table)


@given(TABLE, some.integers(2, 3))
def test_uniform_classes_are_those_that_are_counted_one_by_one(table: list[tuple[int, ...]], diversity: int) -> None:
    found = check(rows(table), QUASI, SENSITIVE, k=1, diversity=diversity)
    for place, name in ((2, "form"), (3, "sector")):
        shown = {row[:2]: {other[place] for other in table if other[:2] == row[:2]} - {BLANK} for row in table}
        assert found.uniform[name] == sum(bool(values - {0}) and len(values) < diversity for values in shown.values())


@given(TABLE)
def test_rows_that_are_alone_are_those_that_are_counted_one_by_one(table: list[tuple[int, ...]]) -> None:
    expected = {}
    for size in (1, 2, 3, 4):
        for chosen in combinations(range(4), size):
            counted = Counter(tuple(row[place] for place in chosen) for row in table)
            if number := sum(count == 1 for count in counted.values()):
                expected[tuple(NAMES[place] for place in chosen)] = number
    assert {one.columns: one.rows for one in alone(rows(table))} == expected


def test_five_thousand_rows_of_eight_columns_are_checked_in_a_moment() -> None:
    drawn = np.random.default_rng(7).integers(0, 6, (5000, 8))
    names = tuple("abcdefgh")
    persons = np.arange(5000) % 4000
    table = Rows(names, drawn, {name: tuple("012345") for name in names}, persons)
    begun = process_time()
    check(table, names[:4], names[4:], k=5, diversity=2)
    assert process_time() - begun < 0.5


@given(
    some.lists(some.tuples(some.integers(0, 5), *[some.integers(BLANK, 2)] * 4), min_size=1, max_size=40), some.integers(1, 4)
)
def test_one_person_in_several_rows_counts_once(table: list[tuple[int, ...]], k: int) -> None:
    whole = replace(rows([row[1:] for row in table]), persons=np.array([row[0] for row in table]))
    sharing = [len({other[0] for other in table if other[1:3] == row[1:3]}) for row in table]
    found = check(whole, QUASI, SENSITIVE, k=k, diversity=2)
    assert found.smallest == min(sharing)
    assert found.below_k == sum(number < k for number in sharing)
    single = sum(len({other[0] for other in table if other[1:] == row[1:]}) == 1 for row in table)
    assert next((one.rows for one in found.alone if one.columns == NAMES), 0) == single
