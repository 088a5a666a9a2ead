"""Several processes that live and die together: when one ends, or when we are told to end, all of them end."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep
from types import FrameType, TracebackType

from config.starting.terminal import say

POLL = 0.1
PATIENCE = 15.0
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl


class Supervisor:
    """Start processes inside its context; on the way out every one of them is ended."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.passing = ""
        self.told_to_end = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end_all()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.told_to_end = True

    def start(self, name: str, command: Sequence[str]) -> None:
        """In a session of its own, so that Ctrl-C reaches it through us alone."""
        self.processes[name] = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def run(self, name: str, command: Sequence[str]) -> int | None:
        """Run one more process to its end while the others go on. None if all must end before it did."""
        self.start(name, command)
        self.passing = name
        while not self.told_to_end and not self.fallen():
            if (status := self.processes[name].poll()) is not None:
                del self.processes[name]
                return status
            sleep(POLL)
        return None

    def fallen(self) -> list[str]:
        """The names of processes that should go on and have ended by themselves."""
        return [name for name, process in self.processes.items() if name != self.passing and process.poll() is not None]

    def watch(self) -> list[str]:
        """Wait until we are told to end, or a process ends. Returns the names of those that fell."""
        while not self.told_to_end and not self.fallen():
            sleep(POLL)
        return [] if self.told_to_end else self.fallen()

    def end_all(self) -> None:
        """Ask every process to finish what it is doing; end the stubborn."""
        for process in self.processes.values():
            _signal_group(process, signal.SIGTERM)
        deadline = monotonic() + PATIENCE
        while any(process.poll() is None for process in self.processes.values()) and monotonic() < deadline:
            sleep(POLL)
        for name, process in self.processes.items():
            if process.poll() is None:
                say(f"The {name} does not end by itself and is stopped; nothing is lost.")
            _signal_group(process, signal.SIGKILL)
            process.wait()
        self.processes.clear()


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _die_with_parent() -> None:
    """Between fork and exec: on Linux the process ends even if this one is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
