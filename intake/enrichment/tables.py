"""A delivery as a table (CSV as Dutch Excel writes it): the envelope's columns before those of the template for reports.

The file is read by the same limited child as an upload of reports. It stores nothing and takes no record for a report.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from accounts.reporters import Source
from intake.batches import cells
from intake.batches.cells import CellError
from intake.batches.child.frames import Template
from intake.batches.columns import BY_FIELD, COLUMNS, read_row
from intake.batches.parsing import Row, rows_of
from intake.enrichment import envelopes
from intake.enrichment.deliveries import FeedRecord, Line
from intake.enrichment.envelopes import Envelope
from intake.notifications.inputs import NotificationInput, Problem

# Header of the table to member of the envelope.
ENVELOPE: Mapping[str, str] = {
    "sleutel": "sleutel",
    "rol": "rol",
    "status": "status",
    "bronregister": "bronregister",
    "geldig_van": "geldigVan",
    "geldig_tot": "geldigTot",
    "datum": "datum",
}
_DATES = ("geldig_van", "geldig_tot", "datum")
_OF_REPORTS_ALONE = {column.header for column in COLUMNS if column.part == "consent"} | {
    BY_FIELD[field] for field in ("date", "own_reference", "age_band")
}
PERSON = tuple(column.header for column in COLUMNS if column.header not in _OF_REPORTS_ALONE)
MOST_ROWS = 10_000
# Characters of a delivery, which is stored as a whole.
MOST_TEXT = 10_000_000
TEMPLATE = Template(headers=[*ENVELOPE, *PERSON], required=["sleutel"], most_rows=MOST_ROWS, most_text=MOST_TEXT)
_BEGINS_A_LINE_OF_JSON = b"{"


def is_table(content: bytes) -> bool:
    """Lines of JSON begin with a brace, and nothing else does."""
    return not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_BEGINS_A_LINE_OF_JSON)


def read_rows(content: bytes, source: Source) -> Iterator[Line]:
    """Row by row; raises UnreadableFileError for a file that cannot be read as a whole."""
    for row in rows_of([content], template=TEMPLATE):
        found = row.problems or _record(row, source)
        yield Line(row.number, found) if isinstance(found, FeedRecord) else Line(row.number, None, found)


def _record(row: Row, source: Source) -> FeedRecord | tuple[Problem, ...]:
    if row.cells is None:
        return (Problem("", "unknown-member"),)
    envelope = envelopes.read(_members(row.cells), source)
    if not isinstance(envelope, Envelope):
        return tuple(replace(problem, field=_header(problem.field)) for problem in envelope)
    return _with_person(envelope, row.cells) if envelope.kept else FeedRecord(envelope)


def _with_person(envelope: Envelope, row: Mapping[str, str]) -> FeedRecord | tuple[Problem, ...]:
    person = {header: row[header] for header in PERSON if header in row}
    found = read_row(person | {BY_FIELD["date"]: cells.date_text(envelope.day)})
    if isinstance(found, NotificationInput):
        return FeedRecord(envelope, found.identity, found.characteristics)
    return tuple(replace(problem, field=BY_FIELD.get(problem.field, problem.field)) for problem in found)


def _members(row: Mapping[str, str]) -> dict[str, object]:
    return {member: _value(header, cells.plain(row.get(header, ""))) for header, member in ENVELOPE.items()}


def _value(header: str, cell: str) -> str | None:
    """A date that cannot be read stays as it is, for the envelope to refuse."""
    if not cell or header not in _DATES:
        return cell or None
    try:
        found = cells.day(cell)
    except CellError:
        return cell
    return found.isoformat() if found else None


def _header(member: str) -> str:
    return next((header for header, known in ENVELOPE.items() if known == member), member)
