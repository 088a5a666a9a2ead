"""python -m benchmarks.reviewing [questions ...]: an answer about a pair and the next question, in registers of two sizes.

Writes reviewing.md. The register is made of rows without an identity: two reports a question, with a quality sample beside it.
Timed is what one press of a key takes on the server, the look at two identities left out; nothing here is a test.
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
REPORT = Path(__file__).with_name("reviewing.md")
SIZES = (2_000, 50_000)
ANSWERS = 200
RUN = "from benchmarks import review_register; review_register.main({questions}, {answers})"
HEAD = """# Answering about pairs, measured

Written by `python -m benchmarks.reviewing` on {day}; Python {python}, {cores} cores, load {load} (other work included).
A register of so many open questions, each about two reports, and as many automatic links; {answers} answers one after
the other, each with the next question, on one process.

| database | open questions | answer and next, median | 95th percentile | queries | top of the list | next check |
| --- | --- | --- | --- | --- | --- | --- |
"""


def main(sizes: Sequence[int]) -> None:
    lines = [measure(kind, questions) for kind in KINDS for questions in sizes]
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    head = HEAD.format(
        day=f"{datetime.now(UTC):%Y-%m-%d}", python=platform.python_version(), cores=os.cpu_count(), load=load, answers=ANSWERS
    )
    REPORT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(REPORT.read_text(encoding="utf-8"))


def measure(kind: str, questions: int) -> str:
    with TemporaryDirectory() as folder, database(kind, Path(folder)) as url:
        environment = os.environ | {
            "BAKEN_DATA": folder,
            "BAKEN_KEYS": f"{folder}/keys",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in (("create_keys",), ("migrate", "--verbosity", "0")):
            subprocess.run((sys.executable, "manage.py", *command), env=environment, cwd=ROOT, check=True, stdout=sys.stderr)
        child = ("manage.py", "shell", "--verbosity", "0", "--command", RUN.format(questions=questions, answers=ANSWERS))
        done = subprocess.run(
            (sys.executable, *child), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return f"| {kind} | {questions:,} | {done.stdout.strip()} |"


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or SIZES)
