"""The template offers what the columns take, and what is filled in reads back; the report shows rules and own rows only."""

import io
import tempfile
from dataclasses import replace

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as some

from intake.batches import columns, guide, parsing, template_sheets, workbooks
from intake.batches.columns import COLUMNS
from intake.batches.parsing import Row
from intake.codes.lists import MISSING_REASONS
from intake.errors import UnreadableFileError
from intake.notifications.inputs import NotificationInput, Problem
from safeguards.spreadsheets import neutral

CLOSED = [column for column in COLUMNS if column.values]


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(workbooks.template()))


def rules(sheet):
    """The validation of each column's second row, by column letter."""
    return {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation if "2:" in str(rule.sqref)}


def rule_of(book, column):
    place = COLUMNS.index(column)
    return rules(book[parsing.TEMPLATE.sheet])[openpyxl.utils.get_column_letter(place + 1)]


def filled(book_bytes, **cells):
    """The template with one row, as a person would save it."""
    found = openpyxl.load_workbook(io.BytesIO(book_bytes))
    sheet = found[parsing.TEMPLATE.sheet]
    for header, cell in cells.items():
        sheet.cell(2, [column.header for column in COLUMNS].index(header) + 1, cell)
    content = io.BytesIO()
    found.save(content)
    return content.getvalue()


def test_headers_are_the_columns_and_stay_in_sight(book):
    sheet = book[parsing.TEMPLATE.sheet]
    assert [cell.value for cell in sheet[1]] == [column.header for column in COLUMNS]
    assert sheet.freeze_panes == "B2"
    assert [found.title for found in book if found.sheet_state == "visible"] == ["Meldingen", "Lijsten", "Uitleg"]


def test_required_columns_are_marked_in_colour_and_in_words(book):
    sheet = book[parsing.TEMPLATE.sheet]
    coloured = {cell.value for cell in sheet[1] if cell.fill.fgColor.rgb == "FFF3E3B3"}
    said = {row[0] for row in book["Uitleg"].iter_rows(min_row=2, values_only=True) if row[2] == "ja"}
    hints = [rule for rule in sheet.data_validations.dataValidation if rule.prompt.endswith("Verplicht.")]
    hinted = {sheet[str(rule.sqref).split(":")[0].rstrip("0123456789") + "1"].value for rule in hints}
    assert coloured == said == hinted == {column.header for column in COLUMNS if column.required}


@pytest.mark.parametrize("column", CLOSED, ids=lambda column: column.header)
def test_each_label_on_offer_reads_back_as_its_code(column):
    with translation.override("nl"):
        for language in ("nl", "en"):
            for choice in guide.choices(column, language):
                if column.missable and choice.code in MISSING_REASONS.codes:
                    assert columns.cells.missing(choice.label) == choice.code
                else:
                    assert column.read(choice.label) == column.read(choice.code)
                    assert column.read(choice.label)


@pytest.mark.parametrize("column", [column for column in CLOSED if not guide.several(column)], ids=lambda column: column.header)
def test_drop_down_offers_the_whole_list(book, column):
    rule = rule_of(book, column)
    assert rule.type == "list"
    sheet, area = rule.formula1.replace("$", "").split("!")
    first, _, last = area.partition(":")
    offered = [row[0].value for row in book[sheet.lstrip("=")][f"{first}:{last or first}"]]
    assert offered == [choice.label for choice in guide.choices(column, "nl")]


def test_column_of_several_values_names_the_list_instead(book):
    several = [column for column in CLOSED if guide.several(column)]
    assert several
    for column in several:
        rule = rule_of(book, column)
        assert rule.type in (None, "none")
        assert template_sheets.LISTS in rule.prompt


def test_only_whole_dates_are_dates_and_all_else_is_text(book):
    sheet = book[parsing.TEMPLATE.sheet]
    for column in COLUMNS:
        letter = openpyxl.utils.get_column_letter(COLUMNS.index(column) + 1)
        day = column.header in ("meldingsdatum", "datum_toestemming", "gevraagd_op")
        assert sheet.column_dimensions[_first(sheet, letter)].number_format == ("dd-mm-yyyy" if day else "@")
        assert (rule_of(book, column).type == "date") is day


def _first(sheet, letter):
    """Neighbouring columns of one format are kept under the first of them."""
    place = openpyxl.utils.column_index_from_string(letter)
    return next(name for name, found in sheet.column_dimensions.items() if found.min <= place <= found.max)


def test_guide_explains_every_column_in_both_languages(book):
    explained = {row[0]: row for row in book["Uitleg"].iter_rows(min_row=2, values_only=True)}
    assert list(explained) == [column.header for column in COLUMNS]
    for _, meaning, required, allowed, _, meaning_en, required_en, allowed_en in explained.values():
        assert all((meaning, required, allowed, meaning_en, required_en, allowed_en))
        assert allowed != allowed_en


def test_examples_of_the_guide_can_be_read():
    for column in COLUMNS:
        if example := guide.example(column):
            assert column.read(example) is not None


def test_template_is_the_same_bytes_each_time_and_touches_no_disk(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with translation.override("en"):
        first = workbooks.template()
    with translation.override("nl"):
        assert workbooks.template() == first


def test_filled_in_template_reads_back():
    sent = filled(workbooks.template(), meldingsdatum="01-03-2019", geslacht="vrouw", eigen_kenmerk="00123")
    understood = []
    (row,) = parsing.rows_of([sent], understood=understood.append)
    assert {header: cell for header, cell in row.cells.items() if cell} == {
        "eigen_kenmerk": "00123",
        "meldingsdatum": "01-03-2019",
        "geslacht": "vrouw",
    }
    assert understood[0].version == parsing.TEMPLATE.version
    assert isinstance(columns.read_row(row.cells), NotificationInput)


def test_template_of_another_version_is_named_as_such(monkeypatch):
    sent = filled(workbooks.template(), meldingsdatum="01-03-2019")
    monkeypatch.setattr(parsing, "TEMPLATE", replace(parsing.TEMPLATE, version="2"))
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of([sent]))
    assert refused.value.code == "other-version"


def report(problems, rows):
    with translation.override("nl"):
        return workbooks.error_report(problems, rows)


def sheets(content):
    found = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in found}


ROWS = [Row(2, {"eigen_kenmerk": "=1+1", "achternaam": "Zwaluw"}), Row(3, {"eigen_kenmerk": "3", "achternaam": ""})]
FOUND = [Problem("geslacht", "unknown-code", 2), Problem("", "cut-off", 2)]


def test_report_names_row_column_code_and_rule_and_no_value():
    listed = sheets(report(FOUND, ROWS))["Fouten"]
    assert listed == [
        ("regel", "kolom", "code", "wat er fout is"),
        (2, "geslacht", "unknown-code", "geslacht: kies uit de lijst."),
        (2, "", "cut-off", "Het bestand houdt midden in deze regel op; waarschijnlijk is het afgebroken."),
    ]


def test_report_shows_the_own_rows_with_what_is_wrong_beside_them():
    first, second, third = sheets(report(FOUND, ROWS))[parsing.TEMPLATE.sheet]
    assert first == ("regel", "fouten", "eigen_kenmerk", "achternaam")
    assert second[0] == 2
    assert "kies uit de lijst" in second[1]
    assert third == (3, None, "3", None)


def test_nothing_in_a_report_is_a_formula():
    content = report([Problem("=x", "unknown-member", 2)], ROWS)
    found = openpyxl.load_workbook(io.BytesIO(content))
    assert {cell.data_type for sheet in found for row in sheet.iter_rows() for cell in row if cell.value} == {"s", "n"}
    assert sheets(content)[parsing.TEMPLATE.sheet][1][2] == "'=1+1"


def test_mended_report_can_be_sent_as_it_is():
    content = report(FOUND, ROWS)
    table = replace(parsing.TEMPLATE, required=[])
    assert [columns.cells.plain(row.cells["eigen_kenmerk"]) for row in parsing.rows_of([content], template=table)] == [
        "=1+1",
        "3",
    ]
    assert all(set(row.cells) <= {"eigen_kenmerk", "achternaam"} for row in parsing.rows_of([content], template=table))


def test_report_on_a_file_of_json_lists_problems_only():
    assert list(sheets(report(FOUND, [Row(2, document={"a": 1})]))) == ["Fouten"]


def test_report_of_a_long_file_holds_its_faulty_rows_and_no_more_than_so_many(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_REPORTED_ROWS", 3)
    monkeypatch.setattr(workbooks, "MOST_PROBLEMS", 5)
    rows = [Row(number, {"eigen_kenmerk": str(number)}) for number in range(2, 20)]
    problems = [Problem("geslacht", "unknown-code", number) for number in range(3, 20, 2)]
    found = sheets(report(problems, iter(rows)))
    assert [row[0] for row in found["Fouten"][1:]] == [3, 5, 7, 9, 11]
    assert [row[0] for row in found[parsing.TEMPLATE.sheet][1:]] == [3, 5, 7]


def test_report_of_much_text_holds_the_faulty_rows_that_have_room():
    long = "x" * 30_000
    rows = [Row(number, {"eigen_kenmerk": long, "achternaam": long}) for number in range(2, 202)]
    problems = [Problem("geslacht", "unknown-code", number) for number in range(3, 202)]
    found = sheets(report(problems, [*rows, Row(202, {"eigen_kenmerk": "short"})]))
    assert len(found["Fouten"]) == 1 + len(problems)
    assert [row[0] for row in found[parsing.TEMPLATE.sheet][1:]] == list(range(3, 3 + workbooks.MOST_REPORTED_TEXT // 60_000))


def test_report_touches_no_disk(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert report(FOUND, ROWS)


@settings(max_examples=15, deadline=None)
@given(some.text(some.characters(codec=None), max_size=30).filter(str.strip))
def test_any_cell_can_be_shown_and_sent_again(cell):
    content = report([], [Row(2, {"achternaam": cell})])
    (row,) = parsing.rows_of([content], template=replace(parsing.TEMPLATE, required=[]))
    shown = neutral(cell).encode(errors="replace").decode()
    assert row.cells == {"achternaam": shown}
