"""The child: takes an upload from its input, writes frames to its output. It has limits, and no keys, settings or database.

It is started by intake.batches.reading; whatever an upload makes of it, nothing is within its reach.
"""

import json
import os
import resource
import sys

from intake.batches.child.frames import END, REFUSED, Frame, RefusedError, Template, template_of
from intake.batches.child.signatures import reader_of

MEMORY = 300 * 1024 * 1024
PROCESSOR_SECONDS = 60
# Input, output and errors: no file can be opened, no connection made.
DESCRIPTORS = 3
_PIECE = 1024 * 1024
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode


def main() -> None:
    template = template_of(sys.argv[1])
    _limit()
    try:
        _tell(_read(template))
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(0)


def _read(template: Template) -> Frame:
    """Tells the rows and returns the last word. What a lack of memory filled is free again when that is told."""
    try:
        content = _upload(template.largest_file)
        for frame in reader_of(content)(content, template):
            _tell(frame)
    except RefusedError as error:
        return (REFUSED, error.code, error.row, error.place)
    except MemoryError:
        return (REFUSED, "too-large", 0, "")
    return (END,)


def _limit() -> None:
    for which, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (limit, limit))


def _upload(largest: int) -> bytes:
    content = bytearray()
    while piece := os.read(sys.stdin.fileno(), _PIECE):
        content += piece
        if len(content) > largest:
            raise RefusedError("too-large")
    if not content.strip():
        raise RefusedError("empty")
    return bytes(content)


def _tell(frame: Frame) -> None:
    sys.stdout.write(_ENCODE(frame) + "\n")
