"""Deliveries as a table: records come through the limited child as JSON Lines would bring them; errors name the column."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.reporters import Source
from intake.enrichment import tables
from intake.enrichment.envelopes import Origin, Standing
from intake.errors import UnreadableFileError
from intake.notifications.inputs import Problem
from tests import delivered, reported

HEADERS = (
    "sleutel;rol;status;bronregister;geldig_van;geldig_tot;datum;"
    "voornamen;tussenvoegsel;achternaam;geboortedatum;geslacht;nationaliteiten;uitbuitingsvormen"
)
RIGHT = "1;slachtoffer;;kmar;01-01-2019;31-12-2019;14-03-2019;Quirijntje;van der;Zwaluwenburg;23-07-1991;vrouw;RO;sexual"


def read(*rows: str, source: Source = Source.EMM, headers: str = HEADERS, encoding: str = "cp1252"):
    return list(tables.read_rows("\r\n".join([headers, *rows, ""]).encode(encoding), source))


def test_record_is_read_as_from_a_line_of_json():
    (line,) = read(RIGHT)
    identity = reported.person(contact="", narrative="", v_number="", aliases=())
    known = replace(reported.KNOWN, prostitution_sectors=())
    origin = Origin("kmar", date(2019, 1, 1), date(2019, 12, 31))
    assert line.record == replace(delivered.record("1", origin=origin), identity=identity, characteristics=known)


def test_letter_of_om_needs_no_role():
    (line,) = read("1;;;;;;14-03-2019;Q;;Z;;;;", source=Source.OM)
    assert line.record is not None
    assert line.record.envelope.kept


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.UNFOUNDED])
def test_record_that_was_taken_back_needs_key_and_status_alone(standing):
    (line,) = read(f"1;;{standing}", source=Source.OM)
    assert line.record is not None
    assert line.record.envelope.standing is standing


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (RIGHT.replace("slachtoffer", "dader"), Problem("rol", "unknown-code")),
        (RIGHT.replace("kmar", "bvh"), Problem("bronregister", "unknown-code")),
        (RIGHT.replace("14-03-2019", "31-02-2019"), Problem("datum", "wrong-date")),
        (RIGHT.replace("01-01-2019", "2019"), Problem("geldig_van", "wrong-date")),
        (RIGHT.replace("14-03-2019", "14-03-2020"), Problem("datum", "outside-validity")),
        (RIGHT.replace("23-07-1991", "juli 1991"), Problem("geboortedatum", "wrong-date")),
        (RIGHT.replace("vrouw", "x"), Problem("geslacht", "unknown-code")),
    ],
)
def test_wrong_row_is_named_by_column_and_rule(row, problem):
    broken, right = read(row, "2" + RIGHT[1:])
    assert {(found.field, found.code) for found in broken.problems} == {(problem.field, problem.code)}
    assert (broken.number, right.number, right.problems) == (2, 3, ())


@pytest.mark.parametrize("header", ["eigen_kenmerk", "meldingsdatum", "toestemming", "leeftijdsgroep"])
def test_columns_of_reports_alone_are_refused(header):
    with pytest.raises(UnreadableFileError):
        read(RIGHT + ";x", headers=f"{HEADERS};{header}")


@pytest.mark.parametrize("content", [b'{"sleutel": "1"}', b'\xef\xbb\xbf{"sleutel"', b"\n\n {"])
def test_lines_of_json_are_no_table(content):
    assert not tables.is_table(content)


def test_anything_else_is_read_as_a_table():
    assert all(map(tables.is_table, (b"", b"sleutel;rol\n", b"[1]", b"PK\x03\x04")))
