"""What leaves passes every check, whatever came in; and nothing is made up or lost on the way."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reports.disclosure.microdata.protecting import protect
from reports.disclosure.microdata.rows import BLANK, Rows
from reports.disclosure.microdata.specification import (
    Column,
    Kind,
    Level,
    NotAllowedTogetherError,
    Specification,
    choose,
)
from reports.disclosure.microdata.suppressing import TooFewRowsError
from reports.disclosure.microdata.utility import utility

LEVEL = Level("code", ("a", "b", "c"))
QUASI = tuple(Column(name, Kind.QUASI_IDENTIFIER, (LEVEL,)) for name in ("year", "age", "sex", "nationality", "unit"))
SENSITIVE = tuple(Column(name, Kind.SENSITIVE, (LEVEL,)) for name in ("form", "sector"))
SPECIFICATION = Specification("research", k=3, diversity=2, columns=(*QUASI, *SENSITIVE))
CHOSEN = choose(SPECIFICATION, dict.fromkeys(("year", "age", "form", "sector"), "code"))
TABLE = some.lists(some.tuples(*[some.integers(0, 2)] * 4), min_size=3, max_size=60)


def rows(table: list[tuple[int, ...]]) -> Rows:
    names = tuple(one.column.name for one in CHOSEN)
    return Rows(names, np.array(table, np.int64), {name: ("a", "b", "c") for name in names}, np.arange(len(table)))


def backwards(number: int) -> range:
    return range(number - 1, -1, -1)


@settings(deadline=None)
@given(TABLE)
def test_what_leaves_passes_the_check_with_all_rows(table: list[tuple[int, ...]]) -> None:
    found = protect(rows(table), CHOSEN, SPECIFICATION, order=backwards)
    assert found.after.safe
    assert len(found.rows) == len(table)


@settings(deadline=None)
@given(TABLE)
def test_no_value_is_made_up(table: list[tuple[int, ...]]) -> None:
    found = protect(rows(table), CHOSEN, SPECIFICATION, order=range)
    given_codes = np.array(table)
    assert ((found.rows.codes == given_codes) | (found.rows.codes == BLANK)).all()


def test_rows_are_in_the_order_that_was_drawn() -> None:
    table = [(0, 0, place % 2, place % 2) for place in range(8)]
    found = protect(rows(table), CHOSEN, SPECIFICATION, order=backwards)
    assert found.rows.codes.tolist() == [list(row) for row in reversed(table)]


def test_fewer_rows_than_must_be_alike_do_not_leave() -> None:
    with pytest.raises(TooFewRowsError):
        protect(rows([(0, 0, 0, 0)] * 2), CHOSEN, SPECIFICATION, order=range)


def test_a_class_that_tells_a_sensitive_value_of_everybody_shows_none() -> None:
    table = [(0, 0, 1, place % 2) for place in range(6)] + [(1, 1, place % 2, place % 2) for place in range(6)]
    found = protect(rows(table), CHOSEN, SPECIFICATION, order=range)
    assert (found.rows.codes[:6, 2] == BLANK).all()
    assert Counter(found.rows.codes[6:, 2].tolist()) == {0: 3, 1: 3}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"name": "code"}, "outside-allow-list"),
        ({}, "nothing"),
        ({"year": "exact"}, "level"),
        (dict.fromkeys(("year", "age", "nationality", "unit"), "code"), "never-together"),
        (dict.fromkeys(("year", "age", "sex", "nationality", "unit"), "code"), "never-together"),
    ],
)
def test_columns_that_nothing_makes_safe_are_refused(asked: dict[str, str], code: str) -> None:
    with pytest.raises(NotAllowedTogetherError) as refused:
        choose(SPECIFICATION, asked)
    assert refused.value.code == code


def test_a_fifth_quasi_identifier_is_refused() -> None:
    more = Column("region", Kind.QUASI_IDENTIFIER, (LEVEL,))
    with pytest.raises(NotAllowedTogetherError) as refused:
        choose(
            Specification("wide", 5, 2, (*QUASI, more)), dict.fromkeys(("year", "age", "sex", "nationality", "region"), "code")
        )
    assert refused.value.code == "too-many"


def test_utility_of_what_was_not_touched_is_whole() -> None:
    table = rows([(0, 1, 0, 1), (1, 0, 1, 0)] * 4)
    found = utility(table, table)
    assert (found.distance_1, found.distance_2) == (0, 0)
    assert set(found.blank.values()) == {0}


def test_distance_is_half_the_sum_of_the_differences_of_shares() -> None:
    before, after = rows([(0, 0, 0, 0), (1, 0, 0, 0)]), rows([(0, 0, 0, 0), (BLANK, 0, 0, 0)])
    assert utility(before, after).distance_1 == pytest.approx(0.5 / 4)


@settings(deadline=None)
@given(some.lists(some.tuples(some.integers(0, 9), *[some.integers(0, 2)] * 4), min_size=3, max_size=60))
def test_what_leaves_is_shared_by_k_persons_and_no_known_value_is_everybodys(table: list[tuple[int, ...]]) -> None:
    whole = replace(rows([row[1:] for row in table]), persons=np.array([row[0] for row in table]))
    if whole.number_of_persons() < 3:
        return
    found = protect(whole, CHOSEN, SPECIFICATION, order=backwards).rows
    of_class: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for person, row in zip(found.persons.tolist(), found.codes.tolist(), strict=True):
        of_class.setdefault(tuple(row[:2]), []).append((person, *row[2:]))
    for one in of_class.values():
        assert len({person for person, *_ in one}) >= 3
        for place in (1, 2):
            showing = {row[0] for row in one if row[place] != BLANK}
            for value in {row[place] for row in one} - {BLANK}:
                assert {row[0] for row in one if row[place] == value} != showing


def test_person_goes_along_with_the_row_when_rows_are_mixed() -> None:
    whole = rows([(place % 2, 0, place % 2, place % 2) for place in range(8)])
    assert whole.ordered(range(7, -1, -1)).persons.tolist() == list(range(7, -1, -1))
