"""A database for one measurement, of either kind, which goes away afterwards. PostgreSQL is found by TEST_POSTGRES."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import psycopg

KINDS = ("SQLite", "PostgreSQL")


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Its address."""
    if kind == "SQLite":
        yield f"sqlite://{folder / 'baken.sqlite3'}"
        return
    server = os.environ.get("TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres").rpartition("/")[0]
    name = f"baken_{token_hex(6)}"
    _administer(server, f"CREATE DATABASE {name}")
    try:
        yield f"{server}/{name}"
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as opened:
        opened.execute(statement)
