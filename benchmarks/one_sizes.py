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
RUN = "from benchmarks import one_report; one_report.main({size})"
HEAD = """Found: 1,000 new reports, from details in memory to candidates, their features opened, scored and put into bands. The
whole job: 200 reports that wait, each with its lock, identity opened, all that is written, and the commit. Milliseconds of
one process: wall, and the processor of that process alone, without the server of PostgreSQL.

| database | register | found p50 | p95 | processor p50 | p95 | candidates p50 | p95 | job p50 | p95 | processor p50 | p95 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def lines(sizes: Sequence[int] = SIZES, kinds: Sequence[str] = KINDS) -> Iterator[str]:
    yield HEAD
    for size in sizes:
        for kind in kinds:
            yield f"| {kind} | {size:,} | {_measured(kind, size)} |"


def _measured(kind: str, size: int) -> str:
    with TemporaryDirectory() as folder, database(kind, Path(folder)) as url:
        environment = os.environ | {
            "BAKEN_DATA": folder,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in (("create_keys",), ("migrate", "--verbosity", "0")):
            subprocess.run((sys.executable, "manage.py", *command), env=environment, cwd=ROOT, check=True, stdout=sys.stderr)
        child = ("manage.py", "shell", "--verbosity", "0", "--command", RUN.format(size=size))
        done = subprocess.run(
            (sys.executable, *child), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()


def main() -> None:
    """python -m benchmarks.one_sizes [SIZE ...] [SQLite] [PostgreSQL] tells it and writes no report."""
    kinds = [word for word in sys.argv[1:] if word in KINDS]
    sizes = [int(word) for word in sys.argv[1:] if word not in KINDS]
    for line in lines(sizes or SIZES, kinds or KINDS):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
