"""The provisional protection: every cell rounded to a multiple of five by one keyed draw for each cell. It knows no table.

Controlled rounding takes its place behind the same call. Each cell is rounded on its own, totals too: rows need not add up
to their total. The rounding is unbiased, and with one draw for a cell it never goes down where the count goes up, so a cell
is the same in every table, cut and edition as long as its count is (docs/adr/editions.md).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

METHOD = "provisional-rounding"
BASE = 5
_DRAWS = 2**64


@dataclass(frozen=True)
class Rounding:
    """seed is secret: whoever has it can tell how a cell was rounded."""

    seed: bytes = field(repr=False)
    base: int = BASE
    method: str = METHOD

    @property
    def draw(self) -> str:
        """Names the seed without telling it, so that two editions can be seen to share it."""
        return hashlib.blake2b(self.seed, person=b"name of a draw", digest_size=8).hexdigest()


def protect(cells: Mapping[str, int], rounding: Rounding) -> dict[str, int]:
    """Every cell, by the name that it has in all tables, rounded up or down to a multiple of the base.

    n is rounded up with chance (n mod base) / base, else down; 0 stays 0. All cells that are published together come in one
    call. Raises ValueError for a count below 0.
    """
    return {name: _rounded(name, count, rounding) for name, count in cells.items()}


def _rounded(name: str, count: int, rounding: Rounding) -> int:
    if count < 0:
        raise ValueError("a count cannot be less than nothing")
    left = count % rounding.base
    up = _draw(name, rounding.seed) * rounding.base < left * _DRAWS
    return count - left + (rounding.base if up else 0)


def _draw(name: str, seed: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), key=seed, person=b"cell", digest_size=8).digest(), "big")
