"""The three populations, judged per person and year (domain, section 4)."""

import pytest

from reports.personyears.populations import Population, within
from tests.unit.reports.contributions import Made, counted, emm, kmar, letter, police, shelter

REGISTERED, WITHOUT_EMM_ONLY, BASE = Population
SEXUAL = ("sexual",)


@pytest.mark.parametrize(
    ("contributions", "population"),
    [
        ([emm(exploitation_types=SEXUAL)], REGISTERED),
        ([emm(), emm("2019-07-01")], REGISTERED),
        ([emm(), police()], BASE),
        ([emm(), letter()], BASE),
        ([letter()], BASE),
        ([letter(exploitation_types=SEXUAL)], BASE),
        ([kmar(exploitation_types=SEXUAL)], WITHOUT_EMM_ONLY),
        ([kmar(exploitation_types=SEXUAL), kmar("2019-08-01")], WITHOUT_EMM_ONLY),
        ([kmar(exploitation_types=SEXUAL), emm()], WITHOUT_EMM_ONLY),
        ([kmar(exploitation_types=SEXUAL), letter()], WITHOUT_EMM_ONLY),
        ([kmar(), emm(exploitation_types=SEXUAL)], WITHOUT_EMM_ONLY),
        ([kmar(exploitation_types=("labour", "sexual"))], WITHOUT_EMM_ONLY),
        ([kmar(exploitation_types=("labour",))], BASE),
        ([kmar()], BASE),
        ([kmar(exploitation_types=SEXUAL), shelter()], BASE),
        ([kmar(exploitation_types=SEXUAL), police()], BASE),
    ],
)
def test_narrowest_population(contributions: list[Made], population: Population) -> None:
    assert counted(*contributions).population == population


def test_populations_nest() -> None:
    assert within(REGISTERED) == (REGISTERED,)
    assert within(WITHOUT_EMM_ONLY) == (REGISTERED, WITHOUT_EMM_ONLY)
    assert within(BASE) == (REGISTERED, WITHOUT_EMM_ONLY, BASE)


TWO_YEARS = {2018: [emm("2018-05-01")], 2019: [police("2019-01-02")]}
THREE_YEARS = {
    2017: [kmar("2017-03-01", exploitation_types=SEXUAL)],
    2018: [emm("2018-12-31")],
    2019: [letter("2019-01-01")],
}
FIVE_YEARS = {
    2015: [shelter("2015-12-31", exploitation_types=SEXUAL)],
    2016: [kmar("2016-01-01", exploitation_types=SEXUAL), shelter("2016-02-01")],
    2017: [kmar("2017-01-01", exploitation_types=SEXUAL), emm("2017-01-01")],
    2018: [emm("2018-01-01"), emm("2018-02-01")],
    2019: [emm("2019-01-01"), police("2019-06-01")],
}


@pytest.mark.parametrize(
    ("by_year", "populations"),
    [
        (TWO_YEARS, {2018: REGISTERED, 2019: BASE}),
        (THREE_YEARS, {2017: WITHOUT_EMM_ONLY, 2018: REGISTERED, 2019: BASE}),
        (FIVE_YEARS, {2015: BASE, 2016: BASE, 2017: WITHOUT_EMM_ONLY, 2018: REGISTERED, 2019: BASE}),
    ],
    ids=["two years", "three years", "five years"],
)
def test_population_is_judged_on_the_contributions_of_each_year_alone(
    by_year: dict[int, list[Made]], populations: dict[int, Population]
) -> None:
    assert {year: counted(*contributions).population for year, contributions in by_year.items()} == populations
