"""How hard the made-up registers are: python -m benchmarks.calibration writes benchmarks/registers.md. It tests nothing.

Links registers of 5,000 persons by methods of which the results on the evaluation registers are published, so that the two
can be compared. Needs the packages of requirements-relink.txt, in an environment of their own.
"""

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

from benchmarks.baselines import Scored, clusters, exact_pairs, match_key_pairs
from benchmarks.registers import Register, Row, make_register
from benchmarks.splink_baseline import scored_pairs
from intake.linkage.evaluation import Evaluation, evaluate

REPORT = Path(__file__).parent / "registers.md"
PERSONS = 5_000
SEEDS = (1, 2, 3)
THRESHOLDS = (0.9, 0.99)
# Of the evaluation registers, as published: precision, recall, F1, B-cubed F1, error in the number of persons.
PUBLISHED = {
    "exact": "1.000 | .334 | .501 | .868 | +32 %",
    "match keys": ".944 | .759 | .841 | .950 | +8 %",
    "Splink 5, p >= 0.9": ".963 | .819 | .885 | .962 | +7 %",
}
SIMPLE: dict[str, Callable[[Sequence[Row]], list[Scored]]] = {"exact": exact_pairs, "match keys": match_key_pairs}


@dataclass
class Measured:
    """Over all seeds: evaluations by method, look-alikes joined by method, and by kind how many true pairs Splink found."""

    evaluations: dict[str, list[Evaluation]] = field(default_factory=dict)
    joined: Counter[str] = field(default_factory=Counter)
    look_alikes: int = 0
    pairs: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, method: str, register: Register, cluster_of: dict[str, int]) -> None:
        self.evaluations.setdefault(method, []).append(evaluate(cluster_of, register.truth))
        self.joined[method] += sum(
            cluster_of[alike.report_id_a] == cluster_of[alike.report_id_b] for alike in register.look_alikes
        )

    def add_kinds(self, register: Register, cluster_of: dict[str, int]) -> None:
        for (one, other), kinds in register.kinds.items():
            for kind in kinds or ("none",):
                self.pairs[kind] += 1
                self.found[kind] += cluster_of[one] == cluster_of[other]


def measured() -> Measured:
    total = Measured()
    for seed in SEEDS:
        register = make_register(PERSONS, seed=seed)
        total.look_alikes += len(register.look_alikes)
        for method, pairs in SIMPLE.items():
            total.add(method, register, clusters(register.rows, pairs(register.rows), 0.5))
        scored = scored_pairs(register.rows)
        for threshold in THRESHOLDS:
            cluster_of = clusters(register.rows, scored, threshold)
            total.add(f"Splink 5, p >= {threshold}", register, cluster_of)
        total.add_kinds(register, cluster_of)
    return total


def lines() -> Iterator[str]:
    started, total = time.process_time(), measured()
    yield "# Made-up registers: how hard they are\n"
    yield f"Written by `python -m benchmarks.calibration` on {datetime.now(UTC):%d %B %Y}; {os.cpu_count()} cores, load"
    yield f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}; {time.process_time() - started:.0f} s of processor."
    yield f"Means of the seeds {', '.join(map(str, SEEDS))} at {PERSONS:,} persons. Published: of the evaluation registers,"
    yield "which are kept apart; how their match keys were made is not known, and those here are of the same kind only.\n"
    yield "| method | | precision | recall | F1 | B-cubed F1 | persons too many | look-alikes joined |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for method, evaluations in total.evaluations.items():
        figures = " | ".join(f"{mean(getattr(each, name) for each in evaluations):.3f}" for name in FIGURES)
        persons = mean(each.person_count_error for each in evaluations)
        yield f"| {method} | here | {figures} | {persons:+.0%} | {total.joined[method] / total.look_alikes:.1%} |"
        if method in PUBLISHED:
            yield f"| | published | {PUBLISHED[method]} | |"
    yield "\n## Recall of Splink by error, p >= 0.99\n"
    yield "A pair with several errors counts for each of them.\n"
    yield "| error | true pairs | share | found |\n| --- | --- | --- | --- |"
    for kind in sorted(total.pairs, key=lambda kind: total.found[kind] / total.pairs[kind]):
        pairs = total.pairs[kind]
        share = pairs / sum(each.pairs_true for each in total.evaluations["exact"])
        yield f"| {kind.replace('_', ' ')} | {pairs:,} | {share:.1%} | {total.found[kind] / pairs:.2f} |"


FIGURES = ("precision", "recall", "f1", "bcubed_f1")

if __name__ == "__main__":
    REPORT.write_text("\n".join(lines()) + "\n", encoding="utf-8")
