"""The made-up registers are the same for the same seed, their truth is complete, and their errors are as many as declared."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.made_persons import passes_eleven_test
from benchmarks.registers import Register, Row, make_register, write_register

PERSONS = 5_000


@pytest.fixture(scope="module")
def register() -> Register:
    return make_register(PERSONS, seed=11)


def test_same_seed_gives_the_same_register(register: Register) -> None:
    assert make_register(PERSONS, seed=11) == register


def test_another_seed_gives_another_register(register: Register) -> None:
    assert make_register(PERSONS, seed=12).rows != register.rows


def test_reports_and_true_pairs_are_as_many_as_in_the_evaluation(register: Register) -> None:
    assert len(register.rows) == pytest.approx(7_692, rel=0.01)
    assert len(register.kinds) == pytest.approx(4_150, rel=0.02)
    assert len(set(register.truth.values())) == PERSONS


def test_truth_knows_every_report_and_no_other(register: Register) -> None:
    assert [row.report_id for row in register.rows] == sorted(register.truth)


def test_true_pairs_are_those_of_the_truth(register: Register) -> None:
    sizes = Counter(register.truth.values())
    assert len(register.kinds) == sum(size * (size - 1) // 2 for size in sizes.values())
    assert all(register.truth[one] == register.truth[other] for one, other in register.kinds)


def test_look_alikes_are_different_persons(register: Register) -> None:
    assert all(register.truth[alike.report_id_a] != register.truth[alike.report_id_b] for alike in register.look_alikes)
    assert {alike.kind for alike in register.look_alikes} == {"twin", "sibling", "namesake", "couple"}


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_smallest_registers(size: int) -> None:
    assert len(set(make_register(size, seed=1).truth.values())) == size


SHARES = {
    "transliteration": (0.12, 0.24), "typing_error": (0.06, 0.15), "nickname": (0.05, 0.12), "initial": (0.03, 0.07),
    "swapped": (0.02, 0.06), "work_name": (0.01, 0.04), "other_surname": (0.01, 0.04), "prefix": (0.02, 0.08),
    "double_surname": (0.01, 0.06), "missing_name": (0.02, 0.07), "one_given_name": (0.02, 0.08), "year_only": (0.06, 0.14),
    "estimated": (0.02, 0.07), "first_of_january": (0.03, 0.08), "day_month_swapped": (0.01, 0.04), "wrong_year": (0.02, 0.06),
    "wrong_day": (0.02, 0.07), "missing_date": (0.05, 0.12), "wrong_nationality": (0.03, 0.07),
    "near_anonymous": (0.015, 0.035), "mistyped_number": (0.005, 0.03), "diacritics": (0.02, 0.2), "script": (0.0001, 0.01),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHARES)
def test_share_of_true_pairs_with_an_error(register: Register, kind: str) -> None:
    least, most = SHARES[kind]
    assert least <= sum(kind in kinds for kinds in register.kinds.values()) / len(register.kinds) <= most


def test_numbers_are_mostly_missing_and_bsns_pass_the_eleven_test(register: Register) -> None:
    bsns = [row.bsn for row in register.rows if row.bsn]
    v_numbers = [row.v_number for row in register.rows if row.v_number]
    assert 0.02 < len(bsns) / len(register.rows) < 0.25
    assert 0.02 < len(v_numbers) / len(register.rows) < 0.30
    assert sum(map(passes_eleven_test, bsns)) / len(bsns) > 0.93


@pytest.mark.parametrize(
    ("bsn", "passes"), [("111222333", True), ("123456782", True), ("123456789", False), ("12345678", False)]
)
def test_eleven_test(bsn: str, passes: bool) -> None:
    assert passes_eleven_test(bsn) is passes


def test_files_hold_the_register(register: Register, tmp_path: Path) -> None:
    write_register(register, tmp_path)
    with (tmp_path / "reports.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == list(Row._fields)
    assert [Row(*line) for line in lines[1:]] == register.rows
    assert len((tmp_path / "lookalikes.csv").read_text().splitlines()) == len(register.look_alikes) + 1
