"""A report written into the template reads back as it was; a cell that cannot be read is named by its column and rule."""

import csv
import io
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accounts.reporters import ReporterGroup, Source
from intake.batches import cells, columns
from intake.batches.columns import BY_FIELD, COLUMNS
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.notifications import rules
from intake.notifications.inputs import ConsentAnswer, Identity, PartialDate, Problem
from intake.notifications.policies import Reporter
from safeguards.spreadsheets import neutral
from tests import made_reports, reported


def read_back(content):
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=columns.DELIMITER)
    return [columns.read_row(row) for row in rows]


@given(some.lists(made_reports.reports(), min_size=1, max_size=3))
def test_reports_come_back_as_they_were(reports):
    assert read_back(columns.write_csv(reports)) == reports


@given(made_reports.reports())
def test_row_comes_back_as_it_was(report):
    assert columns.read_row(dict(zip(columns.BY_HEADER, columns.write_row(report), strict=True))) == report


def test_every_question_and_answer_has_a_column():
    questions = {column.field for column in COLUMNS if column.part == "further"}
    assert questions == set(lists.FURTHER_QUESTIONS)
    consent = {column.field for column in COLUMNS if column.part == "consent"}
    assert consent == set(ConsentAnswer.__dataclass_fields__)
    identity = {column.field for column in COLUMNS if column.part == "identity"}
    assert identity == set(Identity.__dataclass_fields__)
    known = {column.field for column in COLUMNS if column.part == "characteristics"}
    assert known == set(Characteristics.__dataclass_fields__) - {"further", "phases", "missing"}
    assert {column.field for column in COLUMNS if column.part == "phases"} == set(lists.PHASE_FIELDS)
    assert len(BY_FIELD) == len(COLUMNS)


def row(**filled):
    return columns.read_row({"meldingsdatum": "14-03-2019"} | filled)


@pytest.mark.parametrize("text", ["14-3-2019", "14-03-2019", "14/03/2019", "14.3.2019", "2019-03-14", " 14-3-2019 "])
def test_dates_are_read_as_people_write_them(text):
    assert row(meldingsdatum=text).date == reported.DAY


@pytest.mark.parametrize("text", ["morgen", "31-02-2019", "14-03-19", "03-2019", "43538", "2019-03-14T00:00"])
def test_date_that_is_none_is_named(text):
    assert row(meldingsdatum=text) == (Problem("date", "wrong-date"),)


def test_report_without_a_date_is_named():
    assert row(meldingsdatum="") == (Problem("date", "required"),)


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1990", PartialDate(1990)),
        ("7-1990", PartialDate(1990, 7)),
        ("1-7-1990", PartialDate(1990, 7, 1)),
        ("1990-07", PartialDate(1990, 7)),
        ("00-00-1990", PartialDate(1990)),
        ("00-07-1990", PartialDate(1990, 7)),
        ("1990-00-00", PartialDate(1990)),
        ("31-02-1990", PartialDate(1990, 2, 31)),
        ("1990-02-31", PartialDate(1990, 2, 31)),
        ("", PartialDate()),
    ],
)
def test_birth_dates_may_be_partial(text, birth):
    assert row(geboortedatum=text).identity.birth == birth


@pytest.mark.parametrize("text", ["SL", "sl", "Sierra Leone", "sierra leone"])
def test_codes_and_their_names_are_read(text):
    assert row(nationaliteiten=text).characteristics.nationalities == ("SL",)


def test_names_in_either_language_are_read():
    assert row(geslacht="vrouw").characteristics.sex == row(geslacht="Female").characteristics.sex == "female"


@pytest.mark.parametrize(
    "text", ["sexual|labour", "sexual, labour", "seksuele uitbuiting | arbeidsuitbuiting", "labour;sexual"]
)
def test_several_codes_stand_in_one_cell(text):
    assert row(uitbuitingsvormen=text).characteristics.exploitation_types == ("labour", "sexual")


def test_name_of_a_code_with_a_comma_in_it_is_one_code():
    assert row(arbeidssectoren="landbouw, bosbouw en visserij").characteristics.labour_sectors == (
        "agriculture-forestry-fishing",
    )


def test_unknown_code_is_named_and_all_problems_of_a_row_at_once():
    assert row(geslacht="x", nationaliteiten="NL|x", geboortedatum="x") == (
        Problem("sex", "unknown-code"),
        Problem("nationalities", "unknown-code"),
        Problem("birth", "wrong-date"),
    )


def test_nought_that_excel_dropped_from_a_bsn_is_put_back():
    assert row(bsn="12345672").identity.bsn == "012345672"


@pytest.mark.parametrize(("text", "estimated"), [("ja", True), ("Ja", True), ("nee", False), ("", False), ("1", True)])
def test_yes_and_no_are_read(text, estimated):
    assert row(geboortedatum="1990", geboortedatum_geschat=text).identity.birth.estimated is estimated


def test_answers_about_consent_are_read_by_code_and_name():
    assert row(toestemming="Refused").consent.answer == "refused"
    assert row(toestemming="misschien") == (Problem("answer", "unknown-code"),)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_no_written_cell_starts_a_formula(start):
    report = reported.report(identity=reported.person(family_name=f"{start}HYPERLINK", given_names=(f"{start}x",)))
    text = columns.write_csv([report]).decode("utf-8-sig")
    for cell in next(csv.reader(io.StringIO(text.split("\r\n", 1)[1]), delimiter=";")):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "＝"))


def test_apostrophe_of_a_name_stays():
    assert cells.plain("'t Hart") == neutral("'t Hart") == "'t Hart"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("onbekend", "unknown"), ("Niet gevraagd", "not-asked"), ("geweigerd", "refused"), ("not-asked", "not-asked")],
)
@pytest.mark.parametrize(
    "header", ["geslacht", "nationaliteiten", "geboortedatum", "achternaam", "bsn", "fase_aangifte", "hulp"]
)
def test_cell_may_say_why_there_is_no_answer(header, text, reason):
    assert row(**{header: text}).characteristics == Characteristics(missing=((columns.BY_HEADER[header].field, reason),))


@pytest.mark.parametrize("header", ["eigen_kenmerk", "toelichting"])
def test_text_that_cannot_be_missing_stays_a_text(header):
    found = row(**{header: "onbekend"})
    assert found.characteristics.missing == ()
    assert "onbekend" in (found.identity.own_reference, found.identity.narrative)


def test_unknown_beside_other_codes_adds_nothing():
    assert row(nationaliteiten="RO|onbekend").characteristics == Characteristics(nationalities=("RO",))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ja", ""),
        ("14-3-2019", "2019-03-14"),
        ("3-2019", "2019-03"),
        ("2019-03", "2019-03"),
        ("2019", "2019"),
    ],
)
def test_step_has_a_day_as_far_as_it_is_known(text, days):
    assert row(fase_hulp_begonnen=text).characteristics.phases == (("help-started", days),)


@pytest.mark.parametrize("text", ["", "nee", "0"])
def test_step_that_was_not_taken_is_not_there(text):
    assert row(fase_hulp_begonnen=text).characteristics.phases == ()


@pytest.mark.parametrize("text", ["morgen", "binnenkort!", "14-03-19"])
def test_step_on_no_day_is_named(text):
    assert row(fase_hulp_begonnen=text) == (Problem("phase-help-started", "wrong-date"),)


@pytest.mark.parametrize("text", ["31-02-2018", "2018-02-31", "31/2/2018", "13-2018", "2018-13"])
def test_day_that_does_not_exist_is_refused_however_it_is_written(text):
    police = Reporter(UUID(int=1), Source.REPORT, ReporterGroup.POLICE, unit="amsterdam")
    found = rules.judge(row(uitbuiting_van=text, geboortedatum=text, achternaam="Jansen"), police).problems
    assert set(found) == {Problem("exploitation_from", "impossible-date"), Problem("birth", "impossible-date")}


@pytest.mark.parametrize("text", ["15-00-2018", "2018-00-15", "mrt-18", "vorig jaar"])
def test_day_without_a_month_is_none(text):
    assert row(uitbuiting_van=text) == (Problem("exploitation_from", "wrong-date"),)


def test_period_may_be_partial():
    known = row(uitbuiting_van="2018", uitbuiting_tot="1/2019").characteristics
    assert (known.exploitation_from, known.exploitation_to) == ("2018", "2019-01")


def test_values_have_labels_where_they_are_a_closed_list():
    assert ("RO", "Roemenië") in columns.BY_HEADER["nationaliteiten"].labelled("nl")
    assert ("refused", "Nee, de persoon weigert toestemming") in columns.BY_HEADER["toestemming"].labelled("nl")
    assert columns.BY_HEADER["achternaam"].labelled("nl") == ()
    for column in COLUMNS:
        assert tuple(value for value, _ in column.labelled("en")) == column.values


def test_no_code_or_name_of_a_list_reads_as_a_reason_why_it_is_missing():
    for column in COLUMNS:
        if column.missable:
            spellings = {spelling for language in ("nl", "en") for pair in column.labelled(language) for spelling in pair}
            assert not [spelling for spelling in spellings if cells.missing(spelling)]


def test_what_cannot_be_read_is_not_remembered():
    row(geslacht="vrouw")
    before = columns._characteristics.cache_info().currsize, cells.day.cache_info().currsize
    assert row(geslacht="Zwaluwenburg") == (Problem("sex", "unknown-code"),)
    assert row(meldingsdatum="Zwaluwenburg") == (Problem("date", "wrong-date"),)
    assert (columns._characteristics.cache_info().currsize, cells.day.cache_info().currsize) == before


def test_who_the_person_is_is_not_remembered():
    row(achternaam="Zwaluwenburg", geboortedatum="1-2-1990", eigen_kenmerk="z 1", geslacht="vrouw")
    before = columns._characteristics.cache_info().currsize, cells.day.cache_info().currsize
    row(achternaam="Quirijntje", geboortedatum="2-2-1990", eigen_kenmerk="z 2", bsn="123456782", contact="c", geslacht="vrouw")
    assert (columns._characteristics.cache_info().currsize, cells.day.cache_info().currsize) == before
