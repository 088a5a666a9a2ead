"""Local suppression against all possibilities on small tables, and its promises on larger ones."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reports.disclosure.microdata.rows import BLANK, Codes, sizes
from reports.disclosure.microdata.suppressing import TooFewRowsError, suppress

ROWS = some.lists(some.tuples(*[some.integers(0, 2)] * 3), min_size=6, max_size=60)


def codes(rows: list[tuple[int, ...]]) -> Codes:
    return np.array(rows, np.int64)


def fewest_blanks(rows: Codes, k: int) -> int:
    """Of all ways to blank values of this table, by trying every one."""
    best = rows.size
    for mask in product((False, True), repeat=rows.size):
        blanks = sum(mask)
        if blanks < best:
            tried = np.where(np.array(mask).reshape(rows.shape), BLANK, rows)
            best = blanks if sizes(tried).min() >= k else best
    return best


@given(ROWS, some.integers(2, 5))
def test_every_row_is_shared_by_k_and_no_row_goes(rows: list[tuple[int, ...]], k: int) -> None:
    found = suppress(codes(rows), k)
    assert len(found) == len(rows)
    assert sizes(found).min() >= k


@given(ROWS, some.integers(2, 5))
def test_what_is_not_blank_is_what_it_was(rows: list[tuple[int, ...]], k: int) -> None:
    given_rows = codes(rows)
    found = suppress(given_rows, k)
    assert ((found == given_rows) | (found == BLANK)).all()


@given(ROWS, some.integers(2, 5))
def test_rows_that_are_safe_are_left_alone(rows: list[tuple[int, ...]], k: int) -> None:
    given_rows = codes(rows)
    safe = np.vstack([given_rows] * k)
    assert (suppress(safe, k) == safe).all()


@settings(max_examples=25, deadline=None)
@given(some.lists(some.tuples(some.integers(0, 2), some.integers(0, 1)), min_size=4, max_size=6))
def test_loses_at_most_half_again_what_the_best_of_all_ways_loses_and_one(rows: list[tuple[int, ...]]) -> None:
    given_rows = codes(rows)
    best = fewest_blanks(given_rows, 2)
    lost = int((suppress(given_rows, 2) == BLANK).sum())
    assert best <= lost <= best * 1.5 + 1


@given(ROWS)
def test_only_allowed_columns_are_blanked(rows: list[tuple[int, ...]]) -> None:
    shared = codes(rows + rows)
    shared[: len(rows), 2] = 3
    found = suppress(shared, 2, allowed=(2,))
    assert (found[:, :2] == shared[:, :2]).all()
    assert sizes(found).min() >= 2


def test_fewer_rows_than_must_be_alike_are_refused() -> None:
    with pytest.raises(TooFewRowsError):
        suppress(codes([(0, 1), (1, 0)]), 5)


def test_no_rows_stay_no_rows() -> None:
    assert len(suppress(np.empty((0, 3), np.int64), 5)) == 0


def test_one_value_of_a_row_beside_a_large_class_is_blanked_with_rows_that_the_class_can_spare() -> None:
    found = suppress(codes([(0, 0)] * 10 + [(0, 1)]), 5)
    assert (found[:, 0] == 0).all()
    assert (found[:, 1] == BLANK).sum() == 5


def test_rows_of_two_small_classes_become_alike_in_the_column_in_which_they_differ() -> None:
    found = suppress(codes([(0, 0)] * 3 + [(0, 1)] * 3 + [(1, 0)] * 5), 5)
    assert (found == BLANK).sum() == 6
    assert (found[:6, 1] == BLANK).all()
