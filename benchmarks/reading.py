"""How fast the largest uploads are read: python -m benchmarks.reading writes benchmarks/reading.md. It tests nothing."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

REPORT = Path(__file__).with_name("reading.md")
ROOT = Path(__file__).parent.parent
RUN = "from benchmarks import uploads; uploads.main()"


def measured() -> str:
    """In a process with Django set up; the database is nobody's and is not opened."""
    return subprocess.run(
        (sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", RUN),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "BAKEN_DATA": ".venv"},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def main() -> None:
    table = measured()
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    REPORT.write_text(
        f"""# Reading the largest uploads

Written by `python -m benchmarks.reading` on {datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()}, {os.cpu_count()}
cores, load {load} (other work included; read processor seconds). All columns of the template, a third of the cells
filled; handed over in pieces of 1 MiB. JSON Lines stops where the upload would be over its limit.

| format | rows | MB | wall s | rows/s | processor s of the child | peak MiB of the child |
| --- | --- | --- | --- | --- | --- | --- |
{table}""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
