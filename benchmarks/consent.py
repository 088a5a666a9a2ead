"""python -m benchmarks.consent [statements] [database ...]: whose consent holds on a past day, of a million; writes consent.md.

The statements and their events are made in the database. Times are of the wall, one process; nothing here is a test.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import KINDS, database

ROOT = Path(__file__).resolve().parent.parent
REPORT = Path(__file__).with_name("consent.md")
STATEMENTS = 1_000_000
RUN = "from benchmarks import consenting; consenting.main({statements})"


def main(statements: int, kinds: Sequence[str]) -> None:
    lines: list[str] = []
    for kind in kinds:
        for line in measure(kind, statements):
            lines.append(line)
            REPORT.write_text(_report(statements, lines), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))


def measure(kind: str, statements: int) -> Iterator[str]:
    with TemporaryDirectory() as folder, database(kind, Path(folder)) as url:
        environment = os.environ | {
            "BAKEN_DATA": folder,
            "BAKEN_KEYS": f"{folder}/keys",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in (("create_keys",), ("migrate", "--verbosity", "0")):
            subprocess.run((sys.executable, "manage.py", *command), env=environment, cwd=ROOT, check=True, stdout=sys.stderr)
        child = ("manage.py", "shell", "--verbosity", "0", "--command", RUN.format(statements=statements))
        done = subprocess.run(
            (sys.executable, *child), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        yield from done.stdout.splitlines()


def _report(statements: int, lines: Sequence[str]) -> str:
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return f"""# Whose consent holds on a past day, measured

Written by `python -m benchmarks.consent {statements}` on {datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()},
{os.cpu_count()} cores, load {load} (other work included). Nothing here is a test.
{statements} statements, each of another report: seven in ten approved, two withdrawn afterwards, one waiting.
`valid_on` gives the identifiers of all reports with consent on one day; counting leaves them in the database;
`consent_on` asks about one report. Seconds of the wall: median and worst.

| database | question | times | found | median | worst |
|---|---|---|---|---|---|
{chr(10).join(lines)}
"""


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else STATEMENTS, sys.argv[2:] or KINDS)
