"""Every closed list is complete, dated and named as the publication names its rows."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from intake.codes import lists

ROOT = Path(__file__).resolve().parents[4]
REGISTER = ROOT / "config/demonstration/data"
FIGURES = json.loads((REGISTER / "figures.json").read_text())["figures"]


def column(file: str, name: str) -> set[str]:
    with (REGISTER / file).open(encoding="utf-8", newline="") as rows:
        return {row[name] for row in csv.DictReader(rows)}


def every_code() -> Iterator[tuple[str, lists.Code]]:
    return ((scheme, code) for scheme, found in lists.CODE_LISTS.items() for code in found.rows.values())


def test_every_csv_file_is_a_list_of_its_own_name() -> None:
    files = {path.stem for path in lists.DATA.glob("*.csv")} - {"region-policy"}
    assert set(lists.CODE_LISTS) == files
    assert all(found.scheme == name for name, found in lists.CODE_LISTS.items())


def test_every_code_has_a_name_in_both_languages_and_no_spaces_around_it() -> None:
    assert [
        (scheme, code.code)
        for scheme, code in every_code()
        if not code.label_nl.strip() or not code.label_en.strip() or code.label_nl != code.label_nl.strip()
    ] == []


def test_labels_are_unique_within_a_list() -> None:
    for found in lists.CODE_LISTS.values():
        assert len({code.label_en for code in found.rows.values()}) == len(found.codes), found.scheme
        assert len({code.label_nl for code in found.rows.values()}) == len(found.codes), found.scheme


@pytest.mark.parametrize(
    ("figure", "codes"),
    [
        ("2.4a", lists.PROSTITUTION_SECTORS),
        ("2.6", lists.CRIMINAL_KINDS),
        ("2.7", lists.FORMS),
        ("2.8", lists.SEXES),
        ("2.9", lists.REGIONS),
        ("2.10", lists.AGE_BANDS),
        ("2.11", lists.REPORTER_GROUPS),
        ("2.12", lists.POLICE_UNITS),
        ("T2.1", lists.COUNTRIES),
    ],
)
def test_english_labels_are_the_row_names_of_the_published_figure(figure: str, codes: lists.CodeList) -> None:
    assert {codes.label(codes.by_label(row), "en") for row in FIGURES[figure]["rows"]} == set(FIGURES[figure]["rows"])


@pytest.mark.parametrize("figure", ["2.4a", "2.7", "2.8", "2.9", "2.10", "2.11", "2.12"])
def test_a_published_figure_has_a_row_for_every_code(figure: str) -> None:
    codes = {
        "2.4a": lists.PROSTITUTION_SECTORS, "2.7": lists.FORMS, "2.8": lists.SEXES, "2.9": lists.REGIONS,
        "2.10": lists.AGE_BANDS, "2.11": lists.REPORTER_GROUPS, "2.12": lists.POLICE_UNITS,
    }[figure]  # fmt: skip
    assert {code.label_en for code in codes.rows.values()} == set(FIGURES[figure]["rows"]) - {"unknown"}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("sex", lists.SEXES),
        ("age_group", lists.AGE_BANDS),
        ("region", lists.REGIONS),
        ("prostitution_sector", lists.PROSTITUTION_SECTORS),
        ("labour_sector", lists.LABOUR_SECTORS),
        ("criminal_kind", lists.CRIMINAL_KINDS),
        ("form", lists.FORMS),
    ],
)
def test_every_value_of_the_reference_register_has_a_code(name: str, codes: lists.CodeList) -> None:
    for value in column("persons.csv", name):
        assert codes.label(codes.by_label(value), "en") == (value or "unknown")


def test_every_nationality_of_the_reference_register_has_a_code() -> None:
    for value in column("persons.csv", "nationality"):
        assert value.startswith("other ") or lists.COUNTRIES.by_label(value)


def test_lists_of_reporters_hold_the_same_codes_as_accounts() -> None:
    assert set(lists.REPORTER_GROUPS.codes) == {group.value for group in ReporterGroup}
    assert set(lists.OTHER_REPORTERS.codes) == {kind.value for kind in OtherReporter}
    assert set(lists.POLICE_UNITS.codes) == {unit.value for unit in PoliceUnit}


def test_reporter_labels_are_those_of_the_reference_register() -> None:
    assert column("reports.csv", "source") - {"EMM", "OM"} == {code.label_en for code in lists.REPORTER_GROUPS.rows.values()}
    units = {code.label_en for found in (lists.POLICE_UNITS, lists.OTHER_REPORTERS) for code in found.rows.values()}
    assert column("reports.csv", "unit") - {""} == units


@pytest.mark.parametrize("codes", [lists.PROSTITUTION_SECTORS, lists.LABOUR_SECTORS, lists.CRIMINAL_KINDS])
def test_hierarchy_ranks_every_code_once(codes: lists.CodeList) -> None:
    assert sorted(code.hierarchy for code in codes.rows.values()) == list(range(1, len(codes.codes) + 1))


def test_first_prefers_the_more_visible_prostitution_sector() -> None:
    assert lists.PROSTITUTION_SECTORS.first(["home", "street", "window"]) == "window"
    assert lists.PROSTITUTION_SECTORS.first([]) == ""


def test_first_takes_less_common_labour_then_common_then_other_labour() -> None:
    order = sorted(lists.LABOUR_SECTORS.rows.values(), key=lambda code: code.hierarchy)
    assert [code.attributes["common"] for code in order] == ["no"] * 8 + ["yes"] * 4 + ["other"] * 6
    assert order[-1].code == "other-labour"


def test_criminal_kinds_are_ranked_as_decided() -> None:
    order = sorted(lists.CRIMINAL_KINDS.rows.values(), key=lambda code: code.hierarchy)
    assert [code.code for code in order] == ["drug-offences", "theft", "fraud", "begging", "other"]


def test_labour_sectors_are_mapped_to_sections_and_rows_that_exist() -> None:
    for code in lists.LABOUR_SECTORS.rows.values():
        assert code.attributes["sbi_section"] in {*lists.SBI_SECTIONS.codes, ""}
        assert code.attributes["figure_row"] in lists.LABOUR_SECTORS


def test_code_is_valid_from_its_first_day_until_the_day_it_ends() -> None:
    municipalities = lists.MUNICIPALITIES
    assert not municipalities.valid("GM1940", date(2015, 6, 30))
    assert municipalities.valid("GM1940", date(2015, 7, 1))
    assert municipalities.valid("GM1921", date(2015, 6, 30))
    assert not municipalities.valid("GM1921", date(2015, 7, 1))


def test_unknown_code_is_never_valid_and_its_error_does_not_repeat_it() -> None:
    assert not lists.SEXES.valid("Kanarie", date(2019, 1, 1))
    with pytest.raises(lists.UnknownCodeError) as refused:
        lists.SEXES.get("Kanarie")
    assert "Kanarie" not in str(refused.value)


def test_empty_code_is_unknown_in_the_language_asked() -> None:
    assert (lists.SEXES.label("", "nl"), lists.SEXES.label("", "en")) == ("onbekend", "unknown")
    assert lists.SEXES.by_label("unknown") == ""


def test_choices_of_a_date_leave_out_what_had_ended() -> None:
    on_first_day = dict(lists.MUNICIPALITIES.choices("nl", on=date(2019, 1, 1)))
    assert "GM1966" in on_first_day
    assert "GM0005" not in on_first_day
    assert len(lists.MUNICIPALITIES.choices("nl")) == len(lists.MUNICIPALITIES.codes)


@pytest.mark.parametrize(
    ("year", "number"),
    [(2015, 393), (2016, 390), (2017, 388), (2018, 380), (2019, 355), (2020, 355), (2021, 352), (2022, 345), (2023, 342)],
)
def test_municipalities_of_each_new_year_are_as_many_as_statistics_netherlands_counts(year: int, number: int) -> None:
    assert len(lists.MUNICIPALITIES.choices("nl", on=date(year, 1, 1))) == number


@pytest.mark.parametrize(
    ("regions", "number"),
    [
        (("noord-nederland",), 12 + 18 + 12),
        (("oost-nederland",), 25 + 51),
        (("midden-nederland", "noord-holland", "amsterdam"), 26 + 6 + 47),
        (("den-haag", "rotterdam"), 52),
        (("zeeland-west-brabant", "oost-brabant"), 13 + 62),
        (("limburg",), 31),
    ],
)
def test_police_regions_have_the_municipalities_of_their_provinces_in_2019(regions: tuple[str, ...], number: int) -> None:
    there = [code for code in lists.MUNICIPALITIES.rows.values() if code.valid(date(2019, 1, 1))]
    assert len([code for code in there if code.region in regions]) == number


def test_every_municipality_lies_in_a_police_region() -> None:
    assert {code.region for code in lists.MUNICIPALITIES.rows.values()} == set(lists.POLICE_REGIONS.codes)


@pytest.mark.parametrize(
    "content",
    [
        "scheme,version,code,label_nl,label_en,region,valid_from,valid_to\na,1,x,x,x,,,\na,1,x,y,y,,,\n",
        "scheme,version,code,label_nl,label_en,region,valid_from,valid_to\na,1,x,x,x,,,\na,2,y,y,y,,,\n",
        "scheme,version,code,label_nl,label_en,region,valid_from,valid_to\na,1,,x,x,,,\n",
    ],
    ids=["code twice", "two versions", "empty code"],
)
def test_file_with_a_mistake_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"broken\.csv"):
        lists.read(path)


def test_every_further_question_has_a_list() -> None:
    assert all(found.scheme in lists.CODE_LISTS for found in lists.FURTHER_QUESTIONS.values())
