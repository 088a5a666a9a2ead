"""The command that estimates from a file: JSON for every answer, one sentence and status 2 for what is not a table."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.overlaps import PUBLISHED, published


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def _write(name: str) -> Path:
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({"lists": published(name).lists, "counts": PUBLISHED[name]["counts"]}))
        return path

    return _write


def run(path: Path, *more: str) -> dict[str, Any]:
    printed = StringIO()
    call_command("estimate_population", str(path), *more, stdout=printed)
    found: dict[str, Any] = json.loads(printed.getvalue())
    return found


def test_five_british_lists_give_what_silverman_published(write: Any) -> None:
    found = run(write("uk5"), "--search", "stepwise-aic")
    assert (found["status"], found["refusal_code"], found["observed"]) == ("range", 0, 2744)
    assert found["total"] == pytest.approx(11_304, rel=0.001)
    assert found["interval"] == pytest.approx([9_889, 13_063], rel=0.002)
    assert [":".join(term) for term in found["terms"]] == PUBLISHED["uk5"]["expected"]["stepwise_aic_wald_p005"]["terms"]
    assert found["range"] == pytest.approx([10_545.8, 29_035.4])
    assert len(found["near_best"]) == 33
    assert found["chao"] == pytest.approx(13_391.9)
    assert "cannot show" in found["assumption"]


def test_terms_of_up_to_three_lists_can_be_asked_for(write: Any) -> None:
    assert run(write("uk5"), "--order", "3")["total"] == pytest.approx(25_311, rel=0.001)


def test_merging_six_british_lists_gives_the_answer_of_the_five(write: Any) -> None:
    asked = ("--omit", "LA")
    assert run(write("uk6"), *asked, "--merge", "PF,NCA=PFNCA") == run(write("uk5"), *asked)


def test_lists_can_be_left_out(write: Any) -> None:
    found = run(write("uk5"), "--omit", "LA,GP")
    assert {code for term in found["terms"] for code in term} <= {"NG", "PFNCA", "GO"}


def test_replicates_give_the_interval_and_the_seed_repeats_it(write: Any) -> None:
    asked = ("--omit", "LA", "--search", "stepwise-p", "--replicates", "10")
    one, again, other = (run(write("uk5"), *asked, "--seed", seed) for seed in ("3", "3", "4"))
    assert one["interval_method"].startswith("bootstrap")
    assert one["replicates"] == {"asked": 10, "failed": 0}
    assert one == again
    assert one["interval"] != other["interval"]


def test_refused_table_has_no_total(write: Any) -> None:
    found = run(write("artificial3"))
    assert (found["status"], found["total"], found["interval"]) == ("refused", None, None)
    assert found["reasons"]


def test_known_referral_is_a_term_of_every_model(write: Any) -> None:
    found = run(write("uk5"), "--omit", "LA", "--dependence", "GO,PFNCA")
    assert found["dependence"] == [["GO", "PFNCA"]]
    assert all(["PFNCA", "GO"] in one["terms"] for one in found["near_best"])


def test_lists_of_offenders_are_refused_without_a_number(tmp_path: Path) -> None:
    path = tmp_path / "offenders.json"
    path.write_text(json.dumps({"about": "offenders", "lists": published("uk5").lists, "counts": PUBLISHED["uk5"]["counts"]}))
    found = run(path)
    assert (found["status"], found["reason_codes"]) == ("refused", ["OFFENDER_PREVALENCE"])
    assert (found["total"], found["interval"], found["chao"], found["near_best"], found["sensitivity"]) == (
        None, None, None, [], None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"lists": ["A", "B"], "counts": {"11": 3, "10": 4}}', "2 lists"),
        ('{"lists": ["A", "B", "C"], "counts": {"110": 3, "110": 4}}', "stands twice"),
        ('{"lists": ["A", "B"', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "A table is an object"),
        ('{"about": "dogs", "lists": ["A", "B", "C"], "counts": {"110": 3, "011": 4, "101": 1}}', "victims or offenders"),
        ("\xff", "not JSON"),
    ],
)
def test_what_is_no_table_ends_with_a_sentence_and_status_two(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "table.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(CommandError, match=said) as raised:
        run(path)
    assert raised.value.returncode == 2


@pytest.mark.parametrize(
    ("option", "given"),
    [("--merge", "PF,NCA"), ("--merge", "PF,XX=Z"), ("--omit", "XX"), ("--dependence", "PF"), ("--dependence", "PF,XX")],
)
def test_change_that_cannot_be_made_ends_with_status_two(write: Any, option: str, given: str) -> None:
    with pytest.raises(CommandError) as raised:
        run(write("uk6"), option, given)
    assert raised.value.returncode == 2


THREE = {"100": 40, "010": 30, "001": 20, "110": 6, "011": 9, "101": 3}


@pytest.mark.parametrize(
    ("lists", "counts", "said"),
    [
        (["A", "B"], {"11": 7919, "10": 3, "01": 4}, "has 2 lists"),
        (["A", "B", "C"], {"100": 7919, "010": 30, "110": 6}, "List C is empty"),
        (["A", "B", "C"], {"100": 7919, "010": 30, "110": 6, "011": 9, "111": 4}, "List C lies inside list B"),
        (["A", "B", "C"], {"100": 7919, "010": 30, "001": 20}, "without any overlap"),
        (["A", "B", "C"], THREE | {"101": 7919.5}, "not a whole number"),
        (["A", "B", "C"], THREE | {"101": -7919}, "not a whole number"),
        (["A", "B", "C"], THREE | {"1010": 7919}, "another length"),
        (["A", "B", "C"], THREE | {"000": 7919}, "history of zeros"),
        ([f"L{number}" for number in range(20)], {"1" + "0" * 19: 7919}, "has 20 lists"),
    ],
)
def test_bad_table_ends_with_a_sentence_and_status_two_and_no_number(
    tmp_path: Path, lists: list[str], counts: dict[str, Any], said: str
) -> None:
    path, printed = tmp_path / "table.json", StringIO()
    path.write_text(json.dumps({"lists": lists, "counts": counts}))
    with pytest.raises(CommandError, match=said) as raised:
        call_command("estimate_population", str(path), stdout=printed)
    assert raised.value.returncode == 2
    assert printed.getvalue() == ""
    assert "7919" not in str(raised.value)


def test_file_that_is_not_there_ends_with_status_two(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read") as raised:
        run(tmp_path / "none.json")
    assert raised.value.returncode == 2


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("BAKEN_ESTIMATE_SEEN_TWICE", 10, "estimate"),
        ("BAKEN_ESTIMATE_SEEN_TWICE", 10_000, "refused"),
        ("BAKEN_ESTIMATE_FACTOR_PERCENT", 101, "range"),
    ],
)
def test_thresholds_are_settings(write: Any, settings: Any, name: str, value: int, status: str) -> None:
    setattr(settings, name, value)
    assert run(write("uk5"), "--omit", "GP")["status"] == status


@pytest.mark.parametrize(("percent", "refused"), [(5, True), (100, False)])
def test_share_of_failing_replicates_is_a_setting(tmp_path: Path, settings: Any, percent: int, refused: bool) -> None:
    path, settings.BAKEN_ESTIMATE_FAILED_PERCENT = tmp_path / "table.json", percent
    counts = {"100": 4000, "010": 4000, "001": 1, "110": 30, "101": 1}
    path.write_text(json.dumps({"lists": ["A", "B", "C"], "counts": counts}))
    assert ("FAILING_REPLICATES" in run(path, "--replicates", "60")["reason_codes"]) is refused
