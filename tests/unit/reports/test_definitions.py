"""The figures are declared right: what they count exists, and every code that can be counted has a row."""

import pytest

from intake.codes import lists
from reports.figures.cells import PERSONS
from reports.figures.definitions import BY_ID, FIGURES, Figure
from reports.figures.rows import Text
from reports.models import ExactCell
from reports.personyears.derive import Counted
from reports.personyears.populations import Population
from tests.unit.reports.contributions import counted, police

CODES_COUNTED = {
    "2.3": {"", *(row.code for row in BY_ID["2.3"].rows)},
    "2.4a": set(lists.PROSTITUTION_SECTORS.codes),
    "2.5": {"", *(row.attributes["figure_row"] for row in lists.LABOUR_SECTORS.rows.values())},
    "2.6": {"", *lists.CRIMINAL_KINDS.codes},
    "2.7": {"", *lists.FORMS.codes},
    "2.8": {"", *lists.SEXES.codes},
    "2.9": {"", *lists.REGIONS.codes},
    "2.10": {"", *lists.AGE_BANDS.codes},
    "2.11": set(lists.REPORTER_GROUPS.codes),
    "2.12": {"", *lists.POLICE_UNITS.codes},
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_figure_counts_something_that_person_years_carry(figure: Figure) -> None:
    assert hasattr(Counted(population="base"), figure.counts)
    assert not figure.mean_of or figure.mean_of in Counted.__dataclass_fields__
    assert figure.among in ("", *lists.EXPLOITATION_TYPES.codes)
    assert figure.population in Population


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_rows_have_codes_and_names_of_their_own(figure: Figure) -> None:
    assert len({row.code for row in figure.rows}) == len({row.name for row in figure.rows}) == len(figure.rows)
    assert bool(figure.rows) != figure.ranked


@pytest.mark.parametrize(("figure", "codes"), CODES_COUNTED.items())
def test_every_code_of_the_list_has_a_row(figure: str, codes: set[str]) -> None:
    assert {row.code for row in BY_ID[figure].rows} == codes


def test_every_combination_of_types_has_a_row() -> None:
    assert len(BY_ID["2.3"].rows) == 2 ** len(lists.EXPLOITATION_TYPES.codes)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_text_stands_in_both_languages(figure: Figure) -> None:
    texts: list[Text] = [figure.title, *figure.caveats, *(row.label for row in figure.rows)]
    assert all(text.nl and text.en for text in texts)
    assert figure.title.in_language("nl") != figure.title.in_language("en")


def test_row_that_was_never_declared_is_called_by_its_code() -> None:
    assert BY_ID["2.8"].row("gone").name == "gone"
    assert BY_ID["T2.1"].row("ZZ").name == "ZZ"
    assert BY_ID["T2.1"].row("SL").name == "Sierra Leone"


def test_keys_of_counters_fit_their_columns() -> None:
    longest = counted(
        police(unit="zeeland-west-brabant", nationalities=("CO",), prostitution_sectors=("window",), age=30)
    ).visibility
    row = ExactCell._meta.get_field("row").max_length or 0
    assert len(longest) <= row
    assert max(len(row.code) for figure in FIGURES for row in figure.rows) <= row
    assert max(len(identifier) for identifier in (*BY_ID, PERSONS)) <= (ExactCell._meta.get_field("figure").max_length or 0)
