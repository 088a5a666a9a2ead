"""A published edition as files: one release.json that the attack reads and finds nothing in, and every figure, safe to open."""

import csv
import io
import json
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from reports.deliveries import exporting
from reports.deliveries.files import files_of
from reports.disclosure.linking import check
from reports.editions import selectors
from reports.models import LedgerEntry
from safeguards.actors import Actor
from tests.cast import ANALYST, actor
from tests.figure_deliveries import an_edition

pytestmark = pytest.mark.django_db


def exported(folder: Path, *arguments: str) -> dict[str, Any]:
    with translation.override("en"):
        call_command("export_release", str(folder), *arguments, stdout=io.StringIO())
    found: dict[str, Any] = json.loads((folder / "release.json").read_text())
    return found


def test_release_says_how_each_table_is_rounded_and_the_attack_finds_nothing(tmp_path: Path) -> None:
    an_edition()
    release = exported(tmp_path / "new" / "folder")
    assert {"tables", "groups", "populations", "threshold", "method", "base"} <= release.keys()
    assert release["reference"] == "2026-1"
    for table in release["tables"]:
        assert table["rounding"] == {"base": 5, "mode": "adjacent"}
        assert {cell["value"] % 5 for cell in table["cells"]} == {0}
    out = io.StringIO()
    call_command("audit_release", str(tmp_path / "new" / "folder" / "release.json"), stdout=out)
    found = json.loads(out.getvalue())
    assert (found["exact"], found["near"], found["differences"]) == ([], [], [])
    assert found["attacked"] > 100


def test_exported_tables_are_what_was_printed_and_agree() -> None:
    an_edition()
    release = exporting.export(number=None, by=actor(ANALYST)).release
    values = check(release)
    figures = selectors.latest()
    assert figures
    printed = {table.total.all for table in figures.tables.values() if table.total}
    assert printed <= set(values.values())


def test_files_are_every_figure_thrice_and_all_in_one_for_their_owner_alone(tmp_path: Path) -> None:
    an_edition()
    exported(tmp_path)
    figures = selectors.latest()
    assert figures
    names = {f"{figure}.{ending}" for figure in figures.tables for ending in ("csv", "xlsx", "json")}
    assert {path.name for path in (tmp_path / "files").iterdir()} == names | {"figures.xlsx", "figures.json", "edition.json"}
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["release.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*.*") if path.is_file()} == {0o600}
    for identifier, table in figures.tables.items():
        sheet = openpyxl.load_workbook(tmp_path / "files" / f"{identifier}.xlsx")[identifier]
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        lines = list(csv.reader((tmp_path / "files" / f"{identifier}.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
        for row in table.rows:
            assert row.row.label.nl in cells
            assert any(line[:1] == [row.row.label.nl] for line in lines)
        assert json.loads((tmp_path / "files" / f"{identifier}.json").read_text())["protection"]["base"] == 5
        assert any("veelvoud van 5" in " ".join(line) for line in lines)


def test_exporting_again_gives_the_same_bytes_and_stands_in_the_ledger(tmp_path: Path) -> None:
    edition = an_edition()
    assert exported(tmp_path) == exported(tmp_path)
    rows = LedgerEntry.objects.filter(kind="tables")
    assert [(row.release, row.outcome, row.by) for row in rows] == [(edition.id, "released", "export-release")] * 2
    assert len({row.digest for row in rows}) == 1


def test_no_release_without_a_published_edition_of_that_number(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No edition has been published yet") as refused:
        exported(tmp_path)
    assert refused.value.returncode == 2
    an_edition()
    with pytest.raises(CommandError, match=r"There are: 1\."):
        exported(tmp_path, "--edition", "7")
    assert not list(tmp_path.iterdir())


def test_release_of_another_edition_is_not_mixed_with_this_one(tmp_path: Path) -> None:
    an_edition()
    (tmp_path / "release.json").write_text('{"reference": "2025-1"}')
    with pytest.raises(CommandError, match="Another release stands in that folder"):
        exported(tmp_path)
    assert not (tmp_path / "files").exists()


def test_formula_in_a_label_is_text_in_every_file() -> None:
    an_edition()
    figures = selectors.figures_of(1, by=Actor("user", "analyst", roles=("analyst",)))
    table = figures.tables["2.7"]
    row = table.rows[0]
    evil = type(row.row)("AU", type(row.row.label)("=1+1", "=1+1"))
    harmed = {"2.7": type(table)(**(vars(table) | {"rows": (type(row)(evil, row.counts),)}))}
    made = files_of(type(figures)(figures.edition, harmed, figures.content, figures.digest))
    assert "'=1+1" in made["2.7.csv"].decode()
    for name in ("2.7.xlsx", "figures.xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(made[name]))["2.7"]
        assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value == "=1+1"} == {"s"}
