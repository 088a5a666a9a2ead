"""No process starts on a database of another time, and none with missing keys; the sentence names the cure."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from config import soundness

pytestmark = pytest.mark.django_db


def test_database_that_fits_is_no_problem() -> None:
    assert soundness.database_problem() == ""


def test_database_that_knows_a_later_migration_is_ahead() -> None:
    MigrationRecorder(connection).record_applied("intake", "0099_later")
    assert soundness.database_problem() == soundness.AHEAD


def test_migration_of_an_application_that_was_removed_is_not_ahead() -> None:
    MigrationRecorder(connection).record_applied("formerly", "0099_later")
    assert soundness.database_problem() == ""


def test_database_that_lacks_a_migration_is_behind() -> None:
    MigrationRecorder(connection).record_unapplied("jobs", "0001_initial")
    assert soundness.database_problem() == soundness.BEHIND


def test_missing_keys_are_one_sentence(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = tmp_path
    (problem,) = soundness.setting_problems()
    assert problem.endswith("or make new ones: manage.py create_keys.")


def test_process_ends_with_the_sentence(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = tmp_path
    with pytest.raises(SystemExit, match="keys are missing"):
        soundness.stop_unless_sound()
