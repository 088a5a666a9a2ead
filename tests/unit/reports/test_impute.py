"""Figure 2.4b: unknown values divided as the known of the same stratum are, and the share covered."""

from hypothesis import given
from hypothesis import strategies as st

from reports.personyears.impute import Imputed, Stratum, impute

numbers = st.integers(min_value=0, max_value=500)
strata = st.lists(st.builds(Stratum, st.tuples(numbers, numbers, numbers), numbers), max_size=12)


def test_unknown_of_a_stratum_is_divided_as_its_known_are() -> None:
    assert impute([Stratum((3, 1), unknown=4)], 2) == Imputed((6, 2), of=8)


def test_stratum_without_a_known_one_stays_unknown() -> None:
    assert impute([Stratum((2, 0), 1), Stratum((0, 0), 7)], 2) == Imputed((3, 0), of=10)


def test_fractions_of_strata_are_rounded_once() -> None:
    halves = Stratum((1, 1), unknown=1)
    assert impute([halves, halves], 2) == Imputed((3, 3), of=6)


def test_half_a_victim_goes_to_the_first_row() -> None:
    assert impute([Stratum((1, 1), unknown=1)], 2) == Imputed((2, 1), of=3)


def test_what_is_left_goes_to_the_largest_fractions() -> None:
    assert impute([Stratum((1, 2, 2), unknown=1)], 3) == Imputed((1, 3, 2), of=6)


def test_nothing_is_nothing() -> None:
    assert impute([], 2) == Imputed((0, 0), 0)


@given(strata)
def test_covered_lies_between_the_known_and_everybody(found: list[Stratum]) -> None:
    result = impute(found, 3)
    assert result.of == sum(one.total for one in found)
    assert result.covered == sum(one.total for one in found if one.known)
    for place, count in enumerate(result.rows):
        assert count >= sum(one.rows[place] for one in found)
