"""JSON by an array, by an object around it, or a report a line: one broken report stays one, a broken file is refused whole."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from intake.batches import parsing
from intake.errors import UnreadableFileError
from intake.notifications.inputs import Problem

ONE = {"meldingsdatum": "2019-03-01", "persoon": {"achternaam": "Çelik 😀", "voornamen": ["A", "B"]}}
TWO = {"eigenKenmerk": "2", "kenmerken": {"verder": {"aanwijzing": "x"}}}


def read(content):
    return list(parsing.rows_of([content if isinstance(content, bytes) else content.encode()]))


def documents(content):
    return [(row.number, row.document) for row in read(content)]


def problems(content):
    return [(row.number, row.problems) for row in read(content) if row.problems]


def refused(content):
    with pytest.raises(UnreadableFileError) as caught:
        read(content)
    return caught.value


def as_array(*found, **layout):
    return json.dumps(list(found), ensure_ascii=False, **layout)


def as_lines(*found):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)


@pytest.mark.parametrize(
    "content",
    [
        as_array(ONE, TWO),
        as_array(ONE, TWO, indent=2),
        "\ufeff" + as_array(ONE, TWO),
        json.dumps({"meldingen": [ONE, TWO]}),
        json.dumps({"meldingen": [ONE, TWO]}, indent=2) + "\n",
        as_lines(ONE, TWO),
        as_lines(ONE, TWO).replace("\n", "\r\n"),
        as_lines(ONE, TWO).rstrip(),
    ],
)
def test_each_form_gives_the_same_documents(content):
    assert documents(content) == [(1, ONE), (2, TWO)]


def test_what_was_understood_is_told():
    found = []
    list(parsing.rows_of([as_array(ONE).encode()], understood=found.append))
    list(parsing.rows_of([as_lines(ONE).encode()], understood=found.append))
    assert [one.format for one in found] == ["json", "jsonl"]


@pytest.mark.parametrize("content", ["[]", " [ ] ", '{"meldingen":[]}'])
def test_array_of_nothing_has_no_rows(content):
    assert read(content) == []


def test_empty_lines_are_no_rows_but_keep_their_numbers():
    assert [number for number, _ in documents(as_lines(ONE) + "\n \n" + as_lines(TWO))] == [1, 4]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('{"a":1,"a":2}', "member-twice"),
        ('{"a":NaN}', "not-a-number"),
        ('{"a":-Infinity}', "not-a-number"),
        ('{"a":1e400}', "not-a-number"),
        ('{"a":[[[[[[[[1]]]]]]]]}', "too-deep"),
        ('{"a":' + "9" * 5000 + "}", "not-json"),
        ('{"a":"' + "x" * 70_000 + '"}', "row-too-long"),
    ],
)
def test_report_that_breaks_a_rule_is_a_problem_of_its_row(broken, code):
    expected = [(2, (Problem("", code),))]
    assert problems(as_lines(ONE) + broken + "\n" + as_lines(TWO)) == expected
    if code != "not-json":
        assert problems(f"[{json.dumps(ONE)},{broken},{json.dumps(TWO)}]") == expected


def test_line_that_is_no_json_is_a_problem_of_its_row():
    broken = as_lines(ONE).encode() + b'{"a":"\xff"}\n{"a":\n{a}\nnull\n'
    assert problems(broken) == [
        (2, (Problem("", "not-utf-8"),)),
        (3, (Problem("", "not-json"),)),
        (4, (Problem("", "not-json"),)),
    ]


def test_half_a_letter_reaches_the_rules_as_it_is():
    assert documents('[{"a":"\\ud800"}]') == [(1, {"a": "\ud800"})]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ("[", "cut-off", 1),
        (as_array(ONE, TWO)[:-1], "cut-off", 2),
        (as_array(ONE, TWO)[:-10], "cut-off", 2),
        ('[{"a":1} {"a":2}]', "not-json", 1),
        ('[{"a":1},{"a":x}]', "not-json", 2),
        ('[{"a":1},]', "not-json", 2),
        ("[" + "9" * 5000 + "]", "not-json", 1),
        (as_array(ONE) + "x", "json-form", 1),
        ('{"meldingen":[{"a":1}],"meer":1}', "json-form", 1),
        (json.dumps(ONE, indent=2), "json-form", 1),
        ('{"reports":[\n{}]}', "json-form", 1),
        (b'[{"a":"\xff"}]', "not-utf-8", 1),
        (as_array(ONE).encode("utf-16"), "encoding", 0),
        ("[" * 5000, "too-deep", 1),
    ],
)
def test_file_that_breaks_off_or_has_another_form_is_refused(content, code, row):
    error = refused(content)
    assert (error.code, error.row) == (code, row)


def test_too_many_reports_are_refused(monkeypatch):
    monkeypatch.setattr(parsing, "TEMPLATE", replace(parsing.TEMPLATE, most_rows=1))
    assert len(read(as_array(ONE))) == 1
    assert refused(as_array(ONE, TWO)).code == refused(as_lines(ONE, TWO)).code == "too-many-rows"


def test_rows_show_nothing():
    assert "elik" not in repr(read(as_array(ONE)))


LEAF = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(max_size=10)
)
DOCUMENT = some.dictionaries(some.text(max_size=5), LEAF | some.lists(LEAF, max_size=3), max_size=4)


@settings(max_examples=10, deadline=None)
@given(some.lists(DOCUMENT, max_size=5), some.sampled_from([None, 1]))
def test_any_documents_come_back(found, indent):
    numbered = list(enumerate(found, start=1))
    assert documents(json.dumps(found, indent=indent)) == numbered
    assert documents(json.dumps({"meldingen": found}, indent=indent)) == numbered
    if found:
        assert documents(as_lines(*found)) == numbered
