"""make run, step by step: free port, environment, keys, database, web and runner, register, and what to try."""

import fcntl
import os
import secrets
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from config.starting import environment
from config.starting.problems import CannotStartError
from config.starting.supervisor import Supervisor
from config.starting.terminal import say

ROOT = environment.ROOT
WEB_PATIENCE = 60.0


def run() -> int:
    port = _port()
    _require_free(port)
    data = Path(os.environ.get("BAKEN_DATA", ROOT / "var"))
    os.umask(0o077)
    data.mkdir(parents=True, exist_ok=True)
    with _only_one(data):
        python = str(environment.ensure())
        _make_secret(data / "secret-key")
        with Supervisor(ROOT, _environment(data, port)) as supervisor:
            return _serve(supervisor, python, port)


def _serve(supervisor: Supervisor, python: str, port: int) -> int:
    manage = (python, str(ROOT / "manage.py"))
    if supervisor.run("preparation", (*manage, "prepare")) != 0:
        return _ended(supervisor, "Baken is not started.")
    supervisor.start("web", (python, "-m", "gunicorn", "--config", "python:config.gunicorn"))
    supervisor.start("runner", _runner(python, manage))
    if not _answers(supervisor, port):
        return _ended(supervisor, "The web does not answer; see the lines above.")
    for name, command in (("loading", "load_reference"), ("welcome", "welcome")):
        if supervisor.run(name, (*manage, command)) != 0:
            return _ended(supervisor, f"The {name} did not finish; run make run again: it goes on where it stopped.")
    supervisor.watch()
    return _ended(supervisor)


def _runner(python: str, manage: tuple[str, ...]) -> tuple[str, ...]:
    """With Redis the same jobs are woken through Celery; without it the embedded runner does them."""
    if not os.environ.get("REDIS_URL"):
        return (*manage, "run_jobs")
    prefix = os.environ.get("BAKEN_QUEUE_PREFIX", "baken:")
    queues = ",".join(prefix + queue for queue in ("files", "vault", "reports", "outgoing"))
    worker = ("worker", "--beat", "--scheduler", "celery.beat.Scheduler", "--loglevel", "WARNING", "--concurrency", "2")
    return (python, "-m", "celery", "--app", "config.celery", *worker, "--queues", queues)


def _ended(supervisor: Supervisor, sentence: str = "") -> int:
    if supervisor.told_to_end:
        say("\nEnded.")
        return 0
    fallen = " and the ".join(supervisor.fallen())
    raise CannotStartError(f"The {fallen} ended, so all is ended; run make run again." if fallen else sentence)


def _port() -> int:
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise CannotStartError("PORT must be a number between 1 and 65535; for example: make run PORT=8001")
    return int(given)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStartError(
                f"Port {port} is in use; end what uses it, or take another: make run PORT={port % 65535 + 1}"
            ) from None


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """Two starts from one data folder would load and migrate at once."""
    with (data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStartError(
                f"Baken runs already from {data}; end that one, or set BAKEN_DATA to another folder for a second one."
            ) from None
        yield


def _make_secret(file: Path) -> None:
    """Signs sessions and forms of this installation; made once."""
    if not file.exists():
        draft = file.with_suffix(".new")
        draft.write_text(secrets.token_urlsafe(64))
        draft.replace(file)


def _environment(data: Path, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.demonstration",
        **os.environ,
        "BAKEN_DATA": str(data),
        "BAKEN_STATIC": str(data / "static"),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
    }


def _answers(supervisor: Supervisor, port: int) -> bool:
    deadline = monotonic() + WEB_PATIENCE
    while monotonic() < deadline and not supervisor.told_to_end and not supervisor.fallen():
        if healthy(port):
            return True
        sleep(0.1)
    return False


def healthy(port: int = 8000) -> bool:
    """The web of this machine answers, by a name that it knows."""
    host = os.environ.get("BAKEN_HOSTS", "localhost").partition(",")[0]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4):
            return True
    except OSError:
        return False
