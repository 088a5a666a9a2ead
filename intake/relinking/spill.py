"""The private folder that a full relink works in: for its owner alone, and erased in every end. It writes nothing itself.

A process that is killed at once (SIGKILL, loss of power) leaves its folder; the next relink there erases it.
"""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

PREFIX = "baken-relink-"
LOCK = "held"
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@contextmanager
def spill_folder(parent: Path) -> Iterator[Path]:
    """A fresh folder of mode 0700 under parent. Errors: OSError where none can be made or erased there."""
    erase_left_behind(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    try:
        with _held(folder / LOCK), _ending_by_exception():
            yield folder
    finally:
        shutil.rmtree(folder)


def erase_left_behind(parent: Path) -> int:
    """Erase the folders of own relinks that nobody holds any more; how many."""
    left = [folder for folder in parent.glob(f"{PREFIX}*") if folder.stat().st_uid == os.getuid() and _is_free(folder / LOCK)]
    for folder in left:
        shutil.rmtree(folder)
    return len(left)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """The lock goes with the process, however that ends."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_free(path: Path) -> bool:
    """Also a folder without a lock: whoever made it ended before its first line, or is about to hold it for no data yet."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except FileNotFoundError:
        return True
    return True


@contextmanager
def _ending_by_exception() -> Iterator[None]:
    """A signal that ends the process unwinds it first."""
    before = {number: signal.signal(number, _end) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
