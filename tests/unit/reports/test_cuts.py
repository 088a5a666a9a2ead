"""Cuts of a figure: what the declaration permits, and that the parts of a figure add up to the whole."""

from typing import Any

import pytest

from reports.figures.cells import PERSONS, Cell
from reports.figures.cuts import Cut, CutError, Dimension, check_cut, dimensions, table_of
from reports.figures.declaring import FORM_COLUMNS
from reports.figures.definitions import BY_ID, FIGURES
from reports.figures.tables import tables
from tests.unit.reports.contributions import counted, police, shelter

YEARS = (2017, 2018, 2019)
COUNTERS = {
    Cell("2.8", "female", 2017, "AU"): 3,
    Cell("2.8", "female", 2019, "AU"): 5,
    Cell("2.8", "male", 2019, ""): 2,
    Cell(PERSONS, "base", 0, ""): 9,
}


def cut(figure: str = "2.8", **limits: Any) -> Any:
    return table_of(BY_ID[figure], COUNTERS, Cut(**limits), YEARS)


def numbers(table: Any) -> dict[str, dict[str, int]]:
    return {row.row.name: dict(row.counts.year) for row in table.rows}


def test_whole_is_the_table_of_the_figure() -> None:
    assert cut() == tables([BY_ID["2.8"]], COUNTERS, YEARS)["2.8"]
    assert cut().persons == 9


def test_period_keeps_its_years_and_those_without_a_report_among_them() -> None:
    table = cut(first=2018)
    assert table.columns == ("2018", "2019")
    assert numbers(table)["female"] == {"2018": 0, "2019": 5}
    assert (table.total.all, table.total.form["AU"], table.part) == (7, 5, True)


def test_forms_of_a_figure_add_up_to_the_whole_and_have_no_columns_by_form() -> None:
    parts = [cut(form=form) for form in FORM_COLUMNS]
    assert sum(part.total.all for part in parts) == cut().total.all
    assert all(part.forms == () for part in parts)
    assert numbers(cut(form=""))["male"] == {"2017": 0, "2018": 0, "2019": 2}


def test_ranked_figure_is_ranked_anew_within_one_form() -> None:
    counters = {Cell("T2.1", "PL", 2019, "AU"): 2, Cell("T2.1", "NG", 2019, "GO-SU"): 9}
    table = table_of(BY_ID["T2.1"], counters, Cut(form="AU"), YEARS)
    assert [(row.row.code, row.ranks.all) for row in table.rows] == [("PL", 1)]


@pytest.mark.parametrize(
    ("figure", "permitted"),
    [
        ("2.1", {Dimension.PERIOD}),
        ("2.4b", set()),
        ("2.7", {Dimension.PERIOD, Dimension.GROUP}),
        ("2.8", {Dimension.PERIOD, Dimension.FORM, Dimension.GROUP}),
        ("2.11", {Dimension.PERIOD, Dimension.FORM}),
        ("2.12", {Dimension.PERIOD, Dimension.FORM}),
        ("2.13", {Dimension.PERIOD}),
        ("S.11", {Dimension.PERIOD, Dimension.FORM}),
    ],
)
def test_figure_is_cut_by_what_its_declaration_carries(figure: str, permitted: set[Dimension]) -> None:
    assert dimensions(BY_ID[figure]) == permitted


@pytest.mark.parametrize(
    ("figure", "limits", "place"),
    [
        ("2.7", {"form": "AU"}, Dimension.FORM),
        ("2.8", {"form": "XX"}, Dimension.FORM),
        ("2.4b", {"first": 2018}, Dimension.PERIOD),
        ("2.8", {"first": 2020}, Dimension.PERIOD),
        ("2.8", {"first": 2019, "last": 2017}, Dimension.PERIOD),
        ("2.11", {"group": "police"}, Dimension.GROUP),
    ],
)
def test_cut_that_does_not_exist_is_refused_by_its_place(figure: str, limits: dict[str, Any], place: Dimension) -> None:
    with pytest.raises(CutError) as refused:
        check_cut(BY_ID[figure], Cut(**limits), YEARS)
    assert refused.value.dimension is place


def test_every_figure_that_is_cut_by_reporter_counts_victims_with_reporters() -> None:
    one = counted(police(), shelter())
    assert {figure.population for figure in FIGURES if Dimension.GROUP in dimensions(figure)} == {"base"}
    assert one.groups
