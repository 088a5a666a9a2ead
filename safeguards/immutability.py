"""Rows that are written once: a base model that refuses changes, and triggers for who goes around it. It hides nothing."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from safeguards.errors import AppendOnlyError

SQLITE = {
    "update": "BEFORE UPDATE ON {table}",
    "delete": "BEFORE DELETE ON {table}",
    # INSERT OR REPLACE deletes without firing the trigger above.
    "replace": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})",
}
POSTGRESQL = {
    "change": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
    "truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}
FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
TRIGGER_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D' AND NOT tgisinternal",
}


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        _refuse(self.model)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> NoReturn:
        _refuse(self.model)

    def delete(self) -> NoReturn:
        _refuse(self.model)


class AppendOnly(models.Model):
    """Saved once, then only read. Its table also needs the triggers: protect() in a migration."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse(type(self))


def protect(table: str, key: str) -> RunPython:
    """The migration operation that puts the triggers on a table; key is its primary key's column."""
    return RunPython(partial(_install_in_migration, table=table, key=key), partial(_remove_in_migration, table=table))


def unprotect(table: str, key: str) -> RunPython:
    """Before a migration that alters the table, which can lose triggers; protect() comes after it."""
    return RunPython(partial(_remove_in_migration, table=table), partial(_install_in_migration, table=table, key=key))


def install(connection: BaseDatabaseWrapper, table: str, key: str) -> None:
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, table, key):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, table: str) -> None:
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _names(connection.vendor, table):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def missing_triggers(connection: BaseDatabaseWrapper, table: str) -> Sequence[str]:
    """The triggers that the table should have and has not, or has switched off."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER_NAMES[connection.vendor], [table])
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in _names(connection.vendor, table) if name not in there]


def _events(vendor: str) -> dict[str, str]:
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]


def _names(vendor: str, table: str) -> list[str]:
    return [f"{table}_{event}" for event in _events(vendor)]


def _statements(vendor: str, table: str, key: str) -> list[str]:
    if vendor == "postgresql":
        action, first = f"EXECUTE FUNCTION {table}_is_append_only()", [FUNCTION.format(table=table)]
    else:
        action, first = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END", []
    events = {event: when.format(table=table, key=key) for event, when in _events(vendor).items()}
    return first + [f"CREATE TRIGGER {table}_{event} {when} {action}" for event, when in events.items()]


def _install_in_migration(_: Apps, editor: BaseDatabaseSchemaEditor, *, table: str, key: str) -> None:
    install(editor.connection, table, key)


def _remove_in_migration(_: Apps, editor: BaseDatabaseSchemaEditor, *, table: str) -> None:
    remove(editor.connection, table)


def _refuse(model: type[models.Model]) -> NoReturn:
    raise AppendOnlyError(f"A row of {model._meta.db_table} is written once and never changed or removed.")
