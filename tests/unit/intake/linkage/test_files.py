"""A file of reports becomes Details; one that cannot be read is refused with its line and never with a value."""

from pathlib import Path

import pytest

from intake.linkage import files
from intake.linkage.features import one_by_one
from intake.linkage.files import COLUMNS, UnreadableFileError
from tests.report_files import ELENA, MARIAMA, labels_file, named, reports_file

HEAD = ",".join(COLUMNS)
ROW = "R1,2019-06-03,FairWork,Mariama,Kabiru,,1994-05-17,0,V,SL,,,\n"
SECRETS = ("Mariama", "Kabiru", "1994", "R1", "R2", "perhaps")


def written(folder: Path, content: str | bytes, name: str = "reports.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(read, *arguments) -> str:
    with pytest.raises(UnreadableFileError) as raised:
        read(*arguments)
    message = str(raised.value)
    assert not any(secret in message for secret in SECRETS)
    return message


def test_row_becomes_details(tmp_path):
    row = MARIAMA | {"aliases": "Roxanne;Mimi;", "v_number": "V 287.654-3210", "bsn": "1234.56.782", "dob_estimated": "1"}
    (found,) = files.read_reports(reports_file(tmp_path / "reports.csv", named(("R1", row)))).values()
    assert (found.given_names, found.family_name, found.aliases) == (("Mariama",), "Kabiru", ("Roxanne", "Mimi"))
    assert (found.year, found.month, found.day, found.estimated) == (1994, 5, 17, True)
    assert (found.sex, found.nationalities, found.place) == ("female", ("SL",), "Freetown")
    assert (found.v_number, found.bsn, found.document_number) == ("2876543210", "123456782", "")


@pytest.mark.parametrize(
    ("column", "value", "field", "expected"),
    [
        ("date_of_birth", "1994", "month", None),
        ("date_of_birth", "1994-05", "day", None),
        ("date_of_birth", "never", "year", None),
        ("date_of_birth", "2999-01-01", "year", None),
        ("sex", "M", "sex", "male"),
        ("sex", " v ", "sex", "female"),
        ("sex", "O", "sex", "other"),
        ("sex", "?", "sex", ""),
        ("nationality", "Nederlandse; SL", "nationalities", ("NL", "SL")),
        ("nationality", "RO/RO", "nationalities", ("RO",)),
        ("nationality", "Atlantis", "nationalities", ()),
        ("dob_estimated", "ja", "estimated", True),
        ("dob_estimated", "", "estimated", False),
    ],
)
def test_what_nobody_can_read_is_unknown_and_the_rest_is_read(tmp_path, column, value, field, expected):
    path = reports_file(tmp_path / "reports.csv", named(("R1", MARIAMA | {column: value})))
    assert getattr(files.read_reports(path)["R1"], field) == expected


@pytest.mark.parametrize(
    ("written_as", "v_number", "other"),
    [
        ("V 287.654-3210", "2876543210", ""),
        ("287654321", "287654321", ""),
        ("28765432100", "28765432100", ""),
        ("5572942", "", "5572942"),
        ("NX1234567", "", "NX1234567"),
        ("nvt", "", ""),
    ],
)
def test_what_is_no_v_number_is_another_number(tmp_path, written_as, v_number, other):
    (found,) = files.read_reports(reports_file(tmp_path / "r.csv", named(("R1", MARIAMA | {"v_number": written_as})))).values()
    assert (found.v_number, found.document_number) == (v_number, other)


def test_order_of_the_file_and_of_its_columns(tmp_path):
    path = reports_file(tmp_path / "reports.csv", named(("R2", MARIAMA), ("R1", ELENA)))
    assert list(files.read_reports(path)) == ["R2", "R1"]
    turned = ",".join(reversed(COLUMNS)) + ",more\n" + ",".join(reversed(ROW.strip().split(","))) + ",x\n"
    (found,) = files.read_reports(written(tmp_path, "\ufeff" + turned)).values()
    assert found.family_name == "Kabiru"


def test_short_row_and_quoted_line_break_are_read(tmp_path):
    found = files.read_reports(written(tmp_path, f'{HEAD}\nR1,,,Mariama\nR2,,,"Mari\nama"\n'))
    assert found["R1"].given_names == ("Mariama",)
    assert found["R1"].family_name == ""
    assert found["R2"].given_names == ("Mari\nama",)


def test_file_without_reports_holds_none(tmp_path):
    assert files.read_reports(written(tmp_path, HEAD + "\n")) == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "not found: report_id, report_date"),
        (HEAD.replace(",bsn", "") + "\n" + ROW, "not found: bsn"),
        (f"{HEAD}\n{ROW}{ROW}", "line 3"),
        (f"{HEAD}\n{ROW}{ROW.replace('R1', ' ')}", "line 3"),
        (HEAD.encode() + b"\nR1,,,Mariama\xff\n", "UTF-8"),
        (HEAD.encode("utf-16") + b"\n", "UTF-8"),
        (f"{HEAD}\nR1,,,{'Mariama' * 50_000}\n", "cannot be read"),
    ],
)
def test_unreadable_reports_are_refused_with_their_place(tmp_path, content, says):
    message = refusal(files.read_reports, written(tmp_path, content))
    assert says in message
    assert "reports.csv" in message


def test_file_that_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in refusal(files.read_reports, tmp_path / "reports.csv")


def test_last_decision_about_two_reports_holds_in_either_order(tmp_path):
    path = labels_file(tmp_path / "labels.csv", [("R1", "R2", "1"), ("R2", "R1", "0"), ("R3", "R1", " Yes ")])
    assert files.read_labels(path, ["R1", "R2", "R3"]) == {("R1", "R2"): False, ("R1", "R3"): True}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("R1", "R9", "1")], "line 2: two different reports"),
        ([("R1", "R2", "1"), ("R1", "R1", "1")], "line 3: two different reports"),
        ([("R1", "R2", "perhaps")], "line 2: same must be 1 or 0"),
        ([("R1", "R2", "")], "line 2: same must be 1 or 0"),
        ([("R1",)], "line 2"),
    ],
)
def test_unreadable_decisions_are_refused_with_their_line(tmp_path, rows, says):
    assert says in refusal(files.read_labels, labels_file(tmp_path / "labels.csv", rows), ["R1", "R2"])


def test_decisions_without_their_columns_are_refused(tmp_path):
    path = written(tmp_path, "report_id_a,report_id_b\nR1,R2\n", "labels.csv")
    assert "not found: same" in refusal(files.read_labels, path, ["R1", "R2"])


def test_digests_are_under_a_key_of_their_own_each_time():
    first, second = (one_by_one(files.throw_away_digests()) for _ in range(2))
    assert first("kind", "text") == first("kind", "text") != second("kind", "text")
    assert first("kind", "text") != first("other kind", "text")


def test_rows_are_written_as_csv(tmp_path):
    files.write_rows(tmp_path / "out.csv", ("report_id", "cluster_id"), [("R,1", "1")])
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == 'report_id,cluster_id\n"R,1",1\n'
