"""Writes many rows of one table in one go: COPY on PostgreSQL, one prepared statement on SQLite; reads rows by id. It checks no
value.

Django's bulk_create makes an object and a list of parameters of each row; measured, that costs more than sealing the row.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models.lookups import BuiltinLookup

# Below this, the round trips of a COPY cost more than it saves.
WORTH_A_COPY = 20

# A thousand rows have one moment and few days, which Django would each write anew.
REMEMBERED = 1024

_ENCODE = DjangoJSONEncoder().encode

Adapt = Callable[[Any], Any]


@models.BinaryField.register_lookup
class AnyOf(BuiltinLookup):
    """digest__any_of: as __in, for a set of a thousand digests, which Django would prepare one by one, as it does a list."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        wanted = list(self.rhs) or [b""]
        return f"{column} IN ({', '.join(['%s'] * len(wanted))})", (*parameters, *wanted)


@dataclass(frozen=True)
class _Plan:
    copy: str
    insert: str
    update: str
    adapts: Sequence[Adapt | None]


def insert(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
    """columns are names of attributes (of a foreign key with _id): all that the table has no default for."""
    plan = _plan(model, columns, connection.vendor)
    adapted = _adapted(plan, list(zip(*rows, strict=True)))
    if not adapted:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(adapted) >= WORTH_A_COPY:
            with connection.wrap_database_errors, cursor.copy(plan.copy) as copy:
                for row in adapted:
                    copy.write_row(row)
        else:
            _execute(cursor, plan.insert, adapted)


def update(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
    """Each row's other columns by its last one, the key."""
    plan = _plan(model, columns, connection.vendor)
    adapted = _adapted(plan, list(zip(*rows, strict=True)))
    if adapted:
        with connection.cursor() as cursor:
            _execute(cursor, plan.update, adapted)


def _execute(cursor: CursorWrapper, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Of many psycopg makes a pipeline, which for one row costs more than the row."""
    if len(rows) == 1:
        cursor.execute(statement, rows[0])
    else:
        cursor.executemany(statement, rows)


def chosen(statement: str, identifiers: Iterable[UUID]) -> list[tuple[Any, ...]]:
    """The rows of a statement of our own about these ids, which stand for each {ids} in it. For what is asked all the time:
    Django takes longer to write such a query than the database to answer it.

    Values are as the driver gives them; read an id by as_uuid.
    """
    wanted = [one.hex if connection.vendor == "sqlite" else one for one in identifiers]
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement.format(ids=", ".join(["%s"] * len(wanted))), wanted * statement.count("{ids}"))
        return list(cursor.fetchall())


def read(rows: models.QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """All of them, each value as the driver gives it: of a hundred thousand, Django takes longer to turn them into its own."""
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def as_uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _adapted(plan: _Plan, columns: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Column by column, since most need nothing."""
    adapted = [
        values if adapt is None else [None if value is None else adapt(value) for value in values]
        for adapt, values in zip(plan.adapts, columns, strict=bool(columns))
    ]
    return list(zip(*adapted, strict=True))


@cache
def _plan(model: type[models.Model], columns: tuple[str, ...], vendor: str) -> _Plan:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    quoted = [connection.ops.quote_name(str(field.column)) for field in fields]
    names, sets = ", ".join(quoted), ", ".join(f"{name} = %s" for name in quoted[:-1])
    table = connection.ops.quote_name(model._meta.db_table)
    return _Plan(
        copy=f"COPY {table} ({names}) FROM STDIN",
        insert=f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})",  # noqa: S608 - names of our own
        update=f"UPDATE {table} SET {sets} WHERE {quoted[-1]} = %s",  # noqa: S608
        adapts=tuple(_adapter(_target(field), vendor) for field in fields),
    )


def _target(field: Any) -> Any:
    return _target(field.target_field) if isinstance(field, models.ForeignKey) else field


def _adapter(field: Any, vendor: str) -> Adapt | None:
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.CharField):
        return str
    if vendor == "postgresql":
        return None
    if isinstance(field, models.UUIDField):
        return _hex
    if isinstance(field, models.DateTimeField):
        return lru_cache(REMEMBERED)(connection.ops.adapt_datetimefield_value)
    return lru_cache(REMEMBERED)(connection.ops.adapt_datefield_value) if isinstance(field, models.DateField) else None


class Encoded(str):
    """JSON already, of a value that comes in row after row."""

    __slots__ = ()


def _json(value: Any) -> str:
    if type(value) is Encoded:
        return value
    return _ENCODE(value) if value or value == [] else "{}"


def _hex(value: Any) -> str:
    return str(value.hex)
