"""A database for one measurement, of either kind, which goes away afterwards. PostgreSQL is found by TEST_POSTGRES."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

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


def opened(url: str) -> Any:
    """A connection to look at what others write."""
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite://"), timeout=60, isolation_level=None)
    return psycopg.connect(url, autocommit=True)


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as opened:
        opened.execute(statement)
