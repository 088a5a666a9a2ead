"""Lines of a feed: written records read back, and a broken line is named by its number and rule."""

import json
from datetime import date

import pytest

from accounts.reporters import Source
from intake.enrichment.deliveries import FeedRecord, read_lines, write_lines
from intake.enrichment.envelopes import Origin
from intake.notifications.inputs import Problem
from tests import delivered

RIGHT = {"sleutel": "1", "rol": "slachtoffer", "datum": "2019-03-14", "persoon": {"achternaam": "Jansen"}}


def problems(line, source=Source.EMM):
    (found,) = read_lines(line if isinstance(line, bytes) else json.dumps(line).encode(), source)
    return set(found.problems)


@pytest.mark.parametrize("source", [Source.EMM, Source.OM])
def test_records_come_back_as_they_were(source):
    records = [delivered.record(), delivered.record("sleutel 2")]
    assert [line.record for line in read_lines(write_lines(records, source), source)] == records


def test_lines_keep_their_numbers_and_empty_ones_are_none():
    content = b"\n" + write_lines([delivered.record()], Source.EMM) + b"  \r\nx\n"
    assert [(line.number, bool(line.record)) for line in read_lines(content, Source.EMM)] == [(2, True), (4, False)]


def test_right_line_has_no_problem():
    assert problems(RIGHT) == set()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"sleutel": ""}, Problem("sleutel", "required")),
        ({"sleutel": None}, Problem("sleutel", "required")),
        ({"sleutel": "x" * 65}, Problem("sleutel", "required")),
        ({"sleutel": ["x"]}, Problem("sleutel", "required")),
        ({"rol": "dader"}, Problem("rol", "unknown-code")),
        ({"rol": None}, Problem("rol", "unknown-code")),
        ({"rol": ["slachtoffer"]}, Problem("rol", "unknown-code")),
        ({"datum": None}, Problem("datum", "required")),
        ({"datum": "14-03-2019"}, Problem("datum", "wrong-date")),
        ({"status": "verlopen"}, Problem("status", "unknown-code")),
        ({"bronregister": "bvh"}, Problem("bronregister", "unknown-code")),
        ({"geldigVan": 2019}, Problem("geldigVan", "wrong-date")),
        ({"geldigVan": "2019-03-15"}, Problem("datum", "outside-validity")),
        ({"geldigTot": "2019-03-13"}, Problem("datum", "outside-validity")),
        ({"geldigVan": "2019-03-14", "geldigTot": "2019-03-13"}, Problem("geldigTot", "before-begin")),
        ({"toestemming": {}}, Problem("", "unknown-member")),
        ({"eigenKenmerk": "x"}, Problem("", "unknown-member")),
        ({"x": 1}, Problem("", "unknown-member")),
    ],
)
def test_wrong_line_is_named_by_member_and_rule(change, problem):
    assert problems(RIGHT | change) == {problem}


def test_envelope_of_emm_comes_back_as_it_was():
    origin = Origin("kmar", date(2019, 1, 1), date(2019, 12, 31))
    records = [delivered.record(origin=origin)]
    assert [line.record for line in read_lines(write_lines(records, Source.EMM), Source.EMM)] == records


@pytest.mark.parametrize("change", [{"rol": "getuige"}, {"status": "ingetrokken"}, {"status": "ongegrond"}])
def test_record_that_is_not_kept_is_read_without_its_person(change):
    (line,) = read_lines(json.dumps(RIGHT | change).encode(), Source.EMM)
    assert line.record == FeedRecord(line.record.envelope)


def test_record_that_was_taken_back_needs_its_key_alone():
    (line,) = read_lines(b'{"sleutel": "1", "status": "ingetrokken"}', Source.OM)
    assert (line.problems, line.record.envelope.kept) == ((), False)


def test_letter_has_no_role():
    assert problems(RIGHT, Source.OM) == {Problem("rol", "unknown-member")}


@pytest.mark.parametrize(("line", "code"), [(b"{", "not-json"), (b"x" * 70_000, "too-long"), (b"[" * 9_000, "too-deep")])
def test_line_that_is_no_record_is_named(line, code):
    assert problems(line) == {Problem("", code)}


def test_record_shows_nothing_of_a_person():
    assert "Zwaluwenburg" not in repr(delivered.record())
    assert "sleutel" not in repr(delivered.record())
