"""CSV as it really comes: what Excel writes is read, what is broken or hostile is refused with its rule and place."""

from dataclasses import replace

import pytest

from intake.batches import parsing
from intake.batches.child import frames
from intake.errors import UnreadableFileError
from intake.notifications.inputs import Problem

HEADER = "eigen_kenmerk;meldingsdatum;achternaam"


def read(content):
    return list(parsing.rows_of([content]))


def rows(content):
    return [(row.number, dict(row.cells)) for row in read(content)]


def problems(content):
    return [(row.number, row.problems) for row in read(content) if row.problems]


def understood(content):
    found = []
    list(parsing.rows_of([content], understood=found.append))
    return found[0]


def refused(content):
    with pytest.raises(UnreadableFileError) as caught:
        read(content)
    return caught.value


def refusal(content):
    return refused(content).code


def test_rows_are_numbered_as_in_the_spreadsheet():
    assert rows(f"{HEADER}\r\n1;1-2-2019;Jansen\r\n2;3-4-2019;Bakker\r\n".encode()) == [
        (2, {"eigen_kenmerk": "1", "meldingsdatum": "1-2-2019", "achternaam": "Jansen"}),
        (3, {"eigen_kenmerk": "2", "meldingsdatum": "3-4-2019", "achternaam": "Bakker"}),
    ]


def test_upload_may_come_in_parts_of_any_size():
    content = f"{HEADER}\n1;1-2-2019;Cañón\n".encode()
    assert list(parsing.rows_of(content[at : at + 1] for at in range(len(content)))) == read(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_with_marks_are_read_in_each_encoding(encoding):
    content = f"{HEADER}\r\n1;1-2-2019;Cañón-Lécka\r\n".encode(encoding)
    assert rows(content)[0][1]["achternaam"] == "Cañón-Lécka"
    assert understood(content).encoding == ("cp1252" if encoding == "cp1252" else "utf-8-sig")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiter_is_found_from_the_headers(delimiter):
    content = f"{HEADER}\n1;1-2-2019;Jansen\n".replace(";", delimiter).encode()
    assert understood(content).delimiter == delimiter
    assert rows(content)[0][1]["achternaam"] == "Jansen"


def test_headers_may_stand_in_another_order_and_case_and_some_may_miss():
    assert rows(b"Achternaam;MELDINGSDATUM \nJansen;1-2-2019\n") == [(2, {"achternaam": "Jansen", "meldingsdatum": "1-2-2019"})]


def test_cell_with_quotes_lines_and_delimiters_is_one_cell():
    content = f'{HEADER}\r\n1;1-2-2019;"Jan;sen ""de""\r\nOude"\r\n2;1-2-2019;x\r\n'.encode()
    assert rows(content)[0][1]["achternaam"] == 'Jan;sen "de"\r\nOude'
    assert rows(content)[1][0] == 3


def test_empty_rows_are_no_rows_but_keep_their_numbers():
    assert [number for number, _ in rows(f"{HEADER}\n;;\n1;1-2-2019;x\n\n;;\n".encode())] == [3]


def test_missing_cells_at_the_end_are_empty_ones():
    assert rows(f"{HEADER}\n1;1-2-2019\n2;1-2-2019;x\n".encode())[0][1] == {"eigen_kenmerk": "1", "meldingsdatum": "1-2-2019"}


def test_too_many_cells_are_a_problem_of_their_row():
    content = f"{HEADER}\n1;1-2-2019;x;y\n2;1-2-2019;x;\n".encode()
    assert problems(content) == [(2, (Problem("", "too-many-cells"),))]


def test_row_longer_than_any_report_is_a_problem_of_its_row():
    header = ";".join(parsing.TEMPLATE.headers[:9])
    long = ";".join(['"' + "x" * 30_000 + '\n"'] * 9)
    assert problems(f"{header}\n{long}\n".encode()) == [(2, (Problem("", "row-too-long"),))]


def test_row_may_hold_as_much_text_as_a_document_and_no_more():
    full = ";".join("x" * (frames.LONGEST_DOCUMENT // 3) for _ in range(3))
    assert problems(f"{HEADER}\n{full}\n{full}xx\n".encode()) == [(3, (Problem("", "row-too-long"),))]


def test_file_of_more_text_than_is_taken_in_is_refused_at_the_row_that_is_too_much():
    content = f"{HEADER}\n1;2;345\n1;2;345\n1;2;3\n".encode()
    with pytest.raises(UnreadableFileError) as caught:
        list(parsing.rows_of([content], template=replace(parsing.TEMPLATE, most_text=10)))
    assert (caught.value.code, caught.value.row) == ("too-much-text", 4)


@pytest.mark.parametrize("end", ["2;1-2-20", "2;1-2-2019"])
def test_last_row_that_was_cut_off_is_a_problem(end):
    assert problems(f"{HEADER}\r\n1;1-2-2019;x\r\n{end}".encode()) == [(3, (Problem("", "cut-off"),))]


def test_whole_last_row_needs_no_line_end():
    assert problems(f"{HEADER}\r\n1;1-2-2019;x".encode()) == []


def test_file_of_headers_alone_has_no_rows():
    assert rows(HEADER.encode()) == []


@pytest.mark.parametrize(
    ("content", "code", "row", "place"),
    [
        (b"", "empty", 0, ""),
        (b" \r\n ", "empty", 0, ""),
        (f"{HEADER}\n1;1-2-2019;a\0b\n".encode(), "not-text", 2, ""),
        (HEADER.encode("utf-16"), "encoding", 0, ""),
        (f"{HEADER}\n1;1-2-2019;".encode() + b"\x81\x8d\n", "encoding", 0, ""),
        (b"Jansen;1990\nBakker;1980\n", "headers", 1, ""),
        (f"{HEADER}\n1;1-2-2019;x\n".replace(";", "#").encode(), "headers", 1, ""),
        (b";;;\n1;2;3\n", "headers", 1, ""),
        (f"{HEADER};geheim\n".encode(), "unknown-column", 1, "D"),
        (b"eigen_kenmerk;;meldingsdatum\n", "unknown-column", 1, "B"),
        (b"achternaam;naam;telefoon;straat\n", "wrong-template", 1, ""),
        (f"{HEADER};achternaam\n".encode(), "column-twice", 1, "achternaam"),
        (b"achternaam;voornamen\nx;y\n", "missing-column", 1, "meldingsdatum"),
        (f'{HEADER}\n1;"1-2"-2019;x\n'.encode(), "quotes", 2, ""),
        (f'{HEADER}\r\n1;1-2-2019;"Jan'.encode(), "cut-off", 2, ""),
        (f"{HEADER}\n1;1-2-2019;{'x' * 40_000}\n".encode(), "cell-too-long", 2, ""),
        ((";".join(["achternaam"] * 300)).encode(), "headers", 1, ""),
        (f"{HEADER}\n1;1-2-2019;x{';' * frames.LONGEST_LINE}\n".encode(), "too-large", 2, ""),
        (f"{HEADER}{';' * frames.LONGEST_LINE}\n1;1-2-2019;x\n".encode(), "too-large", 1, ""),
    ],
)
def test_unreadable_file_is_refused_with_its_rule_and_place(content, code, row, place):
    error = refused(content)
    assert (error.code, error.row, error.place) == (code, row, place)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(parsing, "TEMPLATE", replace(parsing.TEMPLATE, most_rows=2))
    assert len(rows(f"{HEADER}\n1;1-2-2019;x\n2;1-2-2019;x\n".encode())) == 2
    assert refusal(f"{HEADER}\n1;1-2-2019;x\n2;1-2-2019;x\n3;1-2-2019;x\n".encode()) == "too-many-rows"


def test_too_many_empty_lines_are_refused_before_all_are_read(monkeypatch):
    monkeypatch.setattr(parsing, "TEMPLATE", replace(parsing.TEMPLATE, most_lines=4))
    assert rows(f"{HEADER}\n1;1-2-2019;x\n\n;;\n".encode())
    assert refusal(f"{HEADER}\n1;1-2-2019;x\n\n;;\n\n".encode()) == "too-many-rows"


def test_too_large_upload_is_refused(monkeypatch):
    monkeypatch.setattr(parsing, "TEMPLATE", replace(parsing.TEMPLATE, largest_file=10))
    assert refusal(b"x" * 11) == "too-large"


def test_neither_row_nor_refusal_shows_anything_of_the_file():
    assert "Zwaluw" not in repr(read(f"{HEADER}\n1;1-2-2019;Zwaluwenburg\n".encode()))
    error = refused(b"Zwaluwenburg;1990\n")
    assert "Zwaluw" not in str(error) + repr(error.__cause__) + repr(error.__context__)
