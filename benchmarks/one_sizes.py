"""One new report against registers of three sizes on both databases: a fresh database for each, with the same keys."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import KINDS, database

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 1_000_000)
RUN = "from benchmarks import one_report; one_report.main({size}, {folder!r})"
HEAD = """Found: 1,000 new reports, from details in memory to candidates, their features opened, scored and put into bands. The
whole job: 200 reports that wait, each with its lock, identity opened, all that is written, and the commit. Wall of one
process. Features were sealed in chunks, as linking does; once their keys were sealed anew, each costs 0.09 ms more to open.

| database | register | found p50 | p95 | candidates p50 | p95 | whole job p50 | p95 |
| --- | --- | --- | --- | --- | --- | --- | --- |"""


def lines(sizes: Sequence[int] = SIZES) -> Iterator[str]:
    yield HEAD
    with TemporaryDirectory() as shared:
        for size in sizes:
            for kind in KINDS:
                yield f"| {kind} | {size:,} | {_measured(kind, size, shared)} |"


def _measured(kind: str, size: int, shared: str) -> str:
    with TemporaryDirectory() as folder, database(kind, Path(folder)) as url:
        environment = os.environ | {
            "BAKEN_DATA": folder,
            "BAKEN_KEYS": f"{shared}/keys",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        commands = [("migrate", "--verbosity", "0")]
        if not Path(shared, "keys").exists():
            commands.insert(0, ("create_keys",))
        for command in commands:
            subprocess.run((sys.executable, "manage.py", *command), env=environment, cwd=ROOT, check=True, stdout=sys.stderr)
        child = ("manage.py", "shell", "--verbosity", "0", "--command", RUN.format(size=size, folder=shared))
        done = subprocess.run(
            (sys.executable, *child), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()


def main() -> None:
    """python -m benchmarks.one_sizes [SIZE ...] tells it and writes no report."""
    for line in lines([int(size) for size in sys.argv[1:]] or SIZES):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
