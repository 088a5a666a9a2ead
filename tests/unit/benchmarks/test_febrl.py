"""FEBRL's columns become those of link_file, and its record ids the truth."""

from pathlib import Path

import pytest

from benchmarks.febrl import STATES, febrl

HEAD = (
    "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id\n"
    "rec-12-org, lachlan, berry, 69, giblin street, , bittern, 4814, qld, {date}, 7364009\n"
)


def written(folder: Path, date: str = "19990219", name: str = "dataset1") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text(HEAD.format(date=date), encoding="utf-8")
    return folder


def test_variant_id_knows_no_number_and_no_address(tmp_path: Path) -> None:
    (row,) = febrl(1, "id", written(tmp_path)).rows
    assert (row.given_name, row.family_name, row.date_of_birth) == ("lachlan", "berry", "1999-02-19")
    assert (row.place, row.nationality, row.v_number) == ("bittern", STATES["qld"], "")


def test_variant_full_knows_number_and_address(tmp_path: Path) -> None:
    (row,) = febrl(1, "full", written(tmp_path)).rows
    assert (row.place, row.v_number) == ("69 giblin street bittern 4814", "7364009")


@pytest.mark.parametrize(
    ("written_date", "read"), [("19990219", "1999-02-19"), ("19371233", "1937-12"), ("19729518", "1972"), ("", "")]
)
def test_of_an_impossible_date_the_possible_parts_remain(tmp_path: Path, written_date: str, read: str) -> None:
    (row,) = febrl(1, "id", written(tmp_path, written_date)).rows
    assert row.date_of_birth == read


def test_original_and_duplicate_are_one_person(tmp_path: Path) -> None:
    written(tmp_path, name="dataset4a")
    other = (tmp_path / "dataset4a.csv").read_text(encoding="utf-8").replace("rec-12-org", "rec-12-dup-0")
    (tmp_path / "dataset4b.csv").write_text(other, encoding="utf-8")
    assert febrl(4, "id", tmp_path).truth == {"rec-12-org": "rec-12", "rec-12-dup-0": "rec-12"}


def test_other_variant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="full or id"):
        febrl(1, "all", tmp_path)
