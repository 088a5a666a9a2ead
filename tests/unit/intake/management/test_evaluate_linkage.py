"""The command that measures clusters against a truth: one JSON object, or one sentence with the cure."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

CLUSTERS = "report_id,cluster_id\nr1,1\nr2,1\nr3,2\n"
TRUTH = "person_id,report_id\na,r1\na,r2\na,r3\n"


def run(folder: Path, clusters: str, truth: str) -> str:
    (folder / "clusters.csv").write_text(clusters, encoding="utf-8")
    (folder / "truth.csv").write_text(truth, encoding="utf-8")
    written = StringIO()
    call_command("evaluate_linkage", str(folder / "clusters.csv"), str(folder / "truth.csv"), stdout=written)
    return written.getvalue()


def test_measures_are_printed_as_one_object(tmp_path: Path) -> None:
    measured = json.loads(run(tmp_path, CLUSTERS, TRUTH))
    assert (measured["pairs_true"], measured["pairs_found"], measured["pairs_right"]) == (3, 1, 1)
    assert (measured["precision"], measured["recall"]) == (1, pytest.approx(1 / 3))
    assert measured["person_count_error"] == 1


def test_byte_order_mark_of_a_spreadsheet_does_no_harm(tmp_path: Path) -> None:
    assert json.loads(run(tmp_path, "\ufeff" + CLUSTERS, TRUTH))["persons_found"] == 2


@pytest.mark.parametrize(
    ("clusters", "says"),
    [
        ("report,cluster_id\nr1,1\n", "needs the columns"),
        ("", "needs the columns"),
        ("report_id,cluster_id\nr1,1\nr1,2\n", "line 3"),
        ("report_id,cluster_id\nr1\n", "line 2"),
        ("report_id,cluster_id\nr1,1\n", "cannot be compared"),
    ],
)
def test_wrong_file_is_refused_with_its_place(tmp_path: Path, clusters: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(tmp_path, clusters, TRUTH)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate_linkage", str(tmp_path / "none.csv"), str(tmp_path / "none.csv"))
