"""Competition ranks per column: equal numbers share a rank, the next one skips. It counts nothing itself."""

from collections.abc import Iterable, Mapping

TOP = 5


def ranks(counts: Mapping[str, int]) -> dict[str, int]:
    """Row to rank in one column; rank = 1 + how many rows have more. A row of zero has none."""
    ordered = sorted(counts.values(), reverse=True)
    first = {count: ordered.index(count) + 1 for count in set(ordered) if count > 0}
    return {row: first[count] for row, count in counts.items() if count > 0}


def in_a_top(columns: Iterable[Mapping[str, int]]) -> frozenset[str]:
    """The rows that are among the first five of at least one column; columns are as ranks() gives them."""
    return frozenset(row for column in columns for row, rank in column.items() if rank <= TOP)
