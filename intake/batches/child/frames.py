"""What the child that reads a file and the process that started it say to each other: one JSON array a line, and the limits.

The child tells rows as texts, or that it refuses the file and where. It knows no report and says nothing in words.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

UNDERSTOOD, ROW, DOCUMENT, REFUSED, END = "understood", "row", "document", "refused", "end"
Frame = tuple[object, ...]
Frames = Iterator[Frame]

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_ROWS = 100_000
# Empty ones are skipped but have to be read; as many as a sheet of Excel has.
MOST_LINES = 1_048_576
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
LONGEST_LINE = 250_000
# Of a table, in characters, as of a document in bytes. The longest report fills a third of it.
LONGEST_ROW = 65_536
LONGEST_DOCUMENT = 65_536
# Characters of all rows together. A full file of a hundred thousand rows has 25 million of them; a workbook can write one text
# once and mean it a million times.
MOST_TEXT = 64_000_000


class RefusedError(Exception):
    """The file as a whole cannot be read: the code says why, row and place say where. Nothing of the file is in it."""

    def __init__(self, code: str, *, row: int = 0, place: str = "") -> None:
        super().__init__(code)
        self.code, self.row, self.place = code, row, place


@dataclass(frozen=True)
class Template:
    """What the child has to know of the columns: their headers, which of them a file must have, and the limits.

    Of the workbook to fill in: the sheet of the rows, and the hidden sheet whose one cell holds the version.
    """

    headers: Sequence[str]
    required: Sequence[str]
    sheet: str = ""
    version_sheet: str = ""
    version: str = ""
    most_rows: int = MOST_ROWS
    most_lines: int = MOST_LINES
    most_text: int = MOST_TEXT
    largest_file: int = LARGEST_FILE

    def text(self) -> str:
        return json.dumps(asdict(self))


def template_of(text: str) -> Template:
    return Template(**json.loads(text))


@dataclass
class Understood:
    """What the file was taken for, to be told to whoever sent it; version is that of a template that was filled in."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    version: str = ""
    headers: Sequence[str] = field(default=())

    def frame(self) -> Frame:
        return (UNDERSTOOD, asdict(self))


def understood_of(values: Mapping[str, Any]) -> Understood:
    return Understood(**values)
