"""A made-up register of keyed records and what our own engine makes of it, for tests of relinking by other engines."""

from dataclasses import dataclass, replace

from benchmarks.registers import make_register
from intake.linkage import engine, files
from intake.linkage.columns import Columns, Frozen
from intake.linkage.engine import Scored
from intake.linkage.features import Maker
from intake.linkage.fellegi_sunter import Parameters, shipped
from tests.described import digest

# So low that no pair falls under the bound: every level of every pair is compared.
EVERY_PAIR = replace(shipped(), lower=-1e6)
Pairs = dict[tuple[int, int], tuple[float, int, bool, bool]]


@dataclass(frozen=True)
class Own:
    frozen: Frozen
    compared: int
    pairs: Pairs


def own(persons: int, seed: int, parameters: Parameters) -> Own:
    maker = Maker(digest)
    rows = make_register(persons, seed=seed).rows
    frozen = Columns(maker.make(files.details_of(row._asdict())) for row in rows).frozen()
    left, right, _ = engine.candidate_pairs(frozen, parameters.cap)
    return Own(frozen, len(left), pairs(engine.score_all(frozen, left, right, parameters)))


def pairs(scored: Scored) -> Pairs:
    """By its two rows each pair's weight, band, whether it stays apart and whether its numbers differ."""
    said = (scored.weights, scored.bands, scored.apart, scored.conflicting)
    rows = zip(scored.left.tolist(), scored.right.tolist(), strict=True)
    return dict(zip(rows, zip(*(column.tolist() for column in said), strict=True), strict=True))
