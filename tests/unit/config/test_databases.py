"""DATABASE_URL becomes Django's setting, and is never shown where it is wrong."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import databases


def test_postgres_address_is_taken_apart() -> None:
    found = databases.from_url("postgres://baken:p%40ss@db.example:5433/register?sslmode=verify-full")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "register")
    assert (found["USER"], found["PASSWORD"]) == ("baken", "p@ss")
    assert found["OPTIONS"] == {"sslmode": "verify-full"}


def test_sqlite_loses_nothing_at_a_power_failure_and_erases_what_is_deleted() -> None:
    options = databases.from_url("sqlite:///data/baken.sqlite3")["OPTIONS"]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        assert pragma in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_other_databases_are_refused_without_showing_the_address() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        databases.from_url("mysql://baken:geheim@db.example/register")
    assert "geheim" not in str(refused.value)
