"""make run as somebody who types it: closed while loading, killed half-way, started again, complete, and quick from then on."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.listening import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
# It takes less than a minute on a quiet machine.
LOADING = 900


@dataclass
class Typed:
    """What was typed, and what it said."""

    folder: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self) -> subprocess.Popen[bytes]:
        given = {"PORT": str(self.port), "BAKEN_DATA": str(self.folder / "var")}
        others = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "BAKEN_KEYS"}
        environment = {name: value for name, value in os.environ.items() if name not in others} | given
        command = (sys.executable, "-m", "config.starting", "run")
        with (self.folder / "said.log").open("wb") as said:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True)
        self.processes.append(process)
        return process

    def said(self) -> str:
        return (self.folder / "said.log").read_text()

    def status(self, path: str = "/about") -> int:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return 0

    def wait_for(self, reached: Callable[[], bool], *, seconds: float = 180) -> None:
        deadline = monotonic() + seconds
        while not reached():
            assert monotonic() < deadline, self.said()
            sleep(0.1)

    def children(self, process: subprocess.Popen[bytes]) -> dict[int, str]:
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        return {int(pid): Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in listed}


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Typed]:
    made = Typed(tmp_path, free_port())
    yield made
    for process in made.processes:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=180)


def test_register_is_complete_after_an_interrupted_first_start_and_not_loaded_again(typed: Typed) -> None:
    first = typed.run()
    typed.wait_for(lambda: typed.status() == 503)
    assert typed.status("/health") == 200
    sleep(5)
    first.kill()
    typed.wait_for(lambda: typed.status("/health") == 0)

    second = typed.run()
    typed.wait_for(lambda: "Sign in with one click" in typed.said(), seconds=LOADING)
    assert typed.status() == 200
    differences = re.findall(r"^[\dT.a]+ +\d+ +\d+ +\d+ +\d+ +(\d+)$", typed.said(), re.MULTILINE)
    assert len(differences) > 10
    assert set(differences) == {"0"}
    assert (typed.folder / "var" / "static" / "staticfiles.json").exists(), "a second one would rewrite what this one serves"
    second.send_signal(signal.SIGINT)
    assert second.wait(timeout=180) == 0
    assert typed.status("/health") == 0

    third = typed.run()
    typed.wait_for(lambda: "Sign in with one click" in typed.said())
    assert "nothing to load" in typed.said()

    (runner,) = [pid for pid, command in typed.children(third).items() if "run_jobs" in command]
    os.kill(runner, signal.SIGKILL)
    assert third.wait(timeout=180) == 1
    assert "The runner ended, so all is ended" in typed.said()
    assert typed.status("/health") == 0
