"""The figures are declared right, and a declaration with something that does not exist is refused when it is made."""

from dataclasses import replace
from typing import Any

import pytest

from reports.figures.cells import PERSONS
from reports.figures.compute import cells
from reports.figures.declaring import DefinitionError, Figure, Period, by_id
from reports.figures.definitions import BY_ID, FIGURES, MONITOR
from reports.figures.rows import Row, Text
from reports.models import ExactCell
from reports.personyears.derive import Counted
from reports.personyears.dimensions import DIMENSIONS, MEASURES, STRATA
from tests.unit.reports.contributions import counted, police

NAMED = Text("naam", "name")


@pytest.mark.parametrize("name", sorted(STRATA))
def test_every_dimension_is_what_a_person_year_carries(name: str) -> None:
    assert all(isinstance(value, str) for value in Counted(population="base").values(name))


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_is_what_a_person_year_carries(name: str) -> None:
    assert name in Counted.__dataclass_fields__


def test_there_are_all_figures_of_the_publication() -> None:
    monitor = ["2.1", "2.2", "2.3", "2.4a", "2.4b", *(f"2.{number}" for number in range(5, 9)), "T2.1"]
    assert [figure.id for figure in MONITOR] == [*monitor, *(f"2.{number}" for number in range(9, 14))]


@pytest.mark.parametrize(
    ("identifier", "wrong", "told"),
    [
        ("2.8", {"rows": (*BY_ID["2.8"].rows, Row("gone", NAMED))}, "figure 2.8: row 'gone' does not exist"),
        ("2.8", {"rows": BY_ID["2.8"].rows[1:]}, "figure 2.8: no row for ''"),
        ("2.8", {"rows": (*BY_ID["2.8"].rows, Row("male", NAMED))}, "figure 2.8: every row has a code and a name of its own"),
        ("2.8", {"counts": "gone"}, "figure 2.8: counts names 'gone'"),
        ("2.8", {"among": "gone"}, "figure 2.8: among names 'gone'"),
        ("2.8", {"ranked": True}, "figure 2.8: a ranked figure takes its rows from row_names"),
        ("2.8", {"periods": (Period(2015, 2016),)}, "figure 2.8: imputation needs both strata and periods"),
        ("2.10", {"mean_of": "gone"}, "figure 2.10: mean_of names 'gone'"),
        ("2.4b", {"strata": ("region", "gone")}, "figure 2.4b: strata names 'gone'"),
        ("S.21", {"signals_by": "gone"}, "figure S.21: signals_by names 'gone'"),
        ("S.21", {"signals_by": ""}, "figure S.21: row 'signal:care-coordinators' does not exist"),
        ("S.21", {"adds_up": True}, "figure S.21: signals are no person-years"),
        ("2.8", {"rows": (Row("", NAMED, share_of=("gone",)),)}, "figure 2.8: share_of names the row 'gone'"),
        ("T2.1", {"row_names": None}, "figure T2.1: a ranked figure takes its rows from row_names"),
    ],
)
def test_declaration_with_something_that_does_not_exist_is_refused(identifier: str, wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        replace(BY_ID[identifier], **wrong)
    assert told in str(refused.value)


def test_refusal_names_what_there_is_to_choose_from() -> None:
    with pytest.raises(DefinitionError, match="it has '', 'female', 'male'"):
        replace(BY_ID["2.8"], rows=(Row("gone", NAMED),))


def test_two_figures_with_one_number_are_refused() -> None:
    with pytest.raises(DefinitionError, match="the same number"):
        by_id((BY_ID["2.8"], replace(BY_ID["2.9"], id="2.8")))


def test_new_figure_is_a_declaration_and_no_code() -> None:
    made = Figure(
        id="9.9",
        title=NAMED,
        counts="majority",
        source=NAMED,
        among="labour",
        rows=tuple(Row(code, Text(code or "-", code or "-")) for code in ("", "minor", "adult")),
        by_form=True,
    )
    one = counted(police(age=17, exploitation_types=("labour",)))
    assert [(cell.row, amount) for cell, amount in cells(one, 2019, (made,))] == [("minor", 1)]
    assert list(cells(counted(police(age=17)), 2019, (made,))) == []
    assert DIMENSIONS["majority"] == {"", "minor", "adult"}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_text_stands_in_both_languages(figure: Figure) -> None:
    texts: list[Text] = [figure.title, figure.source, *figure.caveats, *(row.label for row in figure.rows)]
    assert all(text.nl and text.en for text in texts)
    assert figure.title.in_language("nl") != figure.title.in_language("en")


def test_row_that_was_never_declared_is_called_by_its_code() -> None:
    assert BY_ID["2.8"].row("gone").name == "gone"
    assert BY_ID["T2.1"].row("ZZ").name == "ZZ"
    assert BY_ID["T2.1"].row("SL").name == "Sierra Leone"


def test_keys_of_counters_fit_their_columns() -> None:
    imputed = counted(police(unit="zeeland-west-brabant", nationalities=("CO",), prostitution_sectors=("window",), age=30))
    longest = max((cell.row for cell, _ in cells(imputed, 2019)), key=len)
    row = ExactCell._meta.get_field("row").max_length or 0
    assert len(longest) <= row
    assert max(len(row.code) for figure in FIGURES for row in figure.rows) <= row
    assert max(len(identifier) for identifier in (*BY_ID, PERSONS)) <= (ExactCell._meta.get_field("figure").max_length or 0)
