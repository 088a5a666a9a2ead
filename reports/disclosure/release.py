"""Tables that go out together: typed cells, what they are counts of, and how they hang together. It protects nothing.

A cell is named by its population and by the codes that narrow it down; TOTAL narrows nothing. Two cells with one name, in
whatever tables, are one number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

TOTAL = "Total"


class Method(StrEnum):
    ROUNDING = "rounding"
    SUPPRESSION = "suppression"


class BadReleaseError(ValueError):
    """Tables that cannot be protected; the sentence says where and what to do, and holds no number."""


class NotProtectableError(BadReleaseError):
    """Tables that do not contradict each other, of which nothing that their method could let out is safe."""


class NoReleaseError(BadReleaseError):
    """What was given has not the form of a release, so that there is nothing to protect."""


@dataclass(frozen=True)
class Key:
    """The name of a number: a population and the codes by dimension, TOTAL left out."""

    population: str
    codes: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Rounding:
    """reach: how far a printed number can be from the counted one; of adjacent multiples, base - 1."""

    base: int
    mode: str = "adjacent"

    @property
    def reach(self) -> int:
        return self.base - 1


@dataclass(frozen=True)
class Cell:
    """One code per dimension of its table. value is None where it is suppressed, never where it is zero.

    structural: nobody can be counted here, whoever reads it knows that; it is printed as zero and needs no protection.
    """

    codes: tuple[str, ...]
    value: int | None
    structural: bool = False


@dataclass(frozen=True)
class Table:
    """incomplete: dimensions whose listed codes do not make up their total, as in a list of the most frequent."""

    id: str
    population: str
    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    filter: Mapping[str, str] = field(default_factory=dict)
    incomplete: frozenset[str] = frozenset()
    rounding: Rounding | None = None

    def key(self, codes: tuple[str, ...]) -> Key:
        named = zip(self.dimensions, codes, strict=True)
        return Key(self.population, frozenset((*self.filter.items(), *((name, code) for name, code in named if code != TOTAL))))

    def named(self) -> Iterator[tuple[Key, Cell]]:
        for cell in self.cells:
            yield self.key(cell.codes), cell


@dataclass(frozen=True)
class Groups:
    """Codes of one dimension that are sums of codes of another, which may be the same dimension.

    several: who is counted can be so under several members, so that a sum can be more than there are.
    """

    dimension: str
    of: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]
    several: bool = False

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        return dict(self.codes)


@dataclass(frozen=True)
class Nested:
    """One population lies within another; rest: the codes that just those have who are in the wider one alone, if any."""

    subset: str
    superset: str
    rest: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Mean:
    """Of a cell: what is known of its mean, between least and largest."""

    cell: Key
    least: float
    largest: float


@dataclass(frozen=True)
class Means:
    """Means of what a dimension gives ranges of, say of age by age band; printed of fewest or more.

    ranges: code, lowest and highest value. Whoever has no range has no part in a mean.
    """

    dimension: str
    ranges: tuple[tuple[str, int, int], ...]
    values: tuple[Mean, ...]
    fewest: int = 30

    def of(self, cell: Key, values: Mapping[Key, int | None]) -> int:
        """How many a mean is of, as these numbers tell; none where one is missing."""
        counts = [values.get(Key(cell.population, cell.codes | {(self.dimension, code)})) for code, _low, _high in self.ranges]
        return 0 if None in counts else sum(count or 0 for count in counts)


@dataclass(frozen=True)
class Fact:
    """From elsewhere: how many all of these cells count together, at least and at most; infinite where nothing bounds it."""

    cells: tuple[Key, ...]
    least: float
    largest: float


@dataclass(frozen=True)
class Release:
    """threshold: counts from 1 to below it are small.

    reference names what was counted, say an edition: releases with one reference show the same numbers. facts are of cells that
    stand in its tables; the attack uses them, protection does not.
    """

    tables: tuple[Table, ...]
    threshold: int = 5
    method: Method = Method.ROUNDING
    base: int = 5
    groups: tuple[Groups, ...] = ()
    populations: tuple[Nested, ...] = ()
    reference: str = ""
    means: tuple[Means, ...] = ()
    facts: tuple[Fact, ...] = ()

    def values(self) -> dict[Key, int]:
        """Every number by its name. Raises BadReleaseError where one number stands with two values, or is not there."""
        found: dict[Key, int] = {}
        for table in self.tables:
            for key, cell in table.named():
                if cell.value is None:
                    raise BadReleaseError(f"Table {table.id} has a cell without a number; give exact counts to protect.")
                if found.setdefault(key, cell.value) != cell.value:
                    raise BadReleaseError(
                        f"{name_of(key)} in table {table.id} differs from the same count in another table; count both as of "
                        "one moment."
                    )
        return found

    def structural(self) -> frozenset[Key]:
        return frozenset(key for table in self.tables for key, cell in table.named() if cell.structural)

    def printed(self, values: Mapping[Key, int | None], rounding: Rounding | None) -> "Release":
        """The same tables with other numbers, and the means of those that are of enough by these numbers."""
        tables = (
            replace(
                table,
                cells=tuple(replace(cell, value=values[table.key(cell.codes)]) for cell in table.cells),
                rounding=rounding,
            )
            for table in self.tables
        )
        means = tuple(
            replace(one, values=tuple(mean for mean in one.values if one.of(mean.cell, values) >= one.fewest))
            for one in self.means
        )
        return replace(self, tables=tuple(tables), means=means)


def name_of(key: Key) -> str:
    """A cell in words, for errors and findings: its population and codes, never its number."""
    codes = ", ".join(f"{dimension} {code}" for dimension, code in sorted(key.codes))
    return f"{key.population}: {codes or TOTAL}"
