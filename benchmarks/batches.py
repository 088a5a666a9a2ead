"""python -m benchmarks.batches [rows] [database]: a file from upload to storage, by real processes; writes batches.md.

The embedded runner does the work on SQLite, a Celery worker of two processes on PostgreSQL (TEST_POSTGRES, TEST_REDIS).
Times are of the wall, memory is the most that a process held (of the kernel's accounts). One run each; nothing here is a test.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import psycopg

from benchmarks import databases

ROOT = Path(__file__).resolve().parent.parent
REPORT = Path(__file__).with_name("batches.md")
MANAGE = (sys.executable, str(ROOT / "manage.py"))
OPTIONS = ("--concurrency", "2", "--loglevel", "ERROR", "--without-gossip", "--without-mingle")
CELERY = (sys.executable, "-m", "celery", "--app", "config.celery", "worker", *OPTIONS)
REDIS = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/0")
ROWS = 100_000
COLUMNS = "| database | file | upload | dry run | storing | rows a second | web | worker |"


@dataclass(frozen=True)
class Done:
    seconds: float
    processor: float
    megabytes: int


def main(rows: int, databases: Sequence[str]) -> None:
    """What is measured is written at once: a file takes minutes."""
    lines: list[str] = []
    for database in databases:
        for line in measure(database, rows):
            lines.append(line)
            REPORT.write_text(_report(rows, lines))
    sys.stdout.write(REPORT.read_text())


def _report(rows: int, lines: Sequence[str]) -> str:
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return f"""# A file of reports, measured

Written by `python -m benchmarks.batches {rows}` on {datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()},
{os.cpu_count()} cores, load {load} (other work included), {rows} rows, all of them new. One run each; nothing here is a test.
SQLite with the embedded runner (one process), PostgreSQL with a Celery worker of two processes.
Upload, dry run and storing in seconds of the wall (and of the processor, the reading child included), with the start of
their processes; peak memory in MB.

{COLUMNS}
|---|---|---|---|---|---|---|---|
{chr(10).join(lines)}
"""


def measure(database: str, rows: int) -> Iterator[str]:
    for kind in ("csv", "xlsx"):
        with TemporaryDirectory() as folder, databases.database(database, Path(folder)) as url:
            environment = _environment(folder, url, database)
            _run(environment, *MANAGE, "create_keys")
            _run(environment, *MANAGE, "migrate", "--verbosity", "0")
            _run(environment, *MANAGE, "createcachetable")
            file = Path(folder) / f"rows.{kind}"
            _run(environment, *MANAGE, "make_upload", str(rows), str(file))
            uploaded = _run(environment, *MANAGE, "send_upload", str(file))
            file.unlink()
            checked = _worked(environment, url, "checked")
            _run(environment, *MANAGE, "send_upload", "--confirm")
            stored = _worked(environment, url, "stored")
            worker = max(checked.megabytes, stored.megabytes)
            yield (
                f"| {database} | {kind} | {_times(uploaded)} | {_times(checked)} | {_times(stored)} "
                f"| {rows / stored.seconds:.0f} | {uploaded.megabytes} | {worker} |"
            )


def _environment(folder: str, url: str, database: str) -> dict[str, str]:
    """Celery has the work on PostgreSQL, its keys in Redis under a prefix of their own."""
    changes = {
        "DJANGO_SETTINGS_MODULE": "tests.workload.settings",
        "BAKEN_DATA": folder,
        "DATABASE_URL": url,
        "BAKEN_QUEUES": "files",
    }
    if database != "SQLite":
        changes |= {"REDIS_URL": REDIS, "BAKEN_QUEUE_PREFIX": f"baken_{token_hex(6)}:"}
    return {key: value for key, value in os.environ.items() if key != "REDIS_URL"} | changes


def _worked(environment: dict[str, str], url: str, state: str) -> Done:
    if "REDIS_URL" not in environment:
        return _run(environment, *MANAGE, "run_jobs", "--until-idle")
    queue = environment["BAKEN_QUEUE_PREFIX"] + "files"
    begun = monotonic()
    worker = subprocess.Popen((*CELERY, "--queues", queue), env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        with psycopg.connect(url, autocommit=True) as opened:
            while opened.execute("SELECT state FROM intake_batch").fetchall() != [(state,)]:
                sleep(0.05)
        seconds = monotonic() - begun
    finally:
        worker.terminate()
        _, _, usage = os.wait4(worker.pid, 0)
        worker.returncode = 0
    return Done(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def _times(done: Done) -> str:
    return f"{done.seconds:.1f} ({done.processor:.1f})"


def _run(environment: dict[str, str], *command: str) -> Done:
    begun = monotonic()
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[1:])} ended with {process.returncode}.")
    return Done(monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS, sys.argv[2:] or databases.KINDS)
