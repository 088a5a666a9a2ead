"""python -m benchmarks.figures [size ...]: all figures rebuilt, and refreshed after one report; writes benchmarks/figures.md.

Registers are made up (benchmarks.figure_register) and filled straight into the tables, on SQLite and on PostgreSQL. One
process, one measurement after the other; nothing here is a test.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import KINDS, database

ROOT = Path(__file__).resolve().parent.parent
REPORT = Path(__file__).with_name("figures.md")
SIZES = (10_000, 100_000, 1_000_000)
SEED = 1
FILL = "from benchmarks import figure_register; figure_register.fill({size}, seed={seed})"
MEASURE = "from benchmarks import refreshing; refreshing.main()"


def main(sizes: Sequence[int]) -> None:
    lines: list[str] = []
    for size in sizes:
        for kind in KINDS:
            lines.append(f"| {kind} | {size:,} | {measure(kind, size)} |")
            REPORT.write_text(_report(sizes, lines), encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))


def measure(kind: str, size: int) -> str:
    with TemporaryDirectory() as folder, database(kind, Path(folder)) as url:
        fill(url, folder, size)
        return measured(url, folder)


def fill(url: str, folder: str, size: int) -> None:
    for command in (("create_keys",), ("migrate", "--verbosity", "0"), _shell(FILL.format(size=size, seed=SEED))):
        subprocess.run(
            (sys.executable, "manage.py", *command), env=_environment(url, folder), cwd=ROOT, check=True, stdout=sys.stderr
        )


def measured(url: str, folder: str) -> str:
    """The rest of a row about a register that is filled."""
    child = (sys.executable, "manage.py", *_shell(MEASURE))
    done = subprocess.run(child, env=_environment(url, folder), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return f"{done.stdout.strip()} | {os.getloadavg()[0]:.1f}"


def _environment(url: str, folder: str) -> dict[str, str]:
    return os.environ | {
        "BAKEN_DATA": folder,
        "BAKEN_KEYS": f"{folder}/keys",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }


def _shell(command: str) -> tuple[str, ...]:
    return "shell", "--verbosity", "0", "--command", command


def _report(sizes: Sequence[int], lines: Sequence[str]) -> str:
    asked = " ".join(map(str, sizes))
    return f"""# All figures rebuilt, and refreshed after one report

Written by `python -m benchmarks.figures {asked}` on {datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()},
{os.cpu_count()} cores, one process (and PostgreSQL's own on the same machine). The last column is the machine's load when the
row was done: above 2 other work was waiting for the same cores, and only the processor's seconds say what the work costs.

Anew: everything forgotten, every person-year merged, derived and written, every figure counted. Compared: the nightly proof,
everything computed again and held against what is stored. Seconds of the wall / of this process's processor. Peak is the most
memory that the process held. After one report: 30 reports, half of them about a person who was known, each linked and counted
by itself; milliseconds: median and worst of the wall / median of this process's processor.

| database | notifications | person-years | anew, s | compared, s | peak, MB | after one report, ms | load |
|---|---|---|---|---|---|---|---|
{chr(10).join(lines)}
"""


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
