"""Measures the estimate of the hidden population: `python -m benchmarks.estimation` writes benchmarks/estimation.md.

Searches and replicates are timed on the published tables; the coverage of intervals is counted on made-up populations.
"""

import json
import os
import platform
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from reports.estimation.answer import ESTIMATE, RANGE, REFUSED, Answer, Asked, answer
from reports.estimation.histories import BadTableError, OverlapTable, read_table
from reports.estimation.replicates import replicate
from reports.estimation.selection import EXHAUSTIVE_BIC, STEPWISE_P, Search, choose

HERE = Path(__file__).resolve().parent
TABLES = HERE.parent / "tests" / "reference" / "overlap_tables.json"
REPLICATES = 1000
# Populations drawn of each kind for the profile; for the bootstrap fewer, by the number of lists: each takes seconds.
DRAWN = 150
REPLICATES_OF_COVERAGE = 200
BOOTSTRAPPED = {4: 60, 5: 20}
# Chan, Silverman and Vincent 2021, by their own programme: 1,000 replicates, the search by p-value repeated in each.
PUBLISHED_BCA = (8_785, 14_701)


@dataclass(frozen=True)
class Population:
    """size persons; chances: of each list; odds: ratios for pairs of lists, as numbers of histories."""

    name: str
    size: int
    chances: tuple[float, ...]
    odds: tuple[tuple[int, float], ...]


POPULATIONS = (
    Population("four lists, one strong pair", 8_000, (0.15, 0.12, 0.2, 0.1), ((0b0011, 4.0),)),
    Population("four lists, a pair that avoids each other", 8_000, (0.15, 0.12, 0.2, 0.1), ((0b0110, 0.25),)),
    Population("five lists, two pairs", 10_000, (0.1, 0.08, 0.12, 0.06, 0.1), ((0b00011, 4.0), (0b11000, 3.0))),
    Population("four lists, one weak pair", 8_000, (0.15, 0.12, 0.2, 0.1), ((0b0011, 1.5),)),
)


def draw(population: Population, seed: int) -> OverlapTable:
    histories = np.arange(2 ** len(population.chances))
    weights = np.ones(len(histories))
    for place, chance in enumerate(population.chances):
        weights *= np.where(histories >> place & 1, chance, 1 - chance)
    for term, ratio in population.odds:
        weights *= np.where(histories & term == term, ratio, 1.0)
    counts = np.random.default_rng(seed).multinomial(population.size, weights / weights.sum()).astype(np.float64)
    counts[0] = 0
    return OverlapTable(tuple("ABCDEF"[: len(population.chances)]), counts)


def answered(population: Population, replicates: int, seed: int) -> tuple[str, bool, bool]:
    """The status, whether the interval holds the size, and whether a range does."""
    try:
        found: Answer = answer(draw(population, seed), Asked(replicates=replicates, seed=seed))
    except BadTableError:
        return REFUSED, False, False
    size, limits = population.size, found.interval
    inside = limits is not None and limits.high is not None and limits.low <= size <= limits.high
    return found.status, inside, found.span is not None and found.span[0] <= size <= found.span[1]


def coverage(population: Population, replicates: int, number: int) -> str:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(partial(answered, population, replicates), range(1, number + 1), chunksize=5))
    given = [one for one in found if one[0] == ESTIMATE]
    ranges = [one for one in found if one[0] == RANGE]
    kind = f"{replicates} replicates" if replicates else "profile"
    held = f"{sum(one[1] for one in given) / len(given):.1%} of {len(given)}" if given else "none given"
    of_ranges = f"{sum(one[2] for one in ranges)} of {len(ranges)}" if ranges else "none given"
    refused = number - len(given) - len(ranges)
    return f"| {population.name} | {population.size:,} | {kind} | {held} | {of_ranges} | {refused} |"


def _covered(population: Population) -> Iterator[str]:
    yield coverage(population, 0, DRAWN)
    yield coverage(population, REPLICATES_OF_COVERAGE, BOOTSTRAPPED[len(population.chances)])


def british() -> str:
    """The interval of the five British lists by the published search."""
    asked = Asked(search=STEPWISE_P, replicates=REPLICATES, seed=1234, processes=2)
    limits = answer(published("uk5"), asked).interval
    if limits is None or limits.high is None:
        return "refused"
    return f"{limits.low:,.0f} to {limits.high:,.0f} ({limits.method})"


def published(name: str) -> OverlapTable:
    tables = json.loads(TABLES.read_text(encoding="utf-8"))["tables"]
    return read_table(next(table for table in tables if table["id"] == name)).ordered()


def timed(what: str, work: Callable[[], object]) -> str:
    """A row with wall seconds, and processor seconds of this process and those it started."""
    wall, before = time.perf_counter(), _processor()
    work()
    return f"| {what} | {time.perf_counter() - wall:.1f} | {_processor() - before:.1f} |"


def _processor() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _peak() -> int:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024


def times() -> Iterator[str]:
    for name in ("uk6", "nl6"):
        table = published(name)
        yield timed(
            f"{name}: all 32,768 pairwise models of six lists",
            partial(choose, table.counts, Search(6, EXHAUSTIVE_BIC, 2)),
        )
    table, how = published("uk5"), Search(5, EXHAUSTIVE_BIC, 2)
    yield timed(
        f"uk5: {REPLICATES:,} replicates on five lists, each over all 1,024 models, two processes",
        partial(replicate, table.counts, how, number=REPLICATES, seed=1, processes=2),
    )


PAGE = """# The hidden population, measured

`python -m benchmarks.estimation` on {day}; {machine}.
The machine may be shared: read processor seconds.

## Time

| what | wall (s) | processor (s) |
| --- | --- | --- |
{rows}

The largest process held {peak} MB at most.

## Coverage of 95% intervals on made-up populations

Lists are drawn with the dependence named (odds ratios of pairs). The profile likelihood takes the chosen model as given; the
bootstrap repeats the search in each replicate. Coverage counts the answers with status `estimate`; beside it how many of the
ranges hold the size, and how many populations were refused. Of 60 intervals the coverage is known to about six points, of 20 to
ten, of 150 to four.

| population | persons | interval | coverage | ranges that hold it | refused |
| --- | --- | --- | --- | --- | --- |
{covered}

## The published interval of five British lists

Search by p-value, {replicates:,} replicates: {bca}. Published: {published}. Acceleration and levels are taken as the authors'
programme takes them; the lower limit is one of the lowest few replicates, so that it hangs on the draw.
"""


def report() -> str:
    load = os.getloadavg()[0]
    rows = "\n".join(times())
    peak = _peak()
    covered = "\n".join(chain.from_iterable(_covered(one) for one in POPULATIONS))
    machine = f"{os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after"
    return PAGE.format(
        day=f"{datetime.now(UTC):%d %B %Y}",
        machine=f"{machine}, Python {platform.python_version()}",
        rows=rows,
        peak=peak,
        covered=covered,
        replicates=REPLICATES,
        bca=british(),
        published="{:,} to {:,}".format(*PUBLISHED_BCA),
    )


if __name__ == "__main__":
    (HERE / "estimation.md").write_text(report(), encoding="utf-8")
