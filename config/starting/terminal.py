"""Lines for the person who typed the command: what goes on, and for how long already."""

import sys
from threading import Event, Thread
from time import monotonic
from types import TracebackType


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Waiting:
    """Says what is being waited for; on a terminal it counts the seconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.begun = monotonic()
        self.over = Event()
        self.counter = Thread(target=self._count, daemon=True)

    def __enter__(self) -> "Waiting":
        if sys.stdout.isatty():
            self.counter.start()
        else:
            say(f"{self.what} ...")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.over.set()
        if self.counter.is_alive():
            self.counter.join()
            say()

    def _count(self) -> None:
        while True:
            sys.stdout.write(f"\r{self.what} ... {monotonic() - self.begun:.0f} s ")
            sys.stdout.flush()
            if self.over.wait(1):
                return
