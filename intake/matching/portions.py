"""Splits long lists for queries: SQLite takes at most 32,766 parameters. It queries nothing."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

MOST_PARAMETERS = 10_000

Value = TypeVar("Value")


def in_portions(values: Iterable[Value], most: int = MOST_PARAMETERS) -> Iterator[list[Value]]:
    distinct = list(set(values))
    for start in range(0, len(distinct), most):
        yield distinct[start : start + most]
