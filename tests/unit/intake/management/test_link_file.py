"""The command that links a file outside the register, and its result through the command that measures."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from benchmarks.registers import make_register, write_register
from intake.linkage import files
from tests.report_files import ELENA, MARIAMA, labels_file, named, reports_file


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    rows = named(("R1", MARIAMA), ("R2", MARIAMA), ("R3", ELENA), ("R4", MARIAMA | {"given_name": "Isatu"}))
    return reports_file(tmp_path / "reports.csv", rows)


def run(reports: Path, *more: str) -> tuple[str, str]:
    """What was written to clusters.csv, and what was said."""
    said = StringIO()
    call_command("link_file", str(reports), str(reports.parent / "clusters.csv"), *more, stderr=said)
    return (reports.parent / "clusters.csv").read_text(encoding="utf-8"), said.getvalue()


def test_clusters_are_written_and_counts_are_said(reports: Path) -> None:
    clusters, said = run(reports)
    assert clusters == "report_id,cluster_id\nR1,1\nR2,1\nR3,2\nR4,3\n"
    assert "4 reports, 3 persons" in said
    assert "Kabiru" not in said


def test_questions_are_written_where_asked_for(reports: Path, tmp_path: Path) -> None:
    run(reports, "--review", str(tmp_path / "review.csv"))
    head, *questions = (tmp_path / "review.csv").read_text(encoding="utf-8").splitlines()
    assert head == "report_id_a,report_id_b"
    assert any("R4" in question for question in questions)


def test_decisions_are_followed(reports: Path, tmp_path: Path) -> None:
    labels = labels_file(tmp_path / "labels.csv", [("R1", "R2", "0"), ("R1", "R4", "1")])
    clusters, _ = run(reports, "--labels", str(labels))
    assert clusters == "report_id,cluster_id\nR1,1\nR2,2\nR3,3\nR4,1\n"


def test_weights_can_come_from_the_file_alone(reports: Path) -> None:
    assert "weights by-hand" in run(reports, "--no-labels")[1]


def test_unreadable_file_is_refused_without_a_value(tmp_path: Path) -> None:
    twice = reports_file(tmp_path / "reports.csv", named(("R1", MARIAMA), ("R1", MARIAMA)))
    with pytest.raises(CommandError, match=r"reports.csv, line 3") as raised:
        run(twice)
    assert "Kabiru" not in str(raised.value)
    assert not (tmp_path / "clusters.csv").exists()


def test_folder_that_does_not_exist_is_refused(reports: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("link_file", str(reports), str(tmp_path / "none" / "clusters.csv"))


def test_what_is_linked_can_be_measured(tmp_path: Path) -> None:
    write_register(make_register(300, seed=78), tmp_path)
    run(tmp_path / "reports.csv")
    measured = StringIO()
    call_command("evaluate_linkage", str(tmp_path / "clusters.csv"), str(tmp_path / "truth.csv"), stdout=measured)
    found = json.loads(measured.getvalue())
    assert found["precision"] > 0.9
    assert found["recall"] > 0.8


def test_decisions_that_contradict_each_other_are_counted(reports: Path, tmp_path: Path) -> None:
    followed = labels_file(tmp_path / "labels.csv", [("R1", "R2", "1"), ("R2", "R3", "1")])
    assert "could not be followed" not in run(reports, "--labels", str(followed))[1]
    labels = labels_file(tmp_path / "labels.csv", [("R1", "R2", "1"), ("R2", "R3", "1"), ("R1", "R3", "0")])
    assert "1 decisions could not be followed" in run(reports, "--labels", str(labels))[1]


def test_results_are_their_owners_alone_and_nothing_is_left_beside_them(reports: Path, tmp_path: Path) -> None:
    run(reports, "--review", str(tmp_path / "review.csv"))
    assert {path.name for path in tmp_path.iterdir()} == {"reports.csv", "clusters.csv", "review.csv"}
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("clusters.csv", "review.csv")} == {0o600}


def test_result_that_fails_halfway_leaves_the_earlier_one(tmp_path: Path) -> None:
    place = tmp_path / "clusters.csv"
    files.write_rows(place, ("report_id",), [("R1",)])

    def rows() -> Iterator[tuple[str]]:
        yield ("R2",)
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        files.write_rows(place, ("report_id",), rows())
    assert place.read_text(encoding="utf-8") == "report_id\nR1\n"
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize(
    "results", [("reports.csv",), ("clusters.csv", "--review", "reports.csv"), ("a.csv", "--review", "a.csv")]
)
def test_result_in_the_place_of_what_is_read_is_refused(
    reports: Path, results: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reports.parent)
    before = reports.read_bytes()
    with pytest.raises(CommandError, match="named twice"):
        call_command("link_file", "reports.csv", *results)
    assert reports.read_bytes() == before
