"""make run's own part: what must be free, what lives and dies together, and the environment that is made once."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from config.starting import environment, secret_files, site
from config.starting.problems import CannotStartError
from config.starting.supervisor import Supervisor

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")
STUBBORN = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGTERM, signal.SIG_IGN)
Path(sys.argv[1]).touch()
time.sleep(600)
"""
SUPERVISED = """
import sys
from pathlib import Path
from config.starting.supervisor import Supervisor
with Supervisor(Path("."), {}) as supervisor:
    for _ in range(2):
        supervisor.start("sleeper", (sys.executable, "-c", "import time; time.sleep(600)"))
        print(supervisor.processes["sleeper"].pid, flush=True)
    supervisor.watch()
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    with Supervisor(tmp_path, os.environ) as made:
        yield made
    for number, handler in before.items():
        signal.signal(number, handler)


def test_all_end_when_one_falls(supervisor: Supervisor) -> None:
    supervisor.start("web", SLEEPER)
    supervisor.start("runner", (sys.executable, "-c", "pass"))
    assert supervisor.watch() == ["runner"]
    web = supervisor.processes["web"]
    supervisor.end_all()
    assert web.poll() is not None


def test_step_is_given_up_when_another_process_falls(supervisor: Supervisor) -> None:
    supervisor.start("web", (sys.executable, "-c", "pass"))
    assert supervisor.run("loading", SLEEPER) is None


def test_step_gives_its_status(supervisor: Supervisor) -> None:
    assert supervisor.run("preparation", (sys.executable, "-c", "raise SystemExit(3)")) == 3
    assert supervisor.fallen() == []


def test_process_that_does_not_end_by_itself_is_stopped(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("config.starting.supervisor.PATIENCE", 0.5)
    deaf = tmp_path / "deaf"
    supervisor.start("web", (sys.executable, "-c", STUBBORN, str(deaf)))
    while not deaf.exists():
        sleep(0.01)
    web = supervisor.processes["web"]
    supervisor.end_all()
    assert web.returncode == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_processes_end_however_their_supervisor_is_ended(number: int) -> None:
    command = (sys.executable, "-c", SUPERVISED)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as supervised:
        assert supervised.stdout
        pids = [int(supervised.stdout.readline()) for _ in range(2)]
        supervised.send_signal(number)
        supervised.wait(timeout=120)
    for _ in range(1200):
        if not any(_runs(pid) for pid in pids):
            return
        sleep(0.1)
    raise AssertionError("A process outlived its supervisor.")


def _runs(pid: int) -> bool:
    """A process that ended and was not waited for yet does not run any more."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def make_run(**changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "config.starting", "run"),
        cwd=ROOT,
        env=os.environ | changes,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_port_in_use_is_one_sentence_and_nothing_is_touched(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = make_run(PORT=str(port), BAKEN_DATA=str(tmp_path / "data"))
    assert refused.returncode == 1
    assert refused.stderr == f"Port {port} is in use; end what uses it, or take another: make run PORT={port % 65535 + 1}\n"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_port_that_is_none_is_refused(port: str) -> None:
    assert "PORT must be a number between 1 and 65535" in make_run(PORT=port).stderr


def test_second_start_from_one_folder_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = make_run(PORT="64999", BAKEN_DATA=str(tmp_path))
    assert refused.returncode == 1
    assert "Baken runs already from" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["run.lock"]


def test_python_without_ensurepip_is_told_with_the_package_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "none")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(CannotStartError, match="apt install python3-venv"):
        environment.ensure()


def test_python_that_is_too_old_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (99, 0))
    with pytest.raises(CannotStartError, match=r"Python 3\.11 or newer"):
        environment.ensure()


def test_half_made_environment_does_not_work(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("")
    (tmp_path / "python").chmod(0o755)
    assert not environment._works(tmp_path / "python")


def test_signing_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        site._make_secret(tmp_path / "secret-key")
        first = (tmp_path / "secret-key").read_text()
        site._make_secret(tmp_path / "secret-key")
    finally:
        os.umask(before)
    assert (tmp_path / "secret-key").read_text() == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_secrets_of_containers_are_made_once_and_each_process_has_its_own(tmp_path: Path) -> None:
    secret_files.make(tmp_path)
    made = {path.relative_to(tmp_path): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    secret_files.make(tmp_path)
    assert made == {path.relative_to(tmp_path): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    signing = [text for path, text in made.items() if path.name == "secret-key"]
    assert len(set(signing)) == len(signing) == 8
    assert made[Path("postgres/password")] in made[Path("services/database-url")]
