"""A workbook gives the texts that people saw in it; what cannot be trusted in it is named by row, column and rule."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from intake.batches import parsing
from intake.batches.child import workbook
from intake.errors import UnreadableFileError
from intake.notifications.inputs import Problem
from tests import workbooks
from tests.workbooks import MAIN, STRICT, cells, header, inline, of_sheet, parts, written, zipped

HEADERS = ("eigen_kenmerk", "meldingsdatum", "achternaam")
HEADER = header(*HEADERS)


def read(content):
    return list(parsing.rows_of([content]))


def rows(content):
    return [(row.number, tuple(row.cells.get(header, "") for header in HEADERS)) for row in read(content)]


def cell(value, number_format=None):
    """What becomes of a value in the third column."""
    formats = {(1, 2): number_format} if number_format else None
    ((_, found),) = rows(written([HEADERS, ("1", "1-2-2019", value)], formats=formats))
    return found[2]


def problems(content):
    return [(row.number, row.problems) for row in read(content) if row.problems]


def refusal(content):
    with pytest.raises(UnreadableFileError) as refused:
        read(content)
    return refused.value.code


def one(xml):
    """A workbook of which row 2 is this XML."""
    return of_sheet(cells(HEADER, f'<row r="2">{xml}</row>'))


def test_rows_are_numbered_as_in_the_spreadsheet_and_empty_ones_are_none():
    content = written([HEADERS, ("1", "1-2-2019", "Jansen"), (), ("", " ", ""), ("2", "3-4-2019", "Çelik 😀")])
    assert rows(content) == [(2, ("1", "1-2-2019", "Jansen")), (5, ("2", "3-4-2019", "Çelik 😀"))]


def test_what_was_understood_is_told():
    found = []
    list(parsing.rows_of([written([HEADERS])], understood=found.append))
    assert (found[0].format, list(found[0].headers)) == ("xlsx", list(HEADERS))


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("00123", None, "00123"),
        (123, None, "123"),
        (123.0, None, "123"),
        (1.5, None, "1.5"),
        (-7, None, "-7"),
        (123456789012345, None, "123456789012345"),
        (True, None, "ja"),
        (False, None, "nee"),
        (date(2024, 2, 29), "dd-mm-yyyy", "29-02-2024"),
        (date(2024, 2, 29), "d mmmm yyyy", "29-02-2024"),
        (datetime.fromisoformat("2024-02-29T13:05"), "dd-mm-yyyy hh:mm", "29-02-2024"),
        (date(1990, 12, 1), "mmm-yy", "12-1990"),
        (date(1990, 12, 1), "mm\\-yyyy", "12-1990"),
        (date(1990, 6, 1), "yyyy", "1990"),
        (1990, "0", "1990"),
        (5, '0 "dagen"', "5"),
        (5, "[Red]0", "5"),
        (1, "dd-mm-yyyy", "01-01-1900"),
        (59, "dd-mm-yyyy", "28-02-1900"),
        (61, "dd-mm-yyyy", "01-03-1900"),
        ("=1+1", None, "=1+1"),
        ("a\rb\x01_x0041_", None, "a\rb\x01_x0041_"),
    ],
)
def test_value_becomes_the_text_that_people_saw(value, number_format, text):
    assert cell(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format"), [(60, "dd-mm-yyyy"), (-1, "dd-mm-yyyy"), (3e6, "dd-mm-yyyy"), (0.5, "hh:mm")]
)
def test_day_that_is_none_is_a_problem_and_not_nothing(value, number_format):
    content = written([HEADERS, ("1", "1-2-2019", value)], formats={(1, 2): number_format})
    assert problems(content) == [(2, (Problem("achternaam", "error-cell"),))]


def with_format(code):
    formats = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    styles = f'<styleSheet xmlns="{MAIN}">{formats}<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    return zipped(parts(cells(HEADER, '<row r="2"><c r="C2" s="0"><v>32874</v></c></row>'), styles=styles))


def test_number_format_is_as_long_as_programs_make_it():
    long = "dd-mm-yyyy" + "-" * (workbook.LONGEST_CODE - 10)
    assert rows(with_format(long)) == [(2, ("", "", "01-01-1990"))]
    assert refusal(with_format(long + "-")) == "broken-workbook"


def test_bracket_of_a_number_format_that_is_not_closed_reaches_to_its_end():
    assert rows(with_format("[dd-mm-yyyy")) == [(2, ("", "", "32874"))]
    assert rows(with_format("[$-413]dd-mm-yyyy")) == [(2, ("", "", "01-01-1990"))]


def test_date_of_a_workbook_that_counts_from_1904():
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf numFmtId="14"/></cellXfs></styleSheet>'
    found = parts(cells(HEADER, '<row r="2"><c r="C2" s="0"><v>1</v></c></row>'), styles=styles)
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert rows(zipped(found)) == [(2, ("", "", "02-01-1904"))]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="C2" t="d"><v>2024-02-29</v></c>', "29-02-2024"),
        ('<c r="C2" t="d"><v>2024-02-29T10:00:00</v></c>', "29-02-2024"),
        ('<c r="C2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="C2" t="str"><f>A1</f><v>tekst</v></c>', "tekst"),
        ('<c r="C2" t="inlineStr"><is><r><t>Jan</t></r><r><t>sen</t></r></is></c>', "Jansen"),
        ('<c r="C2" t="inlineStr"><is><t>Jan</t><rPh sb="0" eb="1"><t>yan</t></rPh></is></c>', "Jan"),
        ('<c r="C2" t="inlineStr"><is><t>a &amp; &#x65E5;<![CDATA[<b>]]></t></is></c>', "a & 日<b>"),
        ("<c/><c/><c><v>7</v></c>", "7"),
        ('<c r="C2"><v>1.2E+3</v></c>', "1200"),
    ],
)
def test_cell_as_other_programs_write_it(xml, text):
    assert rows(one(xml)) == [(2, ("", "", text))]


def test_shared_texts_are_joined_from_their_runs():
    items = "<si><r><t>Jan</t></r><r><t>sen</t></r><rPh><t>x</t></rPh></si><si><t>_x000D_é</t></si><si/>"
    sheet = cells(
        HEADER, '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v>0</v></c></row>'
    )
    assert rows(zipped(parts(sheet, shared=f'<sst xmlns="{MAIN}">{items}</sst>'))) == [(2, ("\ré", "", "Jansen"))]


@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_sheet_may_use_a_prefix_and_either_namespace(space):
    sheet = cells(HEADER, f'<row r="2">{inline("C2", "Jansen")}</row>', space=space)
    prefixed = sheet.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert rows(of_sheet(sheet)) == rows(of_sheet(prefixed)) == [(2, ("", "", "Jansen"))]


def test_sheet_of_the_template_goes_before_the_first_one_that_is_seen():
    found = parts(cells(HEADER, f'<row r="2">{inline("C2", "goed")}</row>'), **{"xl/worksheets/sheet2.xml": cells("<row/>")})
    other = '<Relationship Id="o" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>'
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace("</Relationships>", other)
    book = found["xl/workbook.xml"]
    hidden = book.replace("<sheets>", '<sheets><sheet name="x" sheetId="2" state="hidden" r:id="o"/>')
    named = book.replace("<sheets>", '<sheets><sheet name="x" sheetId="2" r:id="o"/>').replace("Blad1", parsing.TEMPLATE.sheet)
    for changed in (hidden, named):
        assert rows(zipped(found | {"xl/workbook.xml": changed})) == [(2, ("", "", "goed"))]


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        ('<c r="C2" t="e"><v>#N/A</v></c>', [Problem("achternaam", "error-cell")]),
        ('<c r="C2"><f>1/0</f></c>', [Problem("achternaam", "formula-without-value")]),
        ('<c r="C2"><v>geen getal</v></c>', [Problem("achternaam", "error-cell")]),
        ('<c r="C2"><v>nan</v></c>', [Problem("achternaam", "error-cell")]),
        ('<c r="C2"><v>1e999</v></c>', [Problem("achternaam", "error-cell")]),
        ('<c r="C2" t="x"><v>1</v></c>', [Problem("achternaam", "error-cell")]),
        ('<c r="D2"><v>1</v></c>', [Problem("", "too-many-cells")]),
        ('<c r="XFD2"><v>1</v></c>', [Problem("", "too-many-cells")]),
        ('<c r="é2"><v>1</v></c>', [Problem("", "too-many-cells")]),
    ],
)
def test_cell_that_cannot_be_trusted_is_a_problem_of_its_row(xml, found):
    assert problems(one(xml)) == [(2, tuple(found))]


def test_error_beside_good_cells_keeps_the_good_ones():
    (row,) = read(one(inline("A2", "7") + '<c r="C2" t="e"><v>#REF!</v></c>'))
    assert (row.cells["eigen_kenmerk"], row.problems) == ("7", (Problem("achternaam", "error-cell"),))


def test_same_rows_by_csv_and_workbook_are_the_same():
    table = [HEADERS, ("1", "1-2-2019", "Jansen"), ("2", "", "x y")]
    as_csv = "\r\n".join(";".join(row) for row in table).encode()
    assert read(as_csv) == read(written(table))


TEXT = some.text(some.characters(blacklist_categories=["Cs"], max_codepoint=0x1FFFF), max_size=20).filter(
    lambda text: text == text.strip()
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.tuples(TEXT, TEXT, TEXT).filter(any), min_size=1, max_size=20))
def test_any_rows_come_back(table):
    assert [found for _, found in rows(written([HEADERS, *[["'" + text for text in row] for row in table]]))] == [
        tuple("'" + text for text in row) for row in table
    ]


@pytest.mark.parametrize("sheet", ["", "<worksheet>", cells(HEADER)[:-20], cells(HEADER) + "x"])
def test_sheet_that_is_no_xml_is_refused(sheet):
    assert refusal(of_sheet(sheet)) in {"broken-workbook", "headers"}


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="2"><c r="A2" t="s"><v>9</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" s="-1"><v>1</v></c></row>',
        '<row r="1"/>',
        '<row r="-1"/>',
        '<row r="1_0"/>',
        f'<row r="{"9" * 5000}"/>',
        '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>1</v></c></row>',
    ],
)
def test_sheet_that_contradicts_itself_is_refused(xml):
    assert refusal(of_sheet(cells(HEADER, xml))) == "broken-workbook"


def test_row_beyond_what_a_sheet_can_have_is_refused():
    assert refusal(of_sheet(cells(HEADER, '<row r="1048577"/>'))) == "too-many-rows"


def test_cell_longer_than_a_cell_can_be_is_refused():
    assert refusal(one(inline("A2", "x" * 40_000))) == "cell-too-long"


def test_workbook_without_a_sheet_is_refused():
    found = parts(cells(HEADER))
    found["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"/>'
    assert refusal(zipped(found)) == "broken-workbook"
    assert refusal(zipped({name: part for name, part in parts("").items() if name != workbooks.SHEET})) in {
        "headers",
        "broken-workbook",
    }
