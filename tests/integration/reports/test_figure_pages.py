"""Every cell and total of the reference register through the page, the JSON and the workbook, in both languages."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from reports.figures.definitions import BY_ID, MONITOR
from tests import reference_register
from tests.cast import ANALYST, signed_in
from tests.integration.reports.shown import cells_of_page, cells_of_workbook, count_the_reference_register
from tests.integration.reports.written import refresh_all, write
from tests.unit.reports.tally import Cells, printed, printed_of, tally

pytestmark = pytest.mark.django_db
PUBLISHED = [figure.id for figure in MONITOR]


@pytest.fixture(scope="module")
def expected() -> Cells:
    return tally(reference_register.persons(), reference_register.reports())


@pytest.fixture
def client() -> Client:
    count_the_reference_register()
    return signed_in(ANALYST)


def of(figure: str, expected: Cells) -> Cells:
    """The share of the population that is covered stands beside the table, not in it."""
    return {key: number for key, number in expected.items() if key[0] == figure and key[1] != "of"}


def read(client: Client, address: str, language: str) -> bytes:
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200
    return response.content


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("figure", PUBLISHED)
def test_page_has_every_cell_and_total_of_the_register(client: Client, expected: Cells, figure: str, language: str) -> None:
    page = read(client, f"/figures/{figure}", language).decode()
    assert cells_of_page(BY_ID[figure], page, language) == of(figure, expected)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("figure", PUBLISHED)
def test_workbook_has_every_cell_and_total_of_the_register(client: Client, expected: Cells, figure: str, language: str) -> None:
    book = read(client, f"/figures/{figure}/files/figure.xlsx", language)
    assert cells_of_workbook(BY_ID[figure], book, language) == of(figure, expected)


def test_json_of_all_figures_together_has_every_cell_and_total_of_the_register(client: Client, expected: Cells) -> None:
    found: dict[str, Any] = {
        figure: json.loads(read(client, f"/figures/{figure}/files/figure.json", "nl"))["table"] for figure in PUBLISHED
    }
    assert printed(found) == expected
    assert (found["2.1"]["persons"], found["2.7"]["persons"]) == (5887, 5060)


def test_page_says_which_share_the_imputed_figure_covers(client: Client, expected: Cells) -> None:
    page = read(client, "/figures/2.4b", "en").decode()
    total, whole = (int(expected["2.4b", name, "", "2015-2019"]) for name in ("total", "of"))
    assert f"2015-2019: {total:,} of {whole:,} are in the figure ({round(100 * total / whole)}%)." in page
    assert re.search(r"2015-2019: [\d.]+ van [\d.]+ staan in de figuur \(\d+%\)", read(client, "/figures/2.4b", "nl").decode())


FURTHER = (
    ("technology-role", "cyber-enabled"),
    ("demand-channel", "none"),
    ("technology-control", "none"),
    ("money-flow", "cash"),
    ("investigative-leads", "yes"),
    ("residence-route", "dublin"),
    ("first-asylum-country", "IT"),
    ("dismissal-reason", "no-leads"),
)
PHASES = (("signalled", ""), ("help-started", "2019-06-02"), ("requested", "2019-06-03"), ("granted", "2019-07-20"))
SIGHT = {
    "S.1": "cyber-enabled",
    "S.2": "dating app",
    "S.6": "Netherlands",
    "S.7": "Italy",
    "S.8": "yes",
    "S.9": "Amsterdam",
    "S.10": "attempted",
    "S.11": "with a legal basis",
    "S.12": "signalled",
    "S.13": "with help or shelter",
    "S.14": "B8 requested",
    "S.15": "one to three months",
    "S.16": "Dublin procedure",
    "S.17": "Italy",
    "S.18": "no leads",
    "S.19": "Amsterdam",
    "S.20": "police: age unknown",
    "S.21": "police: reports",
    "S.22": "Amsterdam",
    "S.23": "longer than half a year",
}


def write_sight() -> None:
    """Three reports that say something in each of these figures."""
    for _ in range(3):
        write(
            group="police",
            exploitation_types=("organ", "sexual"),
            organ_removal="attempted",
            platforms=("dating-app",),
            exploitation_places=("netherlands",),
            exploitation_countries=("IT",),
            municipality_of_exploitation="GM0363",
            municipality_of_residence="GM0363",
            further=FURTHER,
            phases=PHASES,
        )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_figures_that_no_registration_has_count_what_was_reported(language: str) -> None:
    write_sight()
    refresh_all()
    client = signed_in(ANALYST)
    for figure, row in SIGHT.items():
        found = cells_of_page(BY_ID[figure], read(client, f"/figures/{figure}", language).decode(), language)
        assert found[figure, row, "", "all"] == 3, figure
        book = read(client, f"/figures/{figure}/files/figure.xlsx", language)
        assert cells_of_workbook(BY_ID[figure], book, language) == found
        said = json.loads(read(client, f"/figures/{figure}/files/figure.json", language))["table"]
        assert printed_of({figure: said}) == {key: number for key, number in found.items() if number}
    for figure in ("S.3", "S.4", "S.5"):
        assert cells_of_page(BY_ID[figure], read(client, f"/figures/{figure}", language).decode(), language)
