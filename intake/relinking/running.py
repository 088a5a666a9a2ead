"""A full relink of records by Splink: the tables are written, blocked and compared in another engine, and pairs come back.

The levels and rarities that come back are weighed once more by our own lines, so that bands and cautions are one rule.
"""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from splink import Linker

from intake.linkage import columns, engine
from intake.linkage.columns import Frozen
from intake.linkage.comparisons import Field
from intake.linkage.engine import Scored
from intake.linkage.fellegi_sunter import Parameters
from intake.relinking import model, tables
from intake.relinking.model import Compared
from intake.relinking.statements import BY_STATEMENT, statements


class Database(Protocol):
    """One of Splink's engines. overlap is its name for 'two lists share an element'."""

    overlap: str
    api: Any

    def open(self, table: str, path: Path) -> Any:
        """Register a parquet file under a name."""

    def make(self, table: str, query: str) -> None:
        """Keep the rows of a query under a name, inside the spill folder."""


class Opening(Protocol):
    def __call__(self, folder: Path) -> AbstractContextManager[Database]: ...


@dataclass(frozen=True)
class Relinked:
    """scored: the pairs of the automatic and question bands. compared: how many pairs shared a token. worn_tokens: as Linked.
    furthest: the most that a weight summed by the engine is off ours.
    """

    scored: Scored
    compared: int
    worn_tokens: int
    furthest: float


def relink(frozen: Frozen, opening: Opening, folder: Path, parameters: Parameters) -> Relinked:
    """All pairs of the rows that share a token, compared and weighed by Splink in the database that opening gives.

    Arguments: folder, an empty private one, for everything that is written. Errors: SplinkException and the engine's own,
    whose texts hold statements and numbers of digests: not for logs.
    """
    worn = tables.write(frozen, parameters.cap, folder)
    with _quiet(), opening(folder) as database:
        fields = model.compared(database.overlap)
        predicted = _predicted(database, fields, folder, parameters)
        for name in (tables.WORDS, tables.NAME_WORDS, tables.NATIONALITIES):
            database.open(name, tables.path_of(folder, name))
        for name, query in statements(predicted.physical_name, database.overlap, fields, parameters):
            database.make(name, query)
        count = database.api.query_sql(f"select count(*) as pairs from {predicted.physical_name}")  # noqa: S608
        kept = database.api.table_to_splink_dataframe("kept", "kept").as_pyarrow_table()
        return _brought_back(kept, fields, (count.as_record_list()[0]["pairs"], worn), parameters)


def _predicted(database: Database, fields: tuple[Compared, ...], folder: Path, parameters: Parameters) -> Any:
    reports = database.open(tables.REPORTS, tables.path_of(folder, tables.REPORTS))
    linker = Linker(reports, model.settings(fields, parameters), log_level=logging.ERROR)
    return linker.inference.predict(warning_mode="never")


def _brought_back(kept: Any, fields: tuple[Compared, ...], counts: tuple[int, int], parameters: Parameters) -> Relinked:
    found = {name: kept[name].to_numpy() for name in kept.column_names}
    levels = {one.field: one.codes(found[f"mw_{one.name}"], parameters.weights[one.field]) for one in fields}
    rarities = {one.field: np.zeros(len(kept), dtype=np.uint8) for one in fields}
    rarities[Field.NATIONALITY] = found["nationality_rarity"].astype(np.uint8)
    for field in BY_STATEMENT:
        levels[field] = found[f"{model.column(field)}_level"].astype(np.uint8)
        rarities[field] = found[f"{model.column(field)}_rarity"].astype(np.uint8)
    compared = columns.Compared({field: levels[field] for field in Field}, {field: rarities[field] for field in Field})
    left, right = (found[name].astype(np.int64) for name in ("report_l", "report_r"))
    scored = engine.scored(compared, np.minimum(left, right), np.maximum(left, right), parameters)
    off = np.abs(engine.weights_of(compared, parameters) - found["weight"])
    return Relinked(scored, *counts, furthest=float(off.max(initial=0.0)))


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink logs its statements, and py4j what it sends."""
    loggers = [logging.getLogger(name) for name in ("splink", "py4j", "SQLQueryContextLogger")]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)
