"""A demonstration of its own, in a folder that goes away: prepared, with web and runner, for the benchmarks to measure."""

import os
import re
import secrets
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

ROOT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, str(ROOT / "manage.py"))
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass
class House:
    port: int
    environment: Mapping[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def run(self, *command: str) -> None:
        subprocess.run((*MANAGE, *command), env=self.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    def start(self, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        self.processes[name] = process
        return process

    def wait_for_web(self) -> None:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5).close()
            except OSError:
                sleep(0.1)
            else:
                return

    def megabytes(self, name: str) -> int:
        """The most memory that a running process, or the worker of gunicorn, ever held."""
        pids = [self.processes[name].pid, *_children(self.processes[name].pid)]
        return max(_peak(pid) for pid in pids)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _peak(pid: int) -> int:
    found = PEAK.search(Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) // 1024 if found else 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def demonstration() -> Iterator[House]:
    with TemporaryDirectory() as folder:
        port = _free_port()
        environment = {
            key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL", "BAKEN_ROLE")
        } | {
            "DJANGO_SETTINGS_MODULE": "config.settings.demonstration",
            "BAKEN_DATA": folder,
            "BAKEN_SECRET_KEY": secrets.token_urlsafe(64),
            "PORT": str(port),
        }
        house = House(port, environment)
        house.run("prepare")
        house.start("web", (sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"))
        house.start("runner", (*MANAGE, "run_jobs"))
        house.wait_for_web()
        try:
            yield house
        finally:
            for process in house.processes.values():
                process.terminate()
            for process in house.processes.values():
                process.wait(timeout=30)
