"""Made-up tables: all sums of a count of combinations, and every table that fits what is printed, by enumeration."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from reports.disclosure.linking import sums
from reports.disclosure.release import TOTAL, Cell, Key, Release, Table

Counts = Mapping[tuple[str, ...], int]


def table(dimensions: Sequence[str], counts: Counts, name: str = "t", population: str = "base") -> Table:
    """A table with all its margins, from counts by one code per dimension."""
    sums_of: Counter[tuple[str, ...]] = Counter()
    for codes, count in counts.items():
        for kept in product((True, False), repeat=len(codes)):
            sums_of[tuple(code if keep else TOTAL for code, keep in zip(codes, kept, strict=True))] += count
    cells = tuple(Cell(codes, count) for codes, count in sorted(sums_of.items()))
    return Table(name, population, tuple(dimensions), cells)


def margin(counts: Counts, kept: Sequence[int]) -> dict[tuple[str, ...], int]:
    """The counts by some of the dimensions."""
    found: Counter[tuple[str, ...]] = Counter()
    for codes, count in counts.items():
        found[tuple(codes[place] for place in kept)] += count
    return dict(found)


def all_that_fit(printed: Release, ranges: Mapping[Key, range]) -> Iterator[dict[Key, int]]:
    """Every way to count the cells that agrees with the sums, by trying all: free cells first, the rest follows or fails."""
    rules = list(sums(printed))
    keys = list(ranges)

    def extend(found: dict[Key, int], left: list[Key]) -> Iterator[dict[Key, int]]:
        if not left:
            yield dict(found)
            return
        key, *rest = left
        for count in ranges[key]:
            found[key] = count
            if all(_holds(one, found) for one in rules if key in (one.whole, *one.parts)):
                yield from extend(found, rest)
            del found[key]

    yield from extend({}, keys)


def _holds(one, found: Mapping[Key, int]) -> bool:
    """Whether a sum can still come right: what is counted so far is at most the whole, and is it once all parts are there."""
    if one.whole not in found:
        return True
    parts = [found[part] for part in one.parts if part in found]
    if sum(parts) > found[one.whole]:
        return False
    return len(parts) < len(one.parts) or not one.complete or sum(parts) == found[one.whole]
