"""Compares all candidates of many reports in portions, in as many processes as there are processors.

What a portion is depends on the reports alone, so that any number of processes finds the same.
"""

from dataclasses import dataclass, replace

import numpy as np

from intake.linkage import candidates, em, engine, processes
from intake.linkage.candidates import Blocks
from intake.linkage.columns import Frozen
from intake.linkage.engine import Scored
from intake.linkage.fellegi_sunter import Parameters
from intake.linkage.sieve import Sieve

# Pairs listed for one portion, the same two once for every key that they share: what a portion needs in memory.
LISTED_AT_ONCE = 1_000_000
# Candidates that weights are estimated on, and pairs listed to find them: more say nothing else.
ESTIMATED_ON = 500_000
LISTED_TO_ESTIMATE = 4_000_000


@dataclass(frozen=True)
class Found:
    """The pairs of the automatic and question bands, of how many candidates."""

    scored: Scored
    candidates: int


def scored(frozen: Frozen, blocks: Blocks, parameters: Parameters, many: int) -> Found:
    """All candidates compared but those that cannot reach the lower bound.

    Arguments: frozen, ready to compare many (quick.prepared); many, how many processes. Returns: the pairs ascending, as
    engine.score_all of all candidates would. Errors: none of its own.
    """
    sieve = Sieve(frozen, parameters)

    def of(rows: tuple[int, int]) -> Found:
        left, right = blocks.pairs(range(*rows))
        kept = np.flatnonzero(sieve.keeps(left, right))
        return Found(engine.score_all(frozen, left[kept], right[kept], parameters), len(left))

    found = list(processes.each(of, candidates.portions(blocks.listed, LISTED_AT_ONCE) or [(0, 0)], many))
    whole = {name: np.concatenate([getattr(one.scored, name) for one in found]) for name in Scored.__dataclass_fields__}
    return Found(Scored(**whole), sum(one.candidates for one in found))


def estimated(frozen: Frozen, blocks: Blocks, start: Parameters) -> Parameters:
    """Weights from EM on the candidates of all rows, or of every so many-th where those are more than ESTIMATED_ON.

    Arguments: rows in an order that does not depend on that of arrival. Errors: none.
    """
    step = 1 + int(blocks.listed.sum()) // LISTED_TO_ESTIMATE
    left, right = blocks.pairs(range(0, blocks.size, step))
    thin = 1 + len(left) // ESTIMATED_ON
    left, right = left[::thin], right[::thin]
    found = em.estimate(frozen.compare(left, right), start)
    all_of = "all" if step * thin == 1 else "a sample of"
    return replace(found, fitted_on=f"{all_of} candidate pairs of the file, {len(left)}")
