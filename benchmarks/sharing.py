"""What the rule of who is compared leaves out: `python -m benchmarks.sharing [PERSONS] [SEED ...]`. It writes no report.

Beside it stand all pairs that share any token that at most 200 hold, with their true state, since everybody is made up.
"""

import sys
from dataclasses import replace

import numpy as np

from benchmarks.registers import make_register
from intake.linkage import engine, files, quick
from intake.linkage.candidates import Blocks, blocks_of
from intake.linkage.columns import Columns
from intake.linkage.decisions import Band
from intake.linkage.features import Maker, one_by_one
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.frequencies import Counted
from intake.linkage.linking import OF_FILES
from intake.linkage.ragged import Numbers
from intake.linkage.sharing import ENOUGH

ANY = 200
PERSONS, SEEDS = 5_000, (7101, 7102, 7103, 7104, 7105)


def line(persons: int, seed: int) -> str:
    """One register: pairs of the two bands that the rule leaves out, and how many candidates a report has."""
    register = make_register(persons, seed=seed)
    reports = {row.report_id: files.details_of(row._asdict()) for row in register.rows}
    maker = Maker(one_by_one(files.throw_away_digests()), Counted(reports.values()))
    frozen = quick.prepared(Columns(maker.make(details) for details in reports.values()).frozen())
    parameters = shipped(OF_FILES).of_size(len(reports))
    everybody = range(len(reports))
    blocks = blocks_of(frozen, ANY)
    shared = Blocks(blocks.size, [replace(one, points=np.full_like(one.points, ENOUGH)) for one in blocks.of_kinds])
    left, right = shared.pairs(everybody)
    size = len(reports)
    kept = blocks_of(frozen, parameters.cap).pairs(everybody)
    scored = engine.score_all(frozen, left, right, parameters)
    lost = ~np.isin(scored.left * size + scored.right, kept[0] * size + kept[1])
    person = np.unique([register.truth[report] for report in reports], return_inverse=True)[1]
    true = person[scored.left] == person[scored.right]
    cells = [f"{size:,}"]
    for band in (Band.AUTOMATIC, Band.QUESTION):
        of_band = scored.are(band)
        cells += [
            f"{(lost & of_band).sum()} of {of_band.sum()}",
            f"{(lost & of_band & true).sum()} of {(of_band & true).sum()}",
        ]
    cells += [_spread(size, left, right), _spread(size, *kept)]
    return f"| {' | '.join(cells)} |"


def _spread(size: int, left: Numbers, right: Numbers) -> str:
    counted = np.bincount(left, minlength=size) + np.bincount(right, minlength=size)
    return " / ".join(f"{share:.0f}" for share in np.percentile(counted, (50, 95)))


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:]]
    for seed in numbers[1:] or SEEDS:
        sys.stdout.write(line(numbers[0] if numbers else PERSONS, seed) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
