"""python -m benchmarks.batches [rows] [database]: a file from upload to storage, by real processes; writes batches.md.

The embedded runner and its companion do the work on SQLite, a Celery worker of two processes on PostgreSQL
(TEST_POSTGRES, TEST_REDIS). Times are of the wall, memory is the most that a process held (of the kernel's accounts). One run
each; nothing here is a test.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks import databases

ROOT = Path(__file__).resolve().parent.parent
REPORT = Path(__file__).with_name("batches.md")
MANAGE = (sys.executable, str(ROOT / "manage.py"))
OPTIONS = ("--concurrency", "2", "--loglevel", "ERROR", "--without-gossip", "--without-mingle")
CELERY = (sys.executable, "-m", "celery", "--app", "config.celery", "worker", *OPTIONS)
REDIS = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/0")
ROWS = 100_000
COLUMNS = "| database | file | upload | dry run | storing | rows a second stored | processor | web | worker |"
CHECKED = "SELECT received, (SELECT max(finished) FROM jobs_job WHERE kind = 'intake.batch-check') FROM intake_batch"
STORED = "SELECT confirmed, finished FROM intake_batch"


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
SQLite with the embedded runner and its companion, PostgreSQL with a Celery worker of two processes; either runs before the file
comes. Seconds of the wall: the upload with the start of its process; the dry run from the receipt to the last chunk that is
checked; storing from the confirmation to the end of the whole. Processor: seconds of the worker and of the reading child for
all of it, its start included, the database server not counted. Peak memory in MB.

{COLUMNS}
|---|---|---|---|---|---|---|---|---|
{chr(10).join(lines)}
"""


def measure(database: str, rows: int) -> Iterator[str]:
    for kind in ("csv", "xlsx"):
        with TemporaryDirectory() as folder, databases.database(database, Path(folder)) as url:
            environment = _environment(folder, url, database)
            _run(environment, *MANAGE, "create_keys")
            _run(environment, *MANAGE, "migrate", "--verbosity", "0")
            _run(environment, *MANAGE, "createcachetable")
            with _working(environment) as worker:
                file = Path(folder) / f"rows.{kind}"
                _run(environment, *MANAGE, "make_upload", str(rows), str(file))
                uploaded = _run(environment, *MANAGE, "send_upload", str(file))
                checked = _reached(url, "checked", CHECKED)
                _run(environment, *MANAGE, "send_upload", "--confirm")
                stored = _reached(url, "stored", STORED)
            yield (
                f"| {database} | {kind} | {uploaded.seconds:.1f} | {checked:.1f} | {stored:.1f} | {rows / stored:.0f} "
                f"| {worker[0].processor:.1f} | {uploaded.megabytes} | {worker[0].megabytes} |"
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


@contextmanager
def _working(environment: dict[str, str]) -> Iterator[list[Done]]:
    """What the worker used is known when it has ended."""
    queue = environment.get("BAKEN_QUEUE_PREFIX", "") + "files"
    command = (*CELERY, "--queues", queue) if "REDIS_URL" in environment else (*MANAGE, "run_jobs")
    begun, done = monotonic(), list[Done]()
    worker = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield done
    finally:
        worker.terminate()
        _, _, usage = os.wait4(worker.pid, 0)
        worker.returncode = 0
        done.append(Done(monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024))


def _reached(url: str, state: str, step: str) -> float:
    """Waits for the state; gives how long the step took by the times that the database has."""
    with closing(databases.opened(url)) as opened:
        while opened.execute("SELECT state FROM intake_batch").fetchall() != [(state,)]:
            sleep(0.1)
        ((begun, ended),) = opened.execute(step).fetchall()
    return (_moment(ended) - _moment(begun)).total_seconds()


def _moment(found: datetime | str) -> datetime:
    return datetime.fromisoformat(found) if isinstance(found, str) else found


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
