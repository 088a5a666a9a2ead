"""DuckDB on this machine for a relink: its database and what does not fit in memory lie in the spill folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI


class OnDuckDB:
    overlap = "list_has_any"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.api = DuckDBAPI(connection)

    def open(self, table: str, path: Path) -> Any:
        self._connection.execute(f"create view {table} as select * from read_parquet('{path}')")  # noqa: S608
        return self.api.register(table)

    def make(self, table: str, query: str) -> None:
        self._connection.execute(f"create table {table} as {query}")


@contextmanager
def opened(folder: Path) -> Iterator[OnDuckDB]:
    connection = duckdb.connect(str(folder / "relink.duckdb"), config={"temp_directory": str(folder / "temp")})
    try:
        yield OnDuckDB(connection)
    finally:
        connection.close()
