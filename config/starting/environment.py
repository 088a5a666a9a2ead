"""The virtual environment in .venv: made once, and brought to the lock whenever the lock has changed. It starts nothing."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from config.starting.problems import CannotStartError
from config.starting.terminal import Waiting

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
RUN = "requirements.txt"
TEST = "requirements-dev.txt"
OLDEST = (3, 11)


def ensure(lock: str = RUN) -> Path:
    """The environment's Python, with exactly what the lock names. The lock for tests holds the one to run as well."""
    _check_python()
    if not _works(PYTHON):
        _make()
    stamp = ENVIRONMENT / f".installed-{lock}"
    wanted = _fingerprint(lock)
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(lock)
        stamp.write_text(wanted)
    return PYTHON


def _check_python() -> None:
    if sys.version_info < OLDEST:
        raise CannotStartError("Baken needs Python 3.11 or newer; install it and name it: make run PYTHON=python3.11")


def _works(python: Path) -> bool:
    """A half-made environment, or one whose Python was removed, is made again."""
    command = (str(python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))")
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def _make() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise CannotStartError(
            "This Python cannot make virtual environments (ensurepip is missing); install it and run make again. "
            "On Debian and Ubuntu: apt install python3-venv"
        )
    with Waiting("Making the virtual environment"):
        made = subprocess.run((sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)), capture_output=True)
    if made.returncode != 0:
        raise CannotStartError(
            f"The virtual environment could not be made in {ENVIRONMENT}; see that the disk is not full and that you may "
            "write there, and on Debian and Ubuntu that python3-venv is installed."
        )


def _install(lock: str) -> None:
    command = (str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    with Waiting(f"Installing what {lock} names (about a minute the first time)"):
        installed = subprocess.run(
            (*command, "--require-hashes", "--requirement", str(ROOT / lock)), capture_output=True, text=True
        )
    if installed.returncode != 0:
        last = (installed.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise CannotStartError(f"The libraries could not be installed; see that PyPI can be reached and run make again. {last}")


def _fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
