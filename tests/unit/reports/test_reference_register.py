"""The reference register, counted by the engine from its files alone, is the published monitor in every cell and total."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import tables
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge
from tests import reference_register
from tests.reference_register import DATA

WITHOUT_PUBLISHED_CELLS = ("2.4b",)
YEARS = ("2015", "2016", "2017", "2018", "2019")

# Table 2.1; 0 is outside the first five. In 2015 Nigeria and Romania share a place.
PUBLISHED_RANKS = {
    "Netherlands": (1, 1, 1, 1, 2),
    "Nigeria": (4, 4, 4, 2, 1),
    "Poland": (2, 2, 2, 0, 4),
    "Romania": (4, 3, 3, 4, 0),
    "Uganda": (0, 0, 5, 3, 3),
    "Bulgaria": (3, 5, 0, 0, 0),
    "Sierra Leone": (0, 0, 0, 5, 0),
    "Gambia": (0, 0, 0, 0, 5),
}

Cells = dict[tuple[str, str, str, str], float]


@pytest.fixture(scope="module")
def counted() -> list[tuple[int, Counted]]:
    facts = reference_register.facts_by_person_year()
    return [(year, derive(merge(contributions))) for (_, year), contributions in facts.items()]


@pytest.fixture(scope="module")
def figures(counted: list[tuple[int, Counted]]) -> dict[str, Any]:
    return as_json(tables(FIGURES, counters_of(counted)))


def read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def published() -> Cells:
    found: Cells = {}
    for figure, content in read("figures.json")["figures"].items():
        if figure not in WITHOUT_PUBLISHED_CELLS:
            for row, values in content.get("rows", {}).items():
                found.update({(figure, row, axis, column): number for axis, column, number in numbers(values)})
            for row, number in content.get("row_totals", {}).items():
                found[figure, row, "", "all"] = number
            for axis, column, number in numbers(content.get("total", {})):
                found[figure, "total", axis, column] = number
            for axis, column, number in numbers(content.get("mean_age", {})):
                found[figure, "mean age", axis, column] = number
            if "n" in content:
                found[figure, "total", "", "all"] = content["n"]
    return found


def numbers(values: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from ((name, column, number) for column, number in value.items())
        else:
            yield "", name, value


def computed(figures: dict[str, Any], key: tuple[str, str, str, str]) -> float:
    figure, row, axis, column = key
    content = figures[figure]
    if row == "mean age":
        place = content["mean_age"]
    elif row == "total":
        place = content["total"] if column != "all" else {"all": content["n"]}
    elif column == "all" and "row_totals" in content:
        place = content["row_totals"]
        column = row
    else:
        place = content["rows"][row]
    value: float = place[axis][column] if axis else place[column]
    return value


def expected() -> Cells:
    deviations = {(one["figure"], one["row"], one["column"]): one["register"] for one in read("register_deviations.json")}
    return {key: deviations.get((key[0], key[1], key[3]), number) for key, number in published().items()}


def test_every_cell_and_total_is_the_published_one_or_a_deviation_that_is_explained(figures: dict[str, Any]) -> None:
    wanted = expected()
    assert len(wanted) == 812
    assert {key: computed(figures, key) for key in wanted} == wanted


def test_every_deviation_names_a_cell_that_is_compared() -> None:
    keys = {(figure, row, column) for figure, row, _, column in published()}
    assert {(one["figure"], one["row"], one["column"]) for one in read("register_deviations.json")} <= keys


def test_printed_rows_are_the_published_rows_in_their_order(figures: dict[str, Any]) -> None:
    for figure, content in read("figures.json")["figures"].items():
        if figure not in ("2.5", "2.6", "T2.1"):  # No published rows, one row only, and rows by number.
            assert list(figures[figure]["rows"]) == list(content["rows"]), figure


def test_listed_nationalities_are_exactly_those_of_the_published_table(figures: dict[str, Any]) -> None:
    assert set(figures["T2.1"]["rows"]) == set(read("figures.json")["figures"]["T2.1"]["rows"])


def test_first_five_of_every_year_have_the_published_ranks(figures: dict[str, Any]) -> None:
    ranks = {row: tuple(found["year"][year] for year in YEARS) for row, found in figures["T2.1"]["ranks"].items()}
    top = {row: tuple(rank if rank and rank <= 5 else 0 for rank in found) for row, found in ranks.items()}
    assert {row: found for row, found in top.items() if any(found)} == PUBLISHED_RANKS


def test_populations_of_the_file_are_those_derived_from_its_reports(counted: list[tuple[int, Counted]]) -> None:
    derived = Counter(one.population for _, one in counted)
    stated = Counter(row["population"] for row in reference_register.persons())
    assert derived == {"base": stated["base"], "without-emm-only": stated["kmar_only_sexual"], "registered": stated["emm_only"]}
