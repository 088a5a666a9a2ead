"""A bootstrap that repeats the whole model search in each replicate, so that the choice is part of the uncertainty.

A replicate draws as many persons as were observed, with replacement, and each has a generator of its own from the seed and
its number: the result hangs on neither the number of processes nor their order.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import get_context

import numpy as np

from reports.estimation.histories import Counts
from reports.estimation.intervals import Interval, of_replicates
from reports.estimation.loglinear import Floats
from reports.estimation.selection import NoModelError, Search, best_model

# Replicates handed to a process at once.
AT_ONCE = 20


@dataclass(frozen=True)
class Replicates:
    """totals: those of the replicates that have one. asked: how many were drawn."""

    totals: Floats
    asked: int

    @property
    def failed(self) -> float:
        """The share of replicates without an estimate."""
        return 1 - len(self.totals) / self.asked


def replicate(counts: Counts, how: Search, *, number: int, seed: int, processes: int = 1) -> Replicates:
    """Totals of the model search on number replicates of a table; counts: (2^k,)."""
    chunks = [range(start, min(start + AT_ONCE, number)) for start in range(0, number, AT_ONCE)]
    of_chunk = partial(totals_of, counts, how, seed)
    if processes == 1:
        found = list(map(of_chunk, chunks))
    else:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            found = list(pool.map(of_chunk, chunks))
    return gathered(list(chain.from_iterable(found)))


def gathered(totals: Sequence[float]) -> Replicates:
    """The replicates of totals_of, NaN where there is none."""
    every = np.array(totals)
    return Replicates(every[np.isfinite(every)], len(every))


def totals_of(counts: Counts, how: Search, seed: int, numbers: Sequence[int]) -> list[float]:
    """The totals of the replicates with these numbers, which is how a part of them is drawn."""
    return [_total(_drawn(counts, seed, number), how) for number in numbers]


def _drawn(counts: Counts, seed: int, number: int) -> Counts:
    observed = counts.sum()
    return np.random.default_rng((seed, number)).multinomial(int(observed), counts / observed).astype(np.float64)


def _total(counts: Counts, how: Search) -> float:
    """NaN where no model has an estimate or a list came out empty."""
    try:
        return best_model(counts, how).total
    except NoModelError:
        return float("nan")


def interval(found: Replicates, counts: Counts, how: Search, total: float) -> Interval:
    """Limits for the total from its replicates; a table without one person of each history gives the acceleration."""
    seen = np.flatnonzero(counts)
    left_out = []
    for history in seen:
        fewer = counts.copy()
        fewer[history] -= 1
        left_out.append((float(counts[history]), _total(fewer, how)))
    return of_replicates(found.totals, total, [(weight, one) for weight, one in left_out if np.isfinite(one)])
