"""A whole file end to end: persons, the questions that are left, decisions that are followed."""

from pathlib import Path

import pytest

from benchmarks.registers import make_register, write_register
from intake.linkage import linking
from intake.linkage.evaluation import evaluate
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.linking import LinkedFile, link_file
from intake.linkage.records import Details
from tests.described import details
from tests.report_files import ELENA, MARIAMA, labels_file, named, reports_file
from tests.unit.intake.linkage.test_bad_input import invented

REPORTS = named(
    ("R1", MARIAMA),
    ("R2", MARIAMA | {"family_name": "Kabriu", "place": ""}),
    ("R3", ELENA),
    ("R4", ELENA | {"given_name": "POPESCU", "family_name": "Elena"}),
    ("R5", MARIAMA | {"given_name": "Isatu"}),
)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return reports_file(tmp_path / "reports.csv", REPORTS)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    made, folder = make_register(300, seed=77), tmp_path_factory.mktemp("register")
    write_register(made, folder)
    return folder / "reports.csv", made.truth


def persons(found: LinkedFile) -> list[set[str]]:
    groups: dict[str, set[str]] = {}
    for report, cluster in found.clusters:
        groups.setdefault(cluster, set()).add(report)
    return list(groups.values())


def test_persons_of_a_small_file(reports):
    found = link_file(reports)
    assert persons(found) == [{"R1", "R2"}, {"R3", "R4"}, {"R5"}]
    assert [report for report, _ in found.clusters] == ["R1", "R2", "R3", "R4", "R5"]


def test_summary_counts_and_names_the_weights(reports):
    assert link_file(reports).summary.startswith("5 reports, 3 persons, ")
    assert shipped().version in link_file(reports).summary
    assert "by-hand estimated on all candidate pairs of the file, " in link_file(reports, on_this_file_alone=True).summary


def test_sister_is_a_question(reports):
    assert any("R5" in two for two in link_file(reports).questions)


def test_decisions_are_followed_and_not_asked_again(reports, tmp_path):
    labels = labels_file(tmp_path / "labels.csv", [("R5", "R1", "1"), ("R1", "R2", "0"), ("R3", "R5", "0")])
    found = link_file(reports, labels=labels)
    assert {"R1", "R5"} in persons(found)
    assert not any({"R1", "R2"} <= group for group in persons(found))
    assert not {("R1", "R5"), ("R1", "R2")} & set(found.questions)


def test_told_apart_holds_through_a_third(tmp_path):
    three = reports_file(tmp_path / "reports.csv", named(*((name, MARIAMA) for name in ("R1", "R2", "R3"))))
    labels = labels_file(tmp_path / "labels.csv", [("R1", "R3", "0")])
    assert persons(link_file(three)) == [{"R1", "R2", "R3"}]
    assert not any({"R1", "R3"} <= group for group in persons(link_file(three, labels=labels)))


@pytest.mark.parametrize("alone", [False, True])
def test_file_without_reports_has_no_persons(tmp_path, alone):
    found = link_file(reports_file(tmp_path / "reports.csv", []), on_this_file_alone=alone)
    assert (list(found.clusters), list(found.questions)) == ([], [])


def test_order_of_the_rows_makes_no_difference(tmp_path, reports):
    turned = reports_file(tmp_path / "turned.csv", REPORTS[::-1])
    assert sorted(map(sorted, persons(link_file(turned)))) == sorted(map(sorted, persons(link_file(reports))))
    assert set(link_file(turned).questions) == set(link_file(reports).questions)


@pytest.mark.parametrize(("alone", "precision", "recall"), [(False, 0.93, 0.8), (True, 0.9, 0.6)])
def test_persons_of_a_made_up_register_are_found(register, alone, precision, recall):
    path, truth = register
    found = evaluate(dict(link_file(path, on_this_file_alone=alone).clusters), truth)
    assert found.precision > precision
    assert found.recall > recall


def decisions(path: Path, truth: dict[str, str], many: int) -> list[tuple[str, str, str]]:
    """True answers to the first questions, and to as many pairs that were linked."""
    found = link_file(path)
    groups = [sorted(group) for group in persons(found) if len(group) > 1]
    pairs = [*list(found.questions)[:many], *((group[0], group[1]) for group in groups[:many])]
    return [(one, other, str(int(truth[one] == truth[other]))) for one, other in pairs]


def test_answered_questions_make_it_better(register, tmp_path):
    path, truth = register
    labels = labels_file(tmp_path / "labels.csv", decisions(path, truth, 60))
    before, after = (evaluate(dict(link_file(path, labels=given).clusters), truth) for given in (None, labels))
    assert after.f1 > before.f1


def test_what_was_asked_does_not_change_the_weights(register, tmp_path):
    path, truth = register
    reports = linking.files.read_reports(path)
    answered = {tuple(sorted((one, other))): same == "1" for one, other, same in decisions(path, truth, 60)}
    _, used = linking.link_reports(reports, answered, on_this_file_alone=False)
    assert used.weights == shipped(linking.OF_FILES).weights


def test_person_reported_five_hundred_times_in_the_same_words_is_one_person():
    same = {f"R{number}": details() for number in range(500)}
    other = {f"S{number}": details(family_name="Kabirou") for number in range(300)}
    linked, _ = linking.link_reports(same | other, {}, on_this_file_alone=False)
    assert [len(group) for group in linked.clusters.groups] == [800]


def test_reports_that_say_next_to_nothing_are_not_joined_for_being_equal():
    vague = {f"R{number}": Details(given_names=("Maria",), nationalities=("RO",)) for number in range(300)}
    linked, _ = linking.link_reports(vague, {}, on_this_file_alone=False)
    assert len(linked.clusters.groups) == 300


def test_copy_that_people_found_different_stays_apart():
    same = {f"R{number}": details() for number in range(5)}
    linked, _ = linking.link_reports(same, {("R1", "R2"): False}, on_this_file_alone=False)
    assert not any({"R1", "R2"} <= group for group in linked.clusters.groups)


def test_file_of_what_reporters_truly_send_is_linked_within_its_bounds(tmp_path):
    """Two boats of one birthday each, placeholders, a future date, names in other scripts, one report many times."""
    names = iter(invented(2_000))
    boats = [
        MARIAMA | {"given_name": next(names) + next(names), "family_name": next(names) + next(names), "date_of_birth": born}
        for born in ["2001-01-01", "2001-06-15"] * 240
    ]
    odd = [
        dict.fromkeys(MARIAMA, ""),
        MARIAMA | {"given_name": "A", "family_name": "B", "date_of_birth": "2999-05-17"},
        MARIAMA | {"given_name": "N.N.", "family_name": "?", "place": "Mariama Kabiru", "date_of_birth": ""},
        MARIAMA | {"given_name": "ሰላም", "family_name": "ተስፋዬ"},
        MARIAMA | {"given_name": "王芳", "family_name": "李"},
        MARIAMA | {"given_name": "محمد", "family_name": "الأحمد"},
        MARIAMA | {"given_name": "Екатерина", "family_name": "Иванова"},
    ]
    rows = [*boats, *odd, *[ELENA] * 500]
    found = link_file(reports_file(tmp_path / "reports.csv", named(*((f"R{at}", row) for at, row in enumerate(rows)))))
    elenas = {f"R{at}" for at, row in enumerate(rows) if row is ELENA}
    assert [group for group in persons(found) if len(group) > 1] == [elenas]
    assert " 0 tokens" not in found.summary
