"""Files of a figure: each says what it is, no text becomes a formula, and the picture is the chart."""

import csv
import io
import json
import struct
from collections.abc import Iterator
from xml.etree import ElementTree

import openpyxl
import pytest
from django.test import Client

from reports.figures.definitions import BY_ID
from safeguards.models import AuditEntry
from tests.cast import ANALYST, signed_in
from tests.integration.reports.shown import count_the_reference_register

pytestmark = pytest.mark.django_db
SAID = (
    "Figure 2.8. Victims by sex",
    "Person-years: a person with at least one contribution in a calendar year counts once in that year.",
    "registered, excluding EMM-only and KMar-only sexual exploitation",
    "None: exact counts, for internal use only. Do not pass them on.",
    "none: live counts of the register",
    "All figures are about presumed victims.",
)


@pytest.fixture
def client() -> Client:
    count_the_reference_register()
    return signed_in(ANALYST)


def read(client: Client, address: str, language: str = "en") -> bytes:
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200, address
    assert response["Content-Disposition"].startswith('attachment; filename="baken-')
    assert response["Cache-Control"] == "no-store"
    return response.content


def texts_of_workbook(content: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        yield from (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_every_file_says_what_it_counts_as_of_when_and_how_it_is_protected(client: Client) -> None:
    table = read(client, "/figures/2.8/files/figure.csv").decode("utf-8-sig")
    book = "\n".join(texts_of_workbook(read(client, "/figures/2.8/files/figure.xlsx")))
    found = read(client, "/figures/2.8/files/figure.json").decode()
    drawn = " ".join(ElementTree.fromstring(read(client, "/figures/2.8/files/year.svg")).itertext())  # noqa: S314 - our own
    for file in (table, book, found, " ".join(drawn.replace("\n", " ").split())):
        for text in SAID:
            assert text in file
        assert "5,060" in file
    assert "As of" in table
    assert json.loads(found)["as_of"]


def test_file_of_a_cut_has_that_cut_and_says_so(client: Client) -> None:
    address = "/figures/2.8/files/{}?from=2018&form=GO-SU"
    rows = list(csv.reader(io.StringIO(read(client, address.format("figure.csv")).decode("utf-8-sig"))))
    assert ["Filter", "From: 2018"] in rows
    assert ["Filter", "Form: GO-SU"] in rows
    assert ["", "2018", "2019", "2018-2019"] in rows
    assert ["total", "351", "668", "1019"] in rows
    found = json.loads(read(client, address.format("figure.json")))
    assert found["filters"] == {"From": "2018", "Form": "GO-SU"}
    assert (found["table"]["n"], found["table"]["persons"]) == (1019, None)
    assert client.get(address.format("form.svg")).status_code == 404


def test_dutch_table_is_written_as_dutch_spreadsheets_read_it(client: Client) -> None:
    content = read(client, "/figures/2.10/files/figure.csv", "nl")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert ["gemiddelde leeftijd", "24,7", "25,1", "26,8", "27,9", "27,2", "26,3"] in rows
    english = read(client, "/figures/2.10/files/figure.csv").decode("utf-8-sig")
    assert ["mean age", "24.7", "25.1", "26.8", "27.9", "27.2", "26.3"] in list(csv.reader(io.StringIO(english)))


@pytest.mark.parametrize("figure", BY_ID)
def test_no_cell_of_a_table_can_be_taken_for_a_formula(client: Client, figure: str) -> None:
    table = read(client, f"/figures/{figure}/files/figure.csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(io.BytesIO(read(client, f"/figures/{figure}/files/figure.xlsx")))
    assert {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_picture_is_the_chart_at_twice_its_size_with_its_text(client: Client) -> None:
    drawn = ElementTree.fromstring(read(client, "/figures/2.1/files/year.svg"))  # noqa: S314 - our own file
    picture = read(client, "/figures/2.1/files/year.png")
    assert picture.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height) == (2 * int(drawn.attrib["width"]), 2 * int(drawn.attrib["height"]))
    assert b"style" not in ElementTree.tostring(drawn)


@pytest.mark.parametrize("name", ["figure.pdf", "year.gif", "place.svg", "svg", "figure.csv.exe"])
def test_file_that_there_is_not_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/figures/2.8/files/{name}").status_code == 404


def test_every_file_is_a_look_in_the_audit_trail(client: Client) -> None:
    read(client, "/figures/2.8/files/figure.csv")
    entry = AuditEntry.objects.get(action="figures.exact-read")
    assert entry.details["figure"] == "2.8"
