"""The provisional rounding: near, unbiased, never telling a zero, and the same for the same cell wherever it stands."""

from hypothesis import given
from hypothesis import strategies as st
from reports.disclosure.provisional import BASE, Rounding, protect

ROUNDING = Rounding(bytes(range(32)))
KNOWN = [1380, 1370, 1370, 1375, 1375]
names = st.text(min_size=1, max_size=40)
counts = st.integers(min_value=0, max_value=10_000)


@given(name=names, count=counts)
def test_number_becomes_one_of_the_two_multiples_beside_it(name: str, count: int) -> None:
    safe = protect({name: count}, ROUNDING)[name]
    assert safe % BASE == 0
    assert abs(safe - count) < BASE
    assert (count % BASE != 0) or safe == count


@given(name=names, count=counts)
def test_number_of_a_cell_does_not_go_down_where_its_count_goes_up(name: str, count: int) -> None:
    assert protect({name: count}, ROUNDING)[name] <= protect({name: count + 1}, ROUNDING)[name]


def test_known_cells_are_rounded_as_ever() -> None:
    """On every machine and database: an edition that is counted again has the same bytes."""
    cells = {f"population=base|years={year}": 1372 + year % 7 for year in range(2015, 2020)}
    assert list(protect(cells, ROUNDING).values()) == KNOWN


def test_rounding_is_unbiased_over_many_cells() -> None:
    cells = {f"cell {number}": number % BASE for number in range(5000)}
    assert abs(sum(protect(cells, ROUNDING).values()) - sum(cells.values())) < 350  # four standard deviations


def test_another_seed_is_another_draw_and_its_name_does_not_tell_it() -> None:
    cells = {f"cell {number}": 2 for number in range(100)}
    other = Rounding(bytes(32))
    assert protect(cells, ROUNDING) != protect(cells, other)
    assert ROUNDING.draw != other.draw
    assert ROUNDING.seed.hex() not in repr(ROUNDING)
