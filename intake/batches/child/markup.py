"""XML from outside, piece by piece: no document type, so no entities; no endless token; no endless work without a row."""

from collections.abc import Callable, Iterable, Iterator
from time import process_time
from typing import NoReturn
from xml.parsers import expat

from intake.batches.child.frames import RefusedError

# Of a tag the parser looks again from its start with each piece: an endless one would cost the square of its length.
LONGEST_TOKEN = 1024 * 1024
PATIENCE_SECONDS = 4.0

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Patience:
    """Processor time since there was something to show for it."""

    def __init__(self) -> None:
        self._since = process_time()

    def reward(self) -> None:
        self._since = process_time()

    def check(self) -> None:
        if process_time() - self._since > PATIENCE_SECONDS:
            raise RefusedError("too-slow")


def parse(
    pieces: Iterable[bytes], patience: Patience, *, start: Start, end: End | None = None, text: Text | None = None
) -> Iterator[None]:
    """Calls the handlers, names as 'namespace local'; comes back after every piece. No pieces, no calls."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    fed = 0
    try:
        for piece in pieces:
            fed += len(piece)
            parser.Parse(piece, False)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise RefusedError("broken-workbook")
            patience.check()
            yield
        if fed:
            parser.Parse(b"", True)
            yield
    except expat.ExpatError:
        raise RefusedError("broken-workbook") from None


def local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_: object) -> NoReturn:
    raise RefusedError("broken-workbook")
