"""Figure 2.4b: unknown sectors divided as the known of the same stratum are, and the share covered."""

from hypothesis import given
from hypothesis import strategies as st

from reports.personyears.impute import Imputed, Stratum, impute

numbers = st.integers(min_value=0, max_value=500)
strata = st.lists(st.builds(Stratum, numbers, numbers, numbers), max_size=12)


def test_unknown_of_a_stratum_is_divided_as_its_known_are() -> None:
    assert impute([Stratum(more_visible=1, less_visible=3, unknown=4)]) == Imputed(more_visible=2, less_visible=6, of=8)


def test_stratum_without_a_known_one_stays_unknown() -> None:
    assert impute([Stratum(0, 2, 1), Stratum(0, 0, 7)]) == Imputed(more_visible=0, less_visible=3, of=10)


def test_fractions_of_strata_are_rounded_once() -> None:
    halves = Stratum(more_visible=1, less_visible=1, unknown=1)
    assert impute([halves, halves]) == Imputed(more_visible=3, less_visible=3, of=6)


def test_half_a_victim_is_rounded_up_among_the_less_visible() -> None:
    assert impute([Stratum(more_visible=1, less_visible=1, unknown=1)]) == Imputed(more_visible=1, less_visible=2, of=3)


def test_nothing_is_nothing() -> None:
    assert impute([]) == Imputed(0, 0, 0)


@given(strata)
def test_covered_lies_between_the_known_and_everybody(found: list[Stratum]) -> None:
    result = impute(found)
    assert sum(one.known for one in found) <= result.covered <= result.of == sum(one.total for one in found)
    assert result.more_visible >= sum(one.more_visible for one in found)
    assert result.less_visible >= sum(one.less_visible for one in found)
