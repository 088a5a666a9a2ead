"""What rows of an extract tell of figures, and what is blanked where that is too much."""

import numpy as np
import pytest

from reports.disclosure.microdata.rows import BLANK, Rows
from reports.disclosure.microdata.specification import Chosen
from reports.disclosure.release import Cell, Key, Release, Table
from reports.disclosure.telling import Tally
from reports.extracts.columns import BY_NAME
from reports.extracts.hiding import blank_more
from reports.extracts.telling import tallies_of

YEARS = range(2018, 2020)


def chosen(**levels: str) -> tuple[Chosen, ...]:
    found = []
    for name, level in levels.items():
        column = BY_NAME[name].column
        at = column.level(level)
        assert at
        found.append(Chosen(column, at))
    return tuple(found)


def rows(levels: dict[str, str], *lines: tuple[str | None, ...]) -> tuple[Rows, tuple[Chosen, ...]]:
    asked = chosen(**levels)
    values = {one.column.name: one.level.codes for one in asked}
    codes = [
        [BLANK if code is None else values[name].index(code) for name, code in zip(values, line, strict=True)] for line in lines
    ]
    return Rows(tuple(values), np.array(codes), values, np.arange(len(lines))), asked


def meanings(tally: Tally, name: str) -> dict[str, frozenset[str]]:
    (one,) = (one for one in tally.dimensions if one.name == name)
    return dict(one.codes)


def test_each_other_column_is_counted_by_year_and_form() -> None:
    levels = {"year": "year", "sex": "sex", "age": "band", "form": "form"}
    made, asked = rows(levels, ("2018", "male", "minor", "AU"), ("2018", None, "minor", "AU"))
    by_sex, by_age = tallies_of(made, asked, YEARS)
    assert by_sex.names == ("years", "form", "sex")
    assert by_age.names == ("years", "form", "age_band")
    assert by_sex.rows == {("2018", "AU", "male"): 1, ("2018", "AU", None): 1}
    assert by_age.rows == {("2018", "AU", "minor"): 2}


def test_without_a_year_rows_are_of_any_of_the_years_that_were_asked_for() -> None:
    made, asked = rows({"sex": "sex"}, ("male",))
    (tally,) = tallies_of(made, asked, YEARS)
    assert meanings(tally, "years") == {"any": frozenset({"2018", "2019"})}


def test_five_years_are_those_of_them_that_were_asked_for() -> None:
    made, asked = rows({"year": "period"}, ("2015-2019",))
    (tally,) = tallies_of(made, asked, YEARS)
    assert meanings(tally, "years") == {"2015-2019": frozenset({"2018", "2019"})}


def test_other_nationalities_are_those_that_no_row_shows() -> None:
    made, asked = rows({"nationality": "top-5"}, ("NL",), ("other",), ("",))
    (tally,) = tallies_of(made, asked, YEARS)
    found = meanings(tally, "nationality")
    assert found["NL"] == {"NL"}
    assert "PL" in found["other"]
    assert not found["other"] & {"NL", "", "other"}


def test_no_unit_is_a_report_by_none_and_no_report_of_an_unknown_one() -> None:
    made, asked = rows({"unit": "unit"}, ("amsterdam",), ("",))
    (tally,) = tallies_of(made, asked, YEARS)
    assert "" not in meanings(tally, "units")


@pytest.mark.parametrize(("name", "kind"), [("form", "sensitive"), ("sex", "quasi-identifier")])
def test_what_is_blanked_is_sensitive_where_a_cell_has_such_a_column(name: str, kind: str) -> None:
    levels = {"sex": "sex", "form": "form"} if kind == "sensitive" else {"sex": "sex"}
    lines = [("male", "AU")] * 3 + [("male", "CU")] * 9 + [("female", "AU")] * 9
    made, asked = rows(levels, *(line[: len(levels)] for line in lines))
    codes = {"sex": "male"} | ({"form": "AU"} if kind == "sensitive" else {})
    key = Key("base", frozenset(codes.items()))
    release = Release((Table("t", "base", tuple(codes), (Cell(tuple(codes.values()), 5),)),))
    more = blank_more(made, asked, YEARS, [key], release, lambda places, number: list(places)[:number])
    places = np.argwhere(more.codes == BLANK)
    assert {made.names[place] for _, place in places.tolist()} == {name}
    blank = [lines[row] for row, _ in places.tolist()]
    expected = [("male", "AU")] * 3 + [("male", "CU")] * 5 if kind == "sensitive" else lines[:5] + [("female", "AU")] * 5
    assert blank == expected


def test_cell_that_no_column_is_about_blanks_nothing() -> None:
    made, asked = rows({"sex": "sex"}, ("male",))
    key = Key("base", frozenset({("demand_channel", "other")}))
    assert (blank_more(made, asked, YEARS, [key], Release(()), lambda places, number: list(places)).codes == made.codes).all()
