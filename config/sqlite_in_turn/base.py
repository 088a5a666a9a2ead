"""Django's SQLite backend with a queue before the one writer: whoever writes waits in turn for a lock on a file.

SQLite itself lets waiting writers sleep and try again; under load some of them wait for seconds while others pass. The kernel
wakes the next at once, over threads and processes, and a killed process holds no lock any longer. It changes nothing else.
"""

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from sqlite3 import Connection
from typing import Any, BinaryIO

from django.db.backends.sqlite3 import base

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)

Turn = Callable[[str], AbstractContextManager[None]]


class Cursor(base.SQLiteCursorWrapper):
    """Takes a turn for a statement that writes outside a transaction."""

    def __init__(self, connection: Connection, turn: Turn) -> None:
        super().__init__(connection)
        self.turn = turn

    def execute(self, query: str, params: Any = None) -> Any:
        with self.turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.turn(query):
            return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction writes from its beginning (transaction_mode IMMEDIATE), so it holds the turn from there to its end."""

    # The methods that are overridden are not in the type stubs.
    _turn: BinaryIO | None = None

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=lambda connection: Cursor(connection, self._turn_for))

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            if not self._in_transaction():
                self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _turn_for(self, query: str) -> AbstractContextManager[None]:
        return self._one_turn() if WRITES.match(query) and not self._in_transaction() else nullcontext()

    @contextmanager
    def _one_turn(self) -> Iterator[None]:
        self._take_turn()
        try:
            yield
        finally:
            self._give_turn()

    def _in_transaction(self) -> bool:
        return self.connection is not None and self.connection.in_transaction

    def _take_turn(self) -> None:
        """Whoever is next holds a lock of its own while it waits, so that nobody takes two turns while others wait."""
        if self._turn is None and not self.is_in_memory_db():
            with self._locked("next"):
                self._turn = self._locked("turn")

    def _locked(self, ending: str) -> BinaryIO:
        file = open(f"{self.settings_dict['NAME']}-{ending}", "ab")  # noqa: SIM115 - held beyond this function
        fcntl.flock(file, fcntl.LOCK_EX)
        return file

    def _give_turn(self) -> None:
        file, self._turn = self._turn, None
        if file is not None:
            file.close()
