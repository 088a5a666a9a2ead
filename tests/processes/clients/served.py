"""An installation that serves the interface on a free port of this machine, with its runner."""

import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.installations import Installation, installation
from tests.listening import free_port


@dataclass(frozen=True)
class Served:
    house: Installation
    address: str

    def register(self, key: Path, *, told: str = "") -> list[str]:
        """Client id, name of the key and, where it is told of states, the secret."""
        done = self.house.manage("register_system", str(key), *(("--told", told) if told else ()))
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


@contextmanager
def served(folder: Path, template: str) -> Iterator[Served]:
    port = str(free_port())
    address = f"http://localhost:{port}"
    with installation(folder, template, PORT=port, BAKEN_ADDRESS=address) as house:
        house.start(sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py")
        house.runner()
        house.wait_until(lambda: answers(address))
        yield Served(house, address)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=10):  # noqa: S310
            return True
    except OSError:
        return False
