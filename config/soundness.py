"""Whether this process may start: keys, settings and the state of the database. Each problem is a sentence with its cure."""

import sys

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import Error
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from safeguards import checks as key_checks

UNREACHABLE = "The database does not answer; start it, or correct DATABASE_URL."
AHEAD = "The database was made by newer code than this; update the code, or put back a backup of its time."
MISSING_KEY = "baken.E001"
MISSING_KEYS = "{} keys are missing in {}; put them back from the key backup, or make new ones: manage.py create_keys."
BEHIND = "The database is behind the code; run manage.py migrate."


def database_problem() -> str:
    """Empty where the database has exactly the tables that the code expects."""
    try:
        if newer_than_code():
            return AHEAD
        return BEHIND if _missing_migrations() else ""
    except OperationalError:
        return UNREACHABLE


def newer_than_code() -> bool:
    """The database knows migrations of our applications that the code does not."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    ours = {config.label for config in apps.get_app_configs()}
    return any(label in ours and (label, name) not in known for label, name in loader.applied_migrations)


def _missing_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def setting_problems() -> list[str]:
    """What the start-up checks of every package find, warnings left out; many missing keys are one problem."""
    found = [error for error in (*checks.run_checks(), *key_checks.key_ring()) if error.level >= checks.ERROR]
    missing = [error for error in found if error.id == MISSING_KEY]
    if len(missing) > 1:
        found = [Error(MISSING_KEYS.format(len(missing), settings.KEY_DIR)), *(one for one in found if one not in missing)]
    return [" ".join(filter(None, (error.msg, error.hint))) for error in found]


def stop_unless_sound() -> None:
    """End this process with the sentences if it must not start."""
    problems = setting_problems()
    if not problems and (problem := database_problem()):
        problems.append(problem)
    if problems:
        sys.exit("\n".join(problems))
