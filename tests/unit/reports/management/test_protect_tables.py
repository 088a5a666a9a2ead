"""The two commands on files: protected tables in the form they came in, and the attack with a status that a script can read."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

TABLE = {
    "id": "2.7",
    "population": "base",
    "dims": ["year", "form"],
    "filter": {},
    "cells": [
        {"year": "2018", "form": "AU", "value": 2},
        {"year": "2018", "form": "CU", "value": 31},
        {"year": "2018", "form": "Total", "value": 33},
        {"year": "2019", "form": "AU", "value": 17},
        {"year": "2019", "form": "CU", "value": 44},
        {"year": "2019", "form": "Total", "value": 61},
        {"year": "Total", "form": "AU", "value": 19},
        {"year": "Total", "form": "CU", "value": 75},
        {"year": "Total", "form": "Total", "value": 94},
    ],
}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def _write(name: str, **changes: Any) -> Path:
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({"threshold": 5, "method": "rounding", "base": 5, "tables": [TABLE]} | changes))
        return path

    return _write


def protect(path: Path) -> tuple[dict[str, Any], str]:
    out, printed = path.with_name(f"{path.stem}-out.json"), StringIO()
    call_command("protect_tables", str(path), str(out), stdout=printed)
    return json.loads(out.read_text()), printed.getvalue()


def audit(*paths: Path) -> dict[str, Any]:
    printed = StringIO()
    call_command("audit_release", *map(str, paths), stdout=printed)
    found: dict[str, Any] = json.loads(printed.getvalue())
    return found


def values(release: dict[str, Any]) -> list[int | None]:
    return [cell["value"] for cell in release["tables"][0]["cells"]]


def test_rounded_tables_come_out_in_the_form_they_came_in(write):
    found, said = protect(write("release"))
    assert found["tables"][0]["rounding"] == {"base": 5, "mode": "adjacent"}
    exact = [cell["value"] for cell in TABLE["cells"]]
    printed = values(found)
    assert all(value % 5 == 0 and abs(value - count) <= 4 for value, count in zip(printed, exact, strict=True))
    assert printed[0] + printed[1] == printed[2]
    assert printed[2] + printed[5] == printed[8]
    assert "Rounded to base 5" in said


def test_two_runs_draw_alike(write):
    assert protect(write("release"))[0] == protect(write("again"))[0]


def test_left_out_cells_are_null(write):
    found, said = protect(write("release", method="suppression"))
    printed = values(found)
    assert printed[0] is None
    assert None in (printed[1], printed[2])
    assert "1 small counts and" in said


@pytest.mark.parametrize("method", ["rounding", "suppression"])
def test_what_was_protected_survives_the_attack(write, tmp_path, method):
    protect(write("release", method=method))
    found = audit(tmp_path / "release-out.json")
    assert (found["exact"], found["near"], found["differences"]) == ([], [], [])
    assert found["attacked"] > 0


def test_hidden_count_that_subtraction_tells_is_found_with_status_one(write):
    table = TABLE | {"cells": [cell | {"value": None} if cell["value"] == 2 else cell for cell in TABLE["cells"]]}
    with pytest.raises(CommandError) as raised:
        audit(write("naive", tables=[table]))
    assert raised.value.returncode == 1


def test_next_edition_with_one_person_more_is_found(write):
    more = {2: 3, 33: 34, 19: 20, 94: 95}
    table = TABLE | {"cells": [cell | {"value": more.get(cell["value"], cell["value"])} for cell in TABLE["cells"]]}
    printed = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_release", str(write("one")), str(write("two", tables=[table])), stdout=printed)
    exact = json.loads(printed.getvalue())["differences"][0]["exact"]
    assert {"year": "2018", "form": "AU"} in [fits["codes"] for fits in exact]


def test_two_protected_editions_tell_nothing_of_three_late_reports(write, tmp_path):
    more = {2: 5, 33: 36, 19: 22, 94: 97}
    table = TABLE | {"cells": [cell | {"value": more.get(cell["value"], cell["value"])} for cell in TABLE["cells"]]}
    protect(write("one"))
    protect(write("two", tables=[table]))
    assert audit(tmp_path / "one-out.json", tmp_path / "two-out.json")["exact"] == []


def test_result_never_takes_the_place_of_what_was_read(write):
    path = write("release")
    with pytest.raises(CommandError, match="name another file"):
        call_command("protect_tables", str(path), str(path))
