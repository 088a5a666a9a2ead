"""Every file of an extract, opened by the programmes that people open it with."""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import openpyxl
import pandas
import pyreadstat
import pytest
from frictionless import Package
from pyarrow import parquet

from reports.extracts.contents import Content, OutColumn, UndeclaredValueError, row_name
from reports.extracts.formats import statistical
from reports.extracts.formats.archive import archive
from reports.figures.rows import Text
from tests.unit.reports.extracts import made

EXPECTED = [("2018", "female"), ("2019", "unknown"), ("suppressed", "male")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files, as who fetched them unpacks them."""
    place = tmp_path_factory.mktemp("extract")
    with zipfile.ZipFile(io.BytesIO(archive(made.coded()))) as whole:
        whole.extractall(place)
    return place


def test_checksums_are_those_of_the_files(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    found = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert found.keys() == there
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in found.items())


def test_files_of_statistical_programmes_are_written_without_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/no-such-folder")
    for language in statistical.LANGUAGES:
        assert statistical.spss(made.coded(), language).startswith(b"$FL")
        assert statistical.stata(made.coded(), language).startswith(b"<stata_dta>")


def test_pandas_reads_the_table(folder: Path) -> None:
    found = pandas.read_csv(folder / "data.csv", dtype=str, keep_default_na=False)
    assert list(found[["year", "sex"]].itertuples(index=False, name=None)) == EXPECTED
    assert found["row"].is_unique


def test_duckdb_reads_parquet_and_csv_alike(folder: Path) -> None:
    with duckdb.connect() as database:
        for name in ("data.parquet", "data.csv"):
            assert database.sql(f"SELECT year, sex FROM '{folder / name}'").fetchall() == EXPECTED  # noqa: S608


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["message"])
    assert [resource.name for resource in package.resources] == ["data", "codes-year", "codes-sex"]


def test_frictionless_finds_a_value_that_is_in_no_list(folder: Path, tmp_path: Path) -> None:
    for path in folder.rglob("*.csv"):
        (tmp_path / path.relative_to(folder)).parent.mkdir(exist_ok=True)
        (tmp_path / path.relative_to(folder)).write_bytes(path.read_bytes().replace(b",female", b",Jane Doe"))
    (tmp_path / "datapackage.json").write_bytes((folder / "datapackage.json").read_bytes())
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


@pytest.mark.parametrize(("language", "female", "title"), [("nl", "vrouw", "Geslacht"), ("en", "female", "Sex")])
def test_spss_and_stata_have_labels_in_their_language(folder: Path, language: str, female: str, title: str) -> None:
    for ending, read in (("sav", pyreadstat.read_sav), ("dta", pyreadstat.read_dta)):
        frame, found = read(folder / f"data.{language}.{ending}", user_missing=True)
        assert found.column_names_to_labels["sex"] == title
        assert found.variable_value_labels["sex"][frame["sex"][0]] == female
        assert frame["year"].tolist() == [2018, 2019, 999]


def test_what_was_left_out_is_missing_in_spss_and_unknown_is_not(folder: Path) -> None:
    frame, _ = pyreadstat.read_sav(folder / "data.en.sav")
    assert frame["year"].isna().tolist() == [False, False, True]
    assert frame["sex"].isna().tolist() == [False, False, False]


def test_workbook_has_rows_codes_and_notes(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "data.xlsx")
    assert book.sheetnames == ["data", "codes", "notes"]
    assert [row[1:] for row in book["data"].iter_rows(min_row=2, values_only=True)] == EXPECTED


def test_codebook_describes_every_variable_and_category(folder: Path) -> None:
    root = ElementTree.parse(folder / "codebook.xml").getroot()  # noqa: S314 - we wrote it
    space = {"d": "ddi:codebook:2_5"}
    assert [one.get("name") for one in root.findall("d:dataDscr/d:var", space)] == ["row", "year", "sex"]
    values = [one.text for one in root.findall("d:dataDscr/d:var[@name='sex']/d:catgry/d:catValu", space)]
    assert values == ["female", "male", "unknown", "suppressed"]


def test_catalogue_record_has_what_is_mandatory_and_the_checksums(folder: Path) -> None:
    record = json.loads((folder / "dcat.jsonld").read_text())
    mandatory = {"accessRights", "creator", "identifier", "publisher", "title", "description"}
    assert {f"dct:{name}" for name in mandatory} | {"dcat:contactPoint", "dcat:theme"} <= record.keys()
    for one in record["dcat:distribution"]:
        content = (folder / one["dct:title"]).read_bytes()
        assert one["spdx:checksum"]["spdx:checksumValue"] == hashlib.sha256(content).hexdigest()
        assert one["dct:license"]


@pytest.mark.parametrize("name", ["datapackage.json", "codebook.xml", "dcat.jsonld", "report.nl.html", "report.en.html"])
def test_watermark_is_in_every_description(folder: Path, name: str) -> None:
    assert "a-watermark" in (folder / name).read_text()


def test_watermark_is_in_the_metadata_of_parquet_spss_stata_and_the_workbook(folder: Path) -> None:
    assert parquet.read_schema(folder / "data.parquet").metadata[b"watermark"] == b"a-watermark"
    assert "a-watermark" in pyreadstat.read_sav(folder / "data.nl.sav")[1].notes[0]
    assert pyreadstat.read_dta(folder / "data.nl.dta")[1].file_label == "a-watermark"
    assert openpyxl.load_workbook(folder / "data.xlsx").properties.description == "a-watermark"


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(made.hostile()))) as whole:
        whole.extractall(tmp_path)
    for path in tmp_path.rglob("*.csv"):
        cells = [cell for row in csv.reader(path.read_text().splitlines()) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@"))], path.name
    book = openpyxl.load_workbook(tmp_path / "data.xlsx")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_value_that_its_column_does_not_declare_is_not_written() -> None:
    column = OutColumn("sex", Text("Geslacht", "Sex"), {"female": Text("vrouw", "female")})
    with pytest.raises(UndeclaredValueError) as refused:
        Content((column,), [("Jane Doe",)], made.about())
    assert "Jane" not in str(refused.value)


def test_no_name_of_a_row_is_a_number_to_a_spreadsheet() -> None:
    for _ in range(2000):
        with pytest.raises(ValueError, match="could not convert"):
            float(row_name())
