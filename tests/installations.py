"""A whole installation in a folder and a database of its own, whose processes tests start and kill.

It runs on the kind of database that the test run uses; what its processes did is read straight from that database.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# What the test run's own processes must not pass on: an installation has its own, or none.
OF_THIS_RUN = ("REDIS_URL", "PYTEST_XDIST_WORKER")
# Seconds; how long a process takes to start says how busy the machine is.
PATIENCE = 300.0
MANAGE = (sys.executable, str(ROOT / "manage.py"))


@dataclass
class Installation:
    folder: Path
    database: str
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command that must end by itself; its output is in the result."""
        return subprocess.run(
            (*MANAGE, *arguments), env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def must(self, *arguments: str) -> None:
        done = self.manage(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, *command: str, **changes: str) -> subprocess.Popen[bytes]:
        """A process in a group of its own, so that killing the group leaves none behind."""
        with (self.folder / "processes.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment | changes, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process

    def runner(self) -> subprocess.Popen[bytes]:
        return self.start(*MANAGE, "run_jobs")

    def log(self) -> str:
        return (self.folder / "processes.log").read_text()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        if self.database.startswith("sqlite"):
            with closing(sqlite3.connect(urlsplit(self.database).path, timeout=PATIENCE)) as opened, opened:
                return opened.execute(query).fetchall()
        with psycopg.connect(self.database) as opened:
            return opened.execute(query).fetchall()

    def wait_for(self, query: str, wanted: object, *, seconds: float = PATIENCE) -> None:
        """Until the query gives this one value."""
        self.wait_until(lambda: self.rows(query)[0][0] == wanted, seconds=seconds)

    def wait_for_work(self, nudge: Callable[[], None] = lambda: None) -> None:
        """Until one more effect is there, or all work is done."""
        before = effects(self)
        self.wait_until(lambda: nudge() or effects(self) != before or self.all_done())

    def all_done(self) -> bool:
        return self.rows("SELECT count(*) FROM jobs_job WHERE state NOT IN ('done', 'dead')") == [(0,)]

    def wait_until(self, reached: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
        deadline = monotonic() + seconds
        while not reached():
            assert monotonic() < deadline, self.log()
            sleep(0.02)

    def let_leases_end(self, table: str, which: str = "1 = 1") -> None:
        """What time does to the leases of processes that are gone, where a test gives leases that no busy machine outlasts."""
        column = {"jobs_job": "lease_until", "jobs_lease": "until"}[table]
        self.rows(f"UPDATE {table} SET {column} = '2000-01-01 00:00:00' WHERE {which} RETURNING 1")  # noqa: S608

    def end(self) -> None:
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and all it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait()


@contextmanager
def installation(folder: Path, template: str, **changes: str) -> Iterator[Installation]:
    """A copy of the template (see tests/conftest.py), with leases so short that a killed process is succeeded at once."""
    with _database(folder, template) as url:
        environment = _environment(folder, url) | {"BAKEN_RUNNER_LEASE": "1", "BAKEN_JOB_LEASE": "2"}
        made = Installation(folder, url, environment | changes)
        try:
            yield made
        finally:
            made.end()


@contextmanager
def migrated(folder: Path) -> Iterator[str]:
    """The address of a migrated, empty database to copy."""
    with _database(folder) as url:
        made = Installation(folder, url, _environment(folder, url))
        made.must("migrate", "--verbosity", "0")
        made.must("createcachetable")
        yield url


def _environment(folder: Path, url: str) -> dict[str, str]:
    given = {"DJANGO_SETTINGS_MODULE": "tests.workload.settings", "DATABASE_URL": url}
    given |= {"BAKEN_DATA": str(folder), "BAKEN_STATIC": str(folder / "static")}
    return {key: value for key, value in os.environ.items() if key not in OF_THIS_RUN} | given


@contextmanager
def _database(folder: Path, template: str = "") -> Iterator[str]:
    if connection.vendor == "sqlite":
        file = folder / "baken.sqlite3"
        if template:
            shutil.copy(urlsplit(template).path, file)
        yield f"sqlite://{file}"
        return
    server, name = _server(), f"baken_{token_hex(6)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template.rpartition('/')[2] or 'template1'}")
    try:
        yield f"{server}/{name}"
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _server() -> str:
    """Where the test run's own database is, without its name."""
    return os.environ["DATABASE_URL"].rpartition("/")[0]


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as opened:
        opened.execute(statement)


def effects(made: Installation) -> Sequence[tuple[str, int]]:
    """How often each job had its effect."""
    return made.rows("SELECT job, count(*) FROM workload_effect GROUP BY job ORDER BY job")
