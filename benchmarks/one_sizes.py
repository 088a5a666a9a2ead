"""One new report against registers of three sizes on both databases: fresh ones for each size, with the same keys and rows."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import KINDS, database

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 1_000_000)
RUN = "from pathlib import Path; from benchmarks import one_fill, one_report; {call}"
FILL = "one_fill.fill({size}, Path({folder!r}))"
COPY = "one_fill.copy(Path({folder!r}) / 'baken.sqlite3')"
MEASURE = "one_report.main(Path({folder!r}))"
HEAD = """Found: 1,000 new reports, from details in memory to candidates, their features opened, scored and put into bands. The
whole linking: 200 reports that wait, each with its lock, identity opened, all that is written, and the commit; not the claim of
the job and its end. Milliseconds of one process: wall, and the processor of that process alone, without the server of
PostgreSQL. Who is one person in the register is the truth, and the prior is the one in force at its size.

| database | register | found p50 | p95 | processor p50 | p95 | candidates p50 | p95 | job p50 | p95 | processor p50 | p95 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def lines(sizes: Sequence[int] = SIZES, kinds: Sequence[str] = KINDS) -> Iterator[str]:
    yield HEAD
    for size in sizes:
        with TemporaryDirectory() as folder, ExitStack() as opened:
            filled = opened.enter_context(database("SQLite", Path(folder)))
            found = {"SQLite": _new(filled, folder)}
            _run(FILL.format(size=size, folder=folder), found["SQLite"])
            if "PostgreSQL" in kinds:
                found["PostgreSQL"] = _new(opened.enter_context(database("PostgreSQL", Path(folder))), folder)
                _run(COPY.format(folder=folder), found["PostgreSQL"])
            for kind in kinds:
                yield f"| {kind} | {size:,} | {_run(MEASURE.format(folder=folder), found[kind])} |"


def _new(url: str, folder: str) -> dict[str, str]:
    """The environment of a database that was made ready; keys that are there stay."""
    environment = os.environ | {"BAKEN_DATA": folder, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    for command in (("create_keys",), ("migrate", "--verbosity", "0")):
        subprocess.run((sys.executable, "manage.py", *command), env=environment, cwd=ROOT, check=True, stdout=sys.stderr)
    return environment


def _run(call: str, environment: dict[str, str]) -> str:
    child = ("manage.py", "shell", "--verbosity", "0", "--command", RUN.format(call=call))
    done = subprocess.run((sys.executable, *child), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
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
