"""Starts the child that reads an upload, feeds it and hands on its lines. It reads no file itself and trusts no child.

The child is a new program with an empty environment and three pipes: no key, setting, connection or memory of this
process is in it. What it says is bounded in length and in silence; however it ends, this process goes on.
"""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from intake.batches.child.frames import Template
from intake.errors import UnreadableFileError

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from intake.batches.child.program import main; main()"
SILENCE_SECONDS = 30.0
LONGEST_FRAME = 8 * 1024 * 1024
_PIECE = 256 * 1024


def lines(parts: Iterable[bytes], template: Template) -> Generator[bytes, None, None]:
    """What the child says of the upload, line by line; when nobody listens any more, the child is ended."""
    child = _started(template)
    try:
        _feed(child, parts, template.largest_file)
        yield from _said(child)
    finally:
        _end(child)


def _started(template: Template) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", START, str(ROOT), template.text()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        close_fds=True,
        cwd="/",
        env={},
    )
    os.set_blocking(_input(child), False)
    return child


def _feed(child: subprocess.Popen[bytes], parts: Iterable[bytes], largest: int) -> None:
    """In this thread, since parts may come from its database connection. A child that answers early has had enough."""
    size = 0
    for part in parts:
        size += len(part)
        if size > largest:
            raise UnreadableFileError("too-large")
        if not _fed(child, part):
            break
    if child.stdin is not None:
        child.stdin.close()


def _fed(child: subprocess.Popen[bytes], part: bytes) -> bool:
    rest = memoryview(part)
    while rest:
        ready = _ready((_input(child), select.POLLOUT), (_output(child), select.POLLIN))
        if _output(child) in ready:
            return False
        try:
            rest = rest[os.write(_input(child), rest[:_PIECE]) :]
        except BrokenPipeError:
            return False
    return True


def _said(child: subprocess.Popen[bytes]) -> Iterator[bytes]:
    begun = bytearray()
    while piece := _piece(child):
        first, *others = piece.split(b"\n")
        begun += first
        if len(begun) > LONGEST_FRAME:
            raise UnreadableFileError("unreadable")
        if others:
            yield bytes(begun)
            yield from others[:-1]
            begun = bytearray(others[-1])
    if child.wait(SILENCE_SECONDS) == -signal.SIGXCPU:
        raise UnreadableFileError("too-slow")


def _piece(child: subprocess.Popen[bytes]) -> bytes:
    _ready((_output(child), select.POLLIN))
    return os.read(_output(child), _PIECE)


def _ready(*wanted: tuple[int, int]) -> set[int]:
    poll = select.poll()
    for descriptor, events in wanted:
        poll.register(descriptor, events)
    found = {descriptor for descriptor, _ in poll.poll(SILENCE_SECONDS * 1000)}
    if not found:
        raise UnreadableFileError("too-slow")
    return found


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
    child.wait()


def _input(child: subprocess.Popen[bytes]) -> int:
    return child.stdin.fileno() if child.stdin else -1


def _output(child: subprocess.Popen[bytes]) -> int:
    return child.stdout.fileno() if child.stdout else -1
