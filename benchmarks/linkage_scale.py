"""Seconds by step and peak memory of linking one file: `python -m benchmarks.linkage_scale engine|splink FOLDER`.

The file was written by benchmarks.registers; a process of its own, so that its peak of memory is that of linking alone.
"""

import csv
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.baselines import clusters
from benchmarks.linkage_quality import LIKELY, SPLINK
from benchmarks.registers import Row
from intake.linkage import copies, engine, files, quick
from intake.linkage.columns import Columns
from intake.linkage.evaluation import evaluate
from intake.linkage.features import Maker
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.frequencies import Counted
from intake.linkage.linking import OF_FILES

if SPLINK:
    from benchmarks.splink_baseline import scored_pairs

# Seconds of wall after which a measurement is stopped.
LIMIT = 600


@dataclass
class Steps:
    """Seconds of wall and processor by step, and the most megabytes that the process had held when the step ended."""

    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    megabytes: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = time.perf_counter() - wall
        self.processor[name] = time.process_time() - processor
        self.megabytes[name] = _peak()
        self.tell()

    def tell(self) -> None:
        """A line after every step, so that of a measurement which is stopped the finished steps are known."""
        sys.stdout.write(json.dumps(asdict(self)) + "\n")
        sys.stdout.flush()

    def judge(self, cluster_of: dict[str, int], folder: Path) -> None:
        with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
            found = evaluate(cluster_of, dict(list(csv.reader(file))[1:]))
        self.counts |= {"reports": len(cluster_of), "persons": found.persons_found, "true pairs": found.pairs_true}
        self.precision, self.recall, self.f1 = found.precision, found.recall, found.f1
        self.tell()


def by_engine(folder: Path) -> None:
    """The steps of linking.link_reports with the shipped weights, one after the other."""
    steps = Steps()
    with steps.step("reading the file"):
        reports = files.read_reports(folder / "reports.csv")
    with steps.step("making records"):
        maker = Maker(files.throw_away_digest(), Counted(reports.values()))
        frozen = Columns(maker.make(details) for details in reports.values()).frozen()
    parameters = shipped(OF_FILES).of_size(len(reports))
    with steps.step("equal reports"):
        distinct = copies.without_copies(frozen, tuple(reports), set(), parameters)
    del reports
    frozen, members = quick.prepared(distinct.frozen), distinct.members
    with steps.step("blocking"):
        left, right, worn = engine.candidate_pairs(frozen, parameters.cap)
    with steps.step("comparing"):
        scored = engine.score_all(frozen, left, right, parameters)
    steps.counts |= {"candidate pairs": len(left), "pairs kept": len(scored.left), "tokens worn": worn}
    del left, right
    with steps.step("clustering"):
        groups = distinct.with_copies(engine.unite(members, scored, frozenset(), frozenset(), parameters)).groups
    steps.judge({report: number for number, group in enumerate(groups) for report in group}, folder)


def by_splink(folder: Path) -> None:
    steps = Steps()
    with steps.step("reading the file"), (folder / "reports.csv").open(encoding="utf-8", newline="") as file:
        rows = [Row(*cells) for cells in list(csv.reader(file))[1:]]
    with steps.step("training and comparing"):
        pairs = scored_pairs(rows)
    steps.counts["pairs kept"] = len(pairs)
    with steps.step("clustering"):
        cluster_of = clusters(rows, pairs, LIKELY)
    steps.judge(cluster_of, folder)


def _peak() -> int:
    """Of this process alone: what getrusage tells begins with the peak of the process that started it."""
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) // 1024


WAYS = {"engine": by_engine, "splink": by_splink}


@contextmanager
def written(persons: int, seed: int) -> Iterator[Path]:
    """A folder with a register, made in another process so that its memory is not this one's."""
    with TemporaryDirectory() as folder:
        command = (sys.executable, "-m", "benchmarks.registers", str(persons), str(seed), folder)
        subprocess.run(command, check=True)
        yield Path(folder)


def measured(way: str, folder: Path) -> Steps:
    """In a process of its own, stopped after LIMIT: then the steps that were finished."""
    command = (sys.executable, "-m", "benchmarks.linkage_scale", way, str(folder))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        told, _ = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
    return Steps(**json.loads(told.splitlines()[-1]))


def main() -> None:
    way, folder = sys.argv[1:]
    WAYS[way](Path(folder))


if __name__ == "__main__":
    main()
