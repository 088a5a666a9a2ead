"""Synthetic rows: whole, of known values alone, near what they stand for, and honest about how near."""

from random import Random

import pytest

from reports.disclosure.synthetic.completing import completed
from reports.disclosure.synthetic.likeness import likeness, means
from reports.disclosure.synthetic.synthesising import Line, Synthetic, synthesise

COLUMNS = ("year", "form", "sex")


def register(number: int = 3000) -> list[Line]:
    """Sex hangs on form, and form on the year."""
    random = Random(11)
    found = []
    for place in range(number):
        year = ("2018", "2019")[place % 2]
        form = "labour" if random.random() < (0.3 if year == "2018" else 0.6) else "sexual"
        found.append((year, form, "female" if random.random() < (0.9 if form == "sexual" else 0.4) else "male"))
    return found


@pytest.fixture(scope="module")
def made() -> tuple[list[Line], tuple[Line, ...]]:
    real = register()
    return real, completed(COLUMNS, synthesise(COLUMNS, real, 4.0), "unknown")


def test_no_value_is_empty_or_made_up(made: tuple[list[Line], tuple[Line, ...]]) -> None:
    real, rows = made
    for place in range(len(COLUMNS)):
        assert {row[place] for row in rows} <= {row[place] for row in real}


def test_one_and_two_way_tables_are_near_the_real_ones(made: tuple[list[Line], tuple[Line, ...]]) -> None:
    found = means(likeness(COLUMNS, *made))
    assert found[1][0] < 0.05
    assert found[2][0] < 0.055


def test_number_of_rows_is_near_the_real_one(made: tuple[list[Line], tuple[Line, ...]]) -> None:
    real, rows = made
    assert abs(len(real) - len(rows)) < 600


def test_rows_themselves_have_no_error() -> None:
    real = register(50)
    assert {(one.distance, one.mean_error) for one in likeness(COLUMNS, real, real)} == {(0.0, 0.0)}


def test_error_is_half_the_sum_of_the_differences_of_shares() -> None:
    (one,) = likeness(("form",), [("a",), ("a",), ("b",), ("b",)], [("a",), ("a",), ("a",), ("b",)])
    assert (one.distance, one.mean_error) == (0.25, 1.0)


def test_empty_values_are_filled_by_what_goes_with_the_rest_of_the_row() -> None:
    counts = {
        (("form", "labour"),): 50, (("form", "sexual"),): 50, (("sex", "male"),): 50, (("sex", "female"),): 50,
        (("form", "labour"), ("sex", "male")): 50, (("form", "sexual"), ("sex", "female")): 50,
    }  # fmt: skip
    rows = tuple([("labour", "")] * 40 + [("sexual", "")] * 40)
    found = completed(("form", "sex"), Synthetic(rows, counts), "unknown")
    right = sum(row in (("labour", "male"), ("sexual", "female")) for row in found)
    assert right > 70


def test_column_of_which_nothing_was_counted_is_unknown() -> None:
    assert completed(("form",), Synthetic((("",),), {}), "unknown") == (("unknown",),)
