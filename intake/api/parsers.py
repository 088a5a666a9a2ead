"""Reads a body of bounded size: one strict JSON document, or lines that a job reads later. It checks no rule of a report."""

from collections.abc import Mapping
from functools import partial
from typing import IO, Any

from rest_framework.parsers import BaseParser

from intake.api.described import XLSX
from intake.api.problems import TooLargeError
from intake.enrichment.services import LARGEST_DELIVERY
from intake.notifications import strict_json

LARGEST_REPORT = 256 * 1024
PIECE = 64 * 1024


class StrictJsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, context: Mapping[str, Any] | None = None) -> Any:
        return strict_json.loads(bounded(stream, LARGEST_REPORT))


class JsonLinesParser(BaseParser):
    """The lines as they came; each is read on its own later."""

    media_type = "application/x-ndjson"

    def parse(self, stream: IO[bytes], media_type: str | None = None, context: Mapping[str, Any] | None = None) -> Any:
        return bounded(stream, LARGEST_DELIVERY)


class FileParser(BaseParser):
    """A file as it comes in, piece by piece: it never lies anywhere whole. What it is the reader finds out by itself."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, context: Mapping[str, Any] | None = None) -> Any:
        return iter(partial(stream.read, PIECE), b"")


class CsvParser(FileParser):
    media_type = "text/csv"


class WorkbookParser(FileParser):
    media_type = XLSX


class JsonFileParser(FileParser):
    media_type = "application/json"


class JsonLinesFileParser(FileParser):
    media_type = "application/x-ndjson"


FILE_PARSERS: tuple[type[FileParser], ...] = (CsvParser, WorkbookParser, JsonFileParser, JsonLinesFileParser)


class TableParser(JsonLinesParser):
    """The table as it came; a job's limited child reads it."""

    media_type = "text/csv"


def bounded(stream: IO[bytes], largest: int) -> bytes:
    content = stream.read(largest + 1)
    if len(content) > largest:
        raise TooLargeError
    return content
