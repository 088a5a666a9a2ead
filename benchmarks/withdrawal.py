"""python -m benchmarks.withdrawal [copies] [database ...]: withdrawals from a register of a million; writes withdrawal.md.

The register is the demonstration's and so many copies of it (130 make a million). Filling it takes the better part of an hour.
Times are of the wall, one process, one withdrawal after the other; nothing here is a test.
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
REPORT = Path(__file__).with_name("withdrawal.md")
COPIES = 130
RUN = "from benchmarks import withdrawing; withdrawing.main({copies})"


def main(copies: int, kinds: Sequence[str]) -> None:
    lines: list[str] = []
    for kind in kinds:
        for line in measure(kind, copies):
            lines.append(line)
            REPORT.write_text(_report(copies, lines), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))


def measure(kind: str, copies: int) -> Iterator[str]:
    with TemporaryDirectory() as folder, database(kind, Path(folder)) as url:
        environment = os.environ | {
            "BAKEN_DATA": folder,
            "BAKEN_KEYS": f"{folder}/keys",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in (("create_keys",), ("migrate", "--verbosity", "0")):
            subprocess.run((sys.executable, "manage.py", *command), env=environment, cwd=ROOT, check=True, stdout=sys.stderr)
        child = ("manage.py", "shell", "--verbosity", "0", "--command", RUN.format(copies=copies))
        done = subprocess.run(
            (sys.executable, *child), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        yield from done.stdout.splitlines()


def _report(copies: int, lines: Sequence[str]) -> str:
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return f"""# A withdrawal from a large register, measured

Written by `python -m benchmarks.withdrawal {copies}` on {datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()},
{os.cpu_count()} cores, load {load} (other work included). Nothing here is a test.
Seconds, medians: of the wall for the decision, for carrying it out, for the figures; of the process's own processor for all
three; then of the wall for all three, median and worst. A busy machine shows in the wall alone.

| database | what | number | decision | carried out | figures | processor | median | worst |
|---|---|---|---|---|---|---|---|---|
{chr(10).join(lines)}
"""


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else COPIES, sys.argv[2:] or KINDS)
