"""Tables of a file that cannot be protected: the command says why, and so does the ledger of a release, without a number."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reports.models import LedgerEntry

pytestmark = pytest.mark.django_db
CELLS = [{"form": "AU", "value": 2}, {"form": "CU", "value": 31}, {"form": "Total", "value": 99}]
CONTRADICTION = {"tables": [{"id": "2.7", "population": "base", "dims": ["form"], "filter": {}, "cells": CELLS}]}


def table(*cells: dict[str, object]) -> str:
    return json.dumps({"tables": [{"id": "a", "population": "b", "dims": ["c"], "cells": cells}]})


def refused(path: Path, command: str, *more: str) -> str:
    with pytest.raises(CommandError) as raised:
        call_command(command, str(path), *more, stderr=StringIO())
    assert raised.value.returncode == 2
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "said", "in_ledger"),
    [
        ("[]", "The file: must be an object", False),
        ("{", "not JSON", False),
        ('{"tables": [], "tables": []}', "stands twice", False),
        ("\xff", "not JSON", False),
        ('{"tables": [{"id": "a", "population": "b", "dims": ["c"], "cells": [{"c": "x"}]}]}', "cells[0]: has no", False),
        (table({"c": "x", "value": 1}, {"c": "x", "value": 99}), "twice", True),
        (table({"c": "x", "value": 99, "structural": True}), "nobody can be counted", True),
        (table({"c": "x", "value": 99, "structural": "yes"}), "must be true or false", False),
        (table({"c": "x", "value": None}), "a cell without a number", True),
        (json.dumps(CONTRADICTION), "base: Total is not what", True),
    ],
)
def test_what_cannot_be_protected_ends_with_a_sentence_and_of_a_release_it_stands_in_the_ledger(
    tmp_path: Path, text: str, said: str, in_ledger: bool
) -> None:
    path = tmp_path / "release.json"
    path.write_bytes(text.encode("latin-1"))
    reason = refused(path, "protect_tables", str(tmp_path / "out.json"))
    assert said in reason
    assert "99" not in reason
    assert not (tmp_path / "out.json").exists()
    rows = LedgerEntry.objects.values_list("kind", "outcome", "reason", "by")
    assert list(rows) == ([("tables", "refused", reason, "protect-tables")] if in_ledger else [])


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"tables": [{"id": "a", "population": "b", "dims": ["c"], "cells": [{"c": "x"}]}]}']
)
def test_attack_on_what_is_no_release_ends_with_status_two(tmp_path: Path, text: str) -> None:
    path = tmp_path / "release.json"
    path.write_text(text)
    assert refused(path, "audit_release")


def test_where_there_is_no_ledger_the_refusal_says_so(tmp_path: Path) -> None:
    path, said = tmp_path / "release.json", StringIO()
    path.write_text(json.dumps(CONTRADICTION))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {LedgerEntry._meta.db_table} RENAME TO elsewhere")
    with pytest.raises(CommandError, match="base: Total is not what"):
        call_command("protect_tables", str(path), str(tmp_path / "out.json"), stderr=said)
    assert "not in it" in said.getvalue()
