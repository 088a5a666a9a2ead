"""A full relink of made-up registers by each engine: `python -m benchmarks.relinking WAY FOLDER` measures one of them.

Every engine is given the same keyed features in a process of its own, so that its peak of memory is that of relinking alone;
whether the pairs are equal is compared here. It stores no persons and opens no database.
"""

import json
import os
import pickle
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.registers import make_register
from intake.linkage import engine, files
from intake.linkage.columns import Columns, Frozen
from intake.linkage.engine import Scored
from intake.linkage.features import Maker, one_by_one
from intake.linkage.fellegi_sunter import shipped
from intake.relinking import databases
from intake.relinking.spill import spill_folder

# Persons and seed: some 7,690, 30,770 and 100,000 reports.
SIZES = ((5_000, 531), (20_000, 532), (65_000, 533))
WAYS = ("own", "duckdb", "spark")
NAMES = {"own": "Baken's own engine", "duckdb": "Splink 5 on DuckDB", "spark": "Splink 5 on Spark, local[2]"}
NEEDS = {"own": "numpy", "duckdb": "splink", "spark": "pyspark"}
MASTER = "local[2]"
FEATURES, PAIRS = "features.pickle", "{way}.npz"
HEAD = """Registers of made-up persons under the register's weights, {version}. Wall is from the features in memory to pairs
in bands, the start of the engine and the writing of its tables included; memory is the most that the process and those it
started held (Spark's Java included), beside what it held before. *Equal* are pairs of which both reports, the band and the
weight to a thousandth of a bit are those of our own engine.

Processor is of all these processes together, their start too. A measurement is stopped after {limit} s.

| reports | engine | compared | pairs kept | equal | wall s | processor s | MB before, at the peak |
| --- | --- | --- | --- | --- | --- | --- | --- |"""
LIMIT = 900
# Seconds between two looks at the memory of the processes that were started.
LOOKS = 0.1


@dataclass(frozen=True)
class Told:
    """Of one engine: seconds of the wall, megabytes before and at its peak, and how many pairs shared a token."""

    seconds: float
    before: int
    peak: int
    compared: int


def lines() -> Iterator[str]:
    yield HEAD.format(version=shipped().version, limit=LIMIT)
    for persons, seed in SIZES:
        with TemporaryDirectory() as folder:
            yield from _of_size(persons, seed, Path(folder))


def _of_size(persons: int, seed: int, folder: Path) -> Iterator[str]:
    maker = Maker(one_by_one(files.throw_away_digests()))
    rows = make_register(persons, seed=seed).rows
    frozen = Columns(maker.make(files.details_of(row._asdict())) for row in rows).frozen()
    (folder / FEATURES).write_bytes(pickle.dumps(frozen))
    for way in WAYS:
        line = f"| {len(rows):,} | {NAMES[way]} | {_measured(way, folder)} |"
        # A reader of the log sees it before all are there.
        sys.stderr.write(line + "\n")
        yield line


def _measured(way: str, folder: Path) -> str:
    if find_spec(NEEDS[way]) is None:
        return "was not installed here | | | | |"
    command, before = (sys.executable, "-m", "benchmarks.relinking", way, str(folder)), _processor()
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return "stopped | | | | |"
    told = Told(**json.loads(done.stdout.splitlines()[-1]))
    kept, equal = _equal(way, folder)
    took = f"{told.seconds:.1f} | {_processor() - before:.1f}"
    return f"{told.compared:,} | {kept:,} | {equal:,} | {took} | {told.before:,}, {told.peak:,}"


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _equal(way: str, folder: Path) -> tuple[int, int]:
    """How many pairs this engine kept, and how many of them our own engine kept as they are."""
    found = [_pairs(folder / PAIRS.format(way=name)) for name in (way, "own")]
    return len(found[0]), len(found[0] & found[1])


def _pairs(path: Path) -> set[tuple[int, ...]]:
    with np.load(path) as kept:
        thousandths = np.rint(kept["weights"] * 1000).astype(np.int64)
        columns = (kept["left"], kept["right"], kept["bands"], thousandths)
        return set(zip(*(column.tolist() for column in columns), strict=True))


def _own(frozen: Frozen) -> tuple[Scored, int]:
    left, right, _ = engine.candidate_pairs(frozen, shipped().cap)
    return engine.score_all(frozen, left, right, shipped()), len(left)


def _by_splink(name: str, frozen: Frozen, folder: Path) -> tuple[Scored, int]:
    running, database = databases.loaded(name)
    opening = database.opened_at(MASTER) if name == "spark" else database.opened
    with spill_folder(folder) as spill:
        found = running.relink(frozen, opening, spill, shipped())
    return found.scored, found.compared


class Memory:
    """The most kilobytes that this process held, and each that it started, as far as they were seen while they ran."""

    def __init__(self) -> None:
        self._children: dict[str, int] = {}
        self._ended = threading.Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        yield
        self._ended.set()
        watch.join()

    def megabytes(self) -> int:
        return (peak("self") + sum(self._children.values())) // 1024

    def _watch(self) -> None:
        while not self._ended.wait(LOOKS):
            for process in _started_by(str(os.getpid())):
                self._children[process] = max(self._children.get(process, 0), peak(process))


def _started_by(process: str) -> Iterator[str]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in children:
            yield child
            yield from _started_by(child)


def peak(process: str) -> int:
    try:
        found = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[0]) if found else 0


def main() -> None:
    way, folder = sys.argv[1], Path(sys.argv[2])
    frozen = pickle.loads((folder / FEATURES).read_bytes())  # noqa: S301
    memory, before, started = Memory(), peak("self") // 1024, time.perf_counter()
    with memory.watched():
        scored, compared = _own(frozen) if way == "own" else _by_splink(way, frozen, folder)
    told = Told(time.perf_counter() - started, before, memory.megabytes(), compared)
    columns = {"left": scored.left, "right": scored.right, "bands": scored.bands, "weights": scored.weights}
    np.savez(folder / PAIRS.format(way=way), **columns)
    sys.stdout.write(json.dumps(asdict(told)) + "\n")


if __name__ == "__main__":
    main()
