"""All files of a published edition: each figure as CSV, workbook and JSON, and everything as one workbook and one JSON.

Protected, as the edition printed them. The same edition gives the same bytes; no text becomes a formula.
"""

import csv
import io
import json
from collections.abc import Iterator

from reports.deliveries.document import as_document, protection
from reports.deliveries.workbook import about, as_workbook, lines, workbook_of
from reports.editions.selectors import PublishedFigures
from reports.figures.printing import as_json
from reports.figures.tables import Table
from safeguards.spreadsheets import neutral


def files_of(figures: PublishedFigures) -> dict[str, bytes]:
    """The bytes by the name of their file."""
    return dict(_files(figures))


def _files(figures: PublishedFigures) -> Iterator[tuple[str, bytes]]:
    for identifier, table in figures.tables.items():
        yield f"{identifier}.csv", _csv(figures, table)
        yield f"{identifier}.xlsx", workbook_of(table, about(figures))
        yield f"{identifier}.json", _json(figures, table)
    yield "figures.xlsx", as_workbook(figures)
    yield "figures.json", as_document(figures)
    yield "edition.json", figures.content


def _csv(figures: PublishedFigures, table: Table) -> bytes:
    """In Dutch, as the workbook: UTF-8 with a mark and semicolons, as spreadsheets there expect."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    for line in (*lines(table), (), *about(figures)):
        writer.writerow(neutral(cell) if isinstance(cell, str) else cell for cell in line)
    return ("\ufeff" + written.getvalue()).encode()


def _json(figures: PublishedFigures, table: Table) -> bytes:
    edition = figures.edition
    said = {
        "edition": {"number": edition.number, "name": edition.name, "sha256": figures.digest},
        "protection": {"method": edition.method, "base": edition.base, "explanation": protection(edition).en},
        "figure": {table.figure.id: as_json({table.figure.id: table})[table.figure.id]},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
