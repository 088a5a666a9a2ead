"""Seconds by step and peak memory of linking one file: `python -m benchmarks.linkage_scale engine|splink FOLDER`.

The file was written by benchmarks.registers; a process of its own, so that its peak of memory is that of linking alone.
"""

import csv
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from benchmarks.baselines import clusters
from benchmarks.linkage_quality import LIKELY, SPLINK
from benchmarks.registers import Row
from intake.linkage import candidates, copies, engine, files, in_bulk, making, processes, questions, quick
from intake.linkage.engine import Linked
from intake.linkage.evaluation import evaluate
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.linking import OF_FILES

if SPLINK:
    from benchmarks.splink_baseline import scored_pairs

# Seconds of wall after which a measurement is stopped.
LIMIT = 600
BETWEEN_LOOKS = 0.2


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
        wall, processor = time.perf_counter(), _processor()
        yield
        self.seconds[name] = time.perf_counter() - wall
        self.processor[name] = _processor() - processor
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


@processes.uncollected()
def by_engine(folder: Path) -> None:
    """The steps of linking.link_file with the shipped weights, one after the other."""
    steps, many = Steps(), processes.available()
    with steps.step("reading the file"):
        reports = files.read_reports(folder / "reports.csv")
    with steps.step("making features"):
        frozen = quick.prepared(making.columns_of(reports, files.throw_away_digests(), many))
    parameters = shipped(OF_FILES).of_size(len(reports))
    with steps.step("equal reports"):
        distinct = copies.without_copies(frozen, tuple(reports), set(), parameters)
    del reports
    frozen, members = distinct.frozen, distinct.members
    with steps.step("blocking"):
        blocks = candidates.blocks_of(frozen, parameters.cap)
    with steps.step("comparing"):
        found = in_bulk.scored(frozen, blocks, parameters, many)
    steps.counts |= {"processes": many, "candidate pairs": found.candidates, "pairs kept": len(found.scored.left)}
    steps.counts |= {"tokens worn": blocks.worn}
    del blocks, frozen
    with steps.step("clustering"):
        clusters = distinct.with_copies(engine.unite(members, found.scored, frozenset(), frozenset(), parameters))
    with steps.step("questions"):
        linked = Linked(members, found.scored, clusters, 0)
        steps.counts["questions"] = len(questions.most_useful(linked, frozenset()))
    steps.judge({report: number for number, group in enumerate(clusters.groups) for report in group}, folder)


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


def _processor() -> float:
    """Seconds of this process and of those that it started and that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


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
    """In a process of its own, stopped after LIMIT: then the steps that were finished.

    Among the counts the most megabytes that it and the processes it started held together, what they share counted once.
    """
    command = (sys.executable, "-m", "benchmarks.linkage_scale", way, str(folder))
    start, most = time.monotonic(), 0
    with (
        TemporaryFile("w+", encoding="utf-8") as told,
        subprocess.Popen(command, stdout=told, start_new_session=True) as process,
    ):
        while process.poll() is None:
            most = max(most, _held(process.pid))
            if time.monotonic() - start > LIMIT:
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(BETWEEN_LOOKS)
        told.seek(0)
        steps = Steps(**json.loads(told.read().splitlines()[-1]))
    steps.counts["megabytes together"] = most
    return steps


def _held(process: int) -> int:
    """Proportional set size of a process and its children, in megabytes; 0 for what has ended."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        (kilobytes,) = re.findall(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    except (OSError, ValueError):
        return 0
    return int(kilobytes) // 1024 + sum(_held(int(child)) for child in children)


def main() -> None:
    way, folder = sys.argv[1:]
    WAYS[way](Path(folder))


if __name__ == "__main__":
    main()
