"""The migrations say what the models say, and their names say what they do."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db
def test_no_migration_is_pending() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=StringIO())


def test_no_migration_has_a_made_up_name() -> None:
    names = [path.stem for path in ROOT.glob("*/migrations/0*.py")]
    assert [name for name in names if "_auto_" in name or "_alter_" in name or name.endswith("_and_more")] == []
