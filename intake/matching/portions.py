"""Splits long lists for queries: SQLite takes at most 32,766 parameters."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from safeguards import bulk

MOST_PARAMETERS = 10_000

Value = TypeVar("Value")


def in_portions(values: Iterable[Value], most: int = MOST_PARAMETERS) -> Iterator[list[Value]]:
    distinct = list(set(values))
    for start in range(0, len(distinct), most):
        yield distinct[start : start + most]


def chosen(statement: str, identifiers: Iterable[UUID]) -> Iterator[tuple[Any, ...]]:
    """As bulk.chosen, of any number of ids; a statement may name them three times."""
    for portion in in_portions(identifiers):
        yield from bulk.chosen(statement, portion)
