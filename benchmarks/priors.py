"""What a prior that follows the register's size does: `python -m benchmarks.priors [PERSONS [SEED]]`. It writes no report.

The register's weights with their rarities from public tables, the candidates by the register's rule, persons without answers.
"""

import sys
from collections.abc import Iterator

import numpy as np

from benchmarks.registers import make_register
from intake.linkage import engine, files, quick
from intake.linkage.columns import Columns
from intake.linkage.decisions import Band
from intake.linkage.evaluation import evaluate
from intake.linkage.features import Maker, one_by_one
from intake.linkage.fellegi_sunter import doubled, shipped

PERSONS, SEED = 20_000, 7_201


def lines(persons: int, seed: int) -> Iterator[str]:
    register = make_register(persons, seed=seed)
    reports = {row.report_id: files.details_of(row._asdict()) for row in register.rows}
    maker = Maker(one_by_one(files.throw_away_digests()))
    frozen = quick.prepared(Columns(maker.make(details) for details in reports.values()).frozen())
    left, right, _ = engine.candidate_pairs(frozen, shipped().cap)
    person = np.unique([register.truth[report] for report in reports], return_inverse=True)[1]
    for times in dict.fromkeys((0, shipped().doublings(len(reports)))):
        used = doubled(times)
        scored = engine.score_all(frozen, left, right, used)
        automatic = scored.are(Band.AUTOMATIC)
        true = (person[scored.left] == person[scored.right])[automatic].sum()
        clusters = engine.unite(tuple(reports), scored, frozenset(), frozenset(), used)
        found = {report: number for number, group in enumerate(clusters.groups) for report in group}
        told = evaluate(found, register.truth)
        cells = (f"{len(reports):,}", used.version, f"{true} of {automatic.sum()}", f"{scored.are(Band.QUESTION).sum():,}")
        yield f"| {' | '.join(cells)} | {told.precision:.4f} | {told.recall:.4f} | {told.f1:.4f} |"


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:]]
    sys.stdout.write("| reports | parameters | automatic pairs, true | questions | precision | recall | F1 |\n")
    for line in lines(*(numbers + [PERSONS, SEED][len(numbers) :])):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
