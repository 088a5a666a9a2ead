"""Lets Django empty the database after a transactional test, which append-only tables refuse. Only tests may do this."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from safeguards import immutability
from safeguards.immutability import AppendOnly


def let_flush_empty_tables() -> None:
    empty: Callable[[TransactionTestCase], None] = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with triggers_lifted():
            empty(case)

    TransactionTestCase._fixture_teardown = teardown


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """What a tamperer with the rights of the table's owner can do as well."""
    lifted = [(table, key) for table, key in append_only_tables() if not immutability.missing_triggers(connection, table)]
    for table, _ in lifted:
        immutability.remove(connection, table)
    try:
        yield
    finally:
        for table, key in lifted:
            immutability.install(connection, table, key)


def append_only_tables() -> list[tuple[str, str]]:
    models = (model for model in apps.get_models() if issubclass(model, AppendOnly))
    return [(model._meta.db_table, model._meta.pk.column) for model in models]
