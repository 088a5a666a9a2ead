"""Counters laid out as tables: years, totals, means, unlisted codes; and what holds for whatever is counted."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.figures.cells import PERSONS, Cell
from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import Table, tables, years_of
from reports.personyears.derive import Counted
from tests.unit.reports.contributions import RECORDED, Made, counted, emm, kmar, letter, police, report, shelter


def laid_out(*person_years: tuple[int, Counted]) -> dict[str, Table]:
    return tables(FIGURES, counters_of(person_years))


def test_register_without_anything_has_tables_without_columns() -> None:
    found = laid_out()
    assert found["2.7"].columns == ()
    assert [row.counts.all for row in found["2.7"].rows] == [0, 0, 0, 0, 0]
    assert found["T2.1"].rows == ()
    assert found["2.10"].means is not None
    assert found["2.10"].means.all is None


def test_year_without_a_report_is_a_year_of_zeros() -> None:
    found = laid_out((2016, counted(police())), (2018, counted(police())))
    assert found["2.7"].columns == ("2016", "2017", "2018")
    assert found["2.7"].rows[0].counts.year == {"2016": 1, "2017": 0, "2018": 1}


def test_counter_that_went_back_to_zero_makes_no_year() -> None:
    assert years_of({Cell("2.7", "", 2014, ""): 0, Cell("2.7", "", 2016, ""): 1, Cell(PERSONS, "base", 0, ""): 1}) == (2016,)


def test_figure_starts_in_its_first_year() -> None:
    found = laid_out(*[(year, counted(police(exploitation_types=("criminal",)))) for year in (2015, 2016)])
    assert found["2.6"].columns == ("2016",)
    assert found["2.6"].total is not None
    assert found["2.6"].total.all == 1


def test_year_with_only_emm_is_a_year_of_the_register() -> None:
    assert laid_out((2018, counted(emm())))["2.7"].columns == ("2018",)


def test_code_without_a_row_stays_in_sight_and_in_the_total() -> None:
    counters = {Cell("2.8", "gone", 2019, "AU"): 2, Cell("2.8", "male", 2019, "AU"): 1}
    table = tables(FIGURES, counters)["2.8"]
    assert [(row.row.name, row.counts.all) for row in table.rows][-1] == ("gone", 2)
    assert table.total is not None
    assert table.total.form == {"BL-SU": 0, "GO-SU": 0, "AU": 3, "CU": 0, "": 0}


def test_combination_that_the_publication_has_not_appears_once_counted() -> None:
    rare = counted(police(exploitation_types=("labour", "organ")))
    assert len(laid_out((2019, counted(police())))["2.3"].rows) == 11
    assert [row.row.name for row in laid_out((2019, rare))["2.3"].rows][-1] == "labour+organ"


def test_police_report_without_a_unit_is_counted_as_unknown_unit() -> None:
    table = laid_out((2019, counted(police(unit=""))))["2.12"]
    assert table.rows[-1].row.name == "unknown"
    assert table.rows[-1].counts.all == 1


def test_mean_is_over_known_ages_rounded_half_up() -> None:
    ages = (20, 21, 21, 21, None)
    means = laid_out(*[(2019, counted(police(age=age, exploitation_types=("labour",)))) for age in ages])["2.10"].means
    assert means is not None
    assert means.year == {"2019": Decimal("20.8")}
    assert (means.form["AU"], means.form["CU"], means.all) == (Decimal("20.8"), None, Decimal("20.8"))


def test_periods_are_imputed_each_on_its_own() -> None:
    known = counted(police(exploitation_types=("sexual",), prostitution_sectors=("window",)))
    unknown = counted(police(exploitation_types=("sexual",)))
    printed = as_json(laid_out((2015, known), (2016, unknown), (2018, unknown)))["2.4b"]
    assert printed["rows"]["more visible"] == {"2015-2016": 2, "2017-2019": 0, "2015-2019": 2}
    assert printed["covered"] == {
        "2015-2016": {"covered": 2, "of": 2},
        "2017-2019": {"covered": 0, "of": 1},
        "2015-2019": {"covered": 2, "of": 3},
    }


def test_distinct_persons_stand_beside_person_years() -> None:
    counters = counters_of([(2018, counted(police())), (2019, counted(police()))]) + Counter({Cell(PERSONS, "base", 0, ""): 1})
    table = tables(FIGURES, counters)["2.7"]
    assert table.total is not None
    assert (table.persons, table.total.all) == (1, 2)


def test_printed_columns_call_the_unknown_form_unknown() -> None:
    printed = as_json(laid_out((2019, counted(police(sex="male")))))["2.8"]
    assert printed["rows"]["male"] == {
        "year": {"2019": 1},
        "form": {"BL-SU": 0, "GO-SU": 0, "AU": 0, "CU": 0, "unknown": 1},
        "all": 1,
    }
    assert printed["total"]["form"]["unknown"] == printed["n"] == 1


def subsets(*codes: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(codes)).map(lambda found: tuple(sorted(found)))


@st.composite
def contributions(draw: st.DrawFn) -> Made:
    known = {
        "exploitation_types": draw(subsets("sexual", "labour", "criminal", "organ")),
        "prostitution_sectors": draw(subsets("window", "home")),
        "labour_sectors": draw(subsets("construction", "water-and-waste")),
        "criminal_kinds": draw(subsets("theft", "begging")),
        "sex": draw(st.sampled_from(["", "male", "female"])),
        "nationalities": draw(subsets("NL", "NG", "PL")),
    }
    day = draw(st.dates()).replace(year=2019, day=1).isoformat()
    kind = draw(st.sampled_from([police, shelter, kmar, emm, letter, _fairwork]))
    made: Made = kind(day, **known)
    return made


def _fairwork(day: str, **known: object) -> Made:
    return report(day, group="fairwork", legal_basis=False, **known)


person_years = st.lists(
    st.tuples(st.integers(2015, 2019), st.lists(contributions(), min_size=1, max_size=4)), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(person_years)
def test_rows_sum_to_totals_and_populations_nest(found: list[tuple[int, list[Made]]]) -> None:
    made = laid_out(*[(year, counted(*one)) for year, one in found])
    registered, without_emm, base = made["2.1"].rows
    for column in made["2.1"].columns:
        assert registered.counts.year[column] >= without_emm.counts.year[column] >= base.counts.year[column]
        emm_only = made["2.2"].rows[0].counts.year[column]
        assert registered.counts.year[column] - without_emm.counts.year[column] == emm_only
    for figure in ("2.3", "2.7", "2.8", "2.9", "2.10"):
        assert made[figure].total is not None
        assert made[figure].total.year == base.counts.year
    for table in made.values():
        if table.figure.by_form:
            assert all(sum(row.counts.form.values()) == row.counts.all == sum(row.counts.year.values()) for row in table.rows)
    police_row = made["2.11"].rows[-1].counts
    assert made["2.13"].total is not None
    assert made["2.13"].total.year == police_row.year
    assert made["2.12"].total is not None
    assert made["2.12"].total.all >= police_row.all


@settings(max_examples=60, deadline=None)
@given(st.lists(contributions(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(found: list[Made], random: Random) -> None:
    arrived = [replace(one, contribution=uuid4()) for one in found]
    random.shuffle(arrived)
    arrived = [replace(one, recorded=RECORDED + timedelta(hours=place)) for place, one in enumerate(arrived)]
    assert counted(*found) == counted(*arrived)
