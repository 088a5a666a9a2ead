"""Writers of SQLite in turn: nobody waits much longer than the writers before it take, and a failure gives the turn back."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest
from django.db import DatabaseError, transaction
from django.db.utils import ConnectionHandler

from config import databases

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6
TURNS = 20
SECONDS_OF_A_TURN = 0.02


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[ConnectionHandler]:
    """Each thread gets a connection of its own to one file."""
    handler = ConnectionHandler({"default": databases.sqlite(tmp_path / "turns.sqlite3") | {"TIME_ZONE": None}})
    with handler["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE written (writer integer)")
    yield handler
    handler.close_all()


def turn_is_free(handler: ConnectionHandler) -> bool:
    """Another connection can write at once."""
    with sqlite3.connect(handler["default"].settings_dict["NAME"], timeout=0) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    return handler["default"]._turn is None


def write(handler: ConnectionHandler, writer: int, wait: float = 0.0) -> None:
    connection = handler["default"]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO written VALUES (%s)", [writer])
    sleep(wait)
    connection.commit()
    connection.set_autocommit(True)


def test_no_writer_is_passed_over_and_over_again(opened: ConnectionHandler) -> None:
    together = Barrier(WRITERS)

    def take_turns(writer: int) -> None:
        opened["default"].ensure_connection()
        together.wait()
        for _ in range(TURNS):
            write(opened, writer, SECONDS_OF_A_TURN)
        opened.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(take_turns, range(WRITERS)))
    with opened["default"].cursor() as cursor:
        cursor.execute("SELECT writer FROM written ORDER BY rowid")
        order = [writer for (writer,) in cursor.fetchall()]
    assert len(order) == WRITERS * TURNS
    longest = max(len(list(run)) for _, run in groupby(order[: len(order) // 2]))
    assert longest <= 3, "one writer took its turns while the others waited"


def test_turn_ends_with_commit_and_with_rollback(opened: ConnectionHandler) -> None:
    write(opened, 1)
    assert turn_is_free(opened)
    connection = opened["default"]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert connection._turn is not None
    connection.rollback()
    connection.set_autocommit(True)
    assert turn_is_free(opened)


def test_turn_ends_with_the_connection(opened: ConnectionHandler) -> None:
    connection = opened["default"]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.close()
    assert turn_is_free(opened)


def test_statement_outside_a_transaction_has_a_turn_of_its_own(opened: ConnectionHandler) -> None:
    with opened["default"].cursor() as cursor:
        cursor.execute("INSERT INTO written VALUES (1)")
        assert turn_is_free(opened)
        with pytest.raises(DatabaseError):
            cursor.execute("INSERT INTO missing VALUES (1)")
    assert turn_is_free(opened)


def test_transaction_that_fails_gives_the_turn_back() -> None:
    connection = transaction.get_connection()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert getattr(connection, "_turn", None) is None
