"""A file of aggregates is taken whole or not at all; every error names line, column and rule, and never what stands there."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.codes.lists import FORMS
from intake.tables import Line
from reports.aggregates import codes, sentences, storage, writing
from reports.aggregates.checking import Problem, checked
from reports.aggregates.columns import COLUMNS
from reports.aggregates.contents import Contents
from reports.aggregates.errors import RefusedDeliveryError
from reports.aggregates.services import read
from reports.aggregates.writing import Part
from tests.aggregates import FACTSHEET, GOOD, file, published

NOTE = {"soort": "voetnoot", "nummer": "1", "tekst_nl": "Noot", "tekst_en": "Note"}


def problems(*rows: dict[str, str], source: str = "politie") -> list[tuple[int, str, str]]:
    found = checked(source, [Line(place, row, ()) for place, row in enumerate(rows, start=2)], this_year=2026)
    return [] if isinstance(found, Contents) else [(one.line, one.column, one.code) for one in found]


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({"soort": ""}, "soort", "required"),
        ({"soort": "totaal"}, "soort", "unknown-code"),
        ({"fase": ""}, "fase", "required"),
        ({"fase": "aangevraagd"}, "fase", "unknown-code"),
        ({"vorm": "bl-su"}, "vorm", "unknown-code"),
        ({"van": ""}, "van", "required"),
        ({"van": "18"}, "van", "wrong-year"),
        ({"van": "1989"}, "van", "wrong-year"),
        ({"van": "٢٠١٨"}, "van", "wrong-year"),
        ({"van": "2027"}, "van", "future-year"),
        ({"tot": "2017"}, "tot", "before-begin-year"),
        ({"tot": "2030"}, "tot", "future-year"),
        ({"maat": "som"}, "maat", "unknown-code"),
        ({"teleenheid": "aanvragen"}, "teleenheid", "unknown-code"),
        ({"aanduiding": "circa"}, "aanduiding", "unknown-code"),
        ({"aanduiding": "onbekend"}, "waarde", "number-of-unknown"),
        ({"waarde": ""}, "waarde", "required"),
        ({"waarde": "3.420"}, "waarde", "wrong-number"),
        ({"waarde": "-3"}, "waarde", "wrong-number"),
        ({"waarde": "1e3"}, "waarde", "wrong-number"),
        ({"waarde": "=1+1"}, "waarde", "wrong-number"),
        ({"waarde_tot": "150"}, "waarde_tot", "range-reversed"),
        ({"maat": "doorstroom"}, "waarde", "over-hundred"),
        ({"maat": "aandeel", "waarde": "40"}, "vorm", "share-without-form"),
        ({"fase": "prevalentie"}, "waarde", "prevalence-is-never-estimated"),
        ({"breuk": "misschien"}, "breuk", "not-yes-or-no"),
        ({"voetnoten": "a"}, "voetnoten", "wrong-footnote"),
        ({"voetnoten": "1"}, "voetnoten", "unknown-footnote"),
        ({"vindplaats": ""}, "vindplaats", "required"),
        ({"vindplaats": "x" * 201}, "vindplaats", "too-long"),
        ({"vindplaats": "tabel\u202e1"}, "vindplaats", "forbidden-character"),
        ({"tekst_nl": "Noot"}, "tekst_nl", "other-kind-of-row"),
    ],
)
def test_error_names_line_column_and_rule(changed: dict[str, str], column: str, code: str) -> None:
    row = {name: cell for name, cell in (GOOD | changed).items() if cell}
    assert (3, column, code) in problems(GOOD | {"van": "2019"}, row)


def test_good_file_has_no_problem() -> None:
    assert problems(GOOD, GOOD | {"van": "2019", "voetnoten": "1"}, NOTE) == []


def test_all_errors_of_a_row_are_told_at_once() -> None:
    assert problems(GOOD | {"van": "x", "waarde": "y"}) == [(2, "van", "wrong-year"), (2, "waarde", "wrong-number")]


def test_the_same_value_twice_is_an_error_of_the_later_row() -> None:
    assert problems(GOOD, GOOD | {"waarde": "151"}) == [(3, "", "cell-twice")]


def test_footnote_twice_and_note_without_text_are_errors() -> None:
    assert problems(GOOD, NOTE, NOTE) == [(4, "nummer", "footnote-twice")]
    assert problems(GOOD, {"soort": "kanttekening", "tekst_nl": "Let op"}) == [(3, "tekst_en", "required")]


def test_notes_alone_are_no_delivery() -> None:
    assert problems(NOTE) == [(0, "", "no-values")]


def test_source_that_divides_nothing_by_form_takes_no_form() -> None:
    assert problems(GOOD | {"vorm": "seksueel"}, source="om") == [(2, "vorm", "source-without-forms")]
    assert problems(GOOD | {"vorm": "seksueel"}, source="politie") == []


def test_residence_chapter_has_its_own_phases_and_units_and_no_others() -> None:
    asked = GOOD | {"fase": "aangevraagd", "teleenheid": "aanvragen"}
    assert problems(asked, source="ind") == []
    assert problems(GOOD, source="ind") == [(2, "fase", "unknown-code"), (2, "teleenheid", "unknown-code")]


def test_no_list_of_forms_shares_a_code_with_the_forms_of_victims() -> None:
    own = [code for known in codes.FORMS.values() for code in known.codes]
    assert len(own) == len(set(own)) == 7
    assert not set(own) & set(FORMS.codes)


def test_every_rule_is_a_sentence_without_what_stands_in_the_cell() -> None:
    known = {code for _line, _column, code in problems(GOOD | {"van": "geheim", "waarde": "geheim", "vorm": "geheim"})}
    for code in known | set(sentences.RULES):
        assert "geheim" not in sentences.sentence(Problem(2, "van", code))


@pytest.mark.parametrize("delimiter", ";,\t")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_file_is_read_as_every_upload_is(delimiter: str, encoding: str) -> None:
    found = read("politie", file(GOOD | {"vindplaats": "bijlage é"}, delimiter=delimiter, encoding=encoding))
    assert (found.values[0].place, found.values[0].low) == ("bijlage é", 150)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "is-pdf"),
        (b'[{"soort": "waarde"}]', "not-text"),
        (b"soort;fase\nwaarde", "cut-off"),
        (b"fase;van\nopsporing;2018\n", "missing-column"),
        (b"soort;naam\nwaarde;x\n", "unknown-column"),
        (b"soort;" + b"x" * 600_000, "too-large"),
    ],
)
def test_what_is_no_such_table_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(RefusedDeliveryError) as refused:
        read("politie", content)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert sentences.sentence(refused.value.problems[0])


def part(contents: Contents, source: str = FACTSHEET) -> Part:
    return Part(source, "", None, contents)


def test_download_is_what_an_upload_takes_and_says_the_same() -> None:
    found = read(FACTSHEET, published(FACTSHEET))
    assert read(FACTSHEET, writing.as_csv([part(found)], columns=COLUMNS)) == found


def test_workbook_has_the_same_bytes_twice_and_no_formula() -> None:
    found = read("politie", file(GOOD | {"vindplaats": "=1+1"}))
    once, again = (writing.as_workbook([part(found, "politie")], "nl") for _ in range(2))
    assert once == again
    assert b"'=1+1" in writing.as_csv([part(found, "politie")])


@given(st.randoms())
def test_digest_knows_the_same_contents_in_any_order(chance: random.Random) -> None:
    found = read_once()
    values, notes = list(found.values), list(found.notes)
    chance.shuffle(values)
    chance.shuffle(notes)
    assert storage.digest(FACTSHEET, Contents(tuple(values), tuple(notes))) == storage.digest(FACTSHEET, found)
    assert storage.digest(FACTSHEET, Contents(tuple(values[1:]), tuple(notes))) != storage.digest(FACTSHEET, found)


_READ: list[Contents] = []


def read_once() -> Contents:
    if not _READ:
        _READ.append(read(FACTSHEET, published(FACTSHEET)))
    return _READ[0]
