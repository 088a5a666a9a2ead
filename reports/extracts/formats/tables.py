"""Codes as CSV: UTF-8, one line for each row, and a list of codes for each column. No cell becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from reports.extracts.contents import Content, OutColumn, used
from safeguards.spreadsheets import neutral

CODES = ("code", "label_nl", "label_en")


def data(content: Content) -> bytes:
    return csv_file([column.name for column in content.columns], content.rows)


def code_list(column: OutColumn, content: Content) -> bytes:
    return csv_file(CODES, ((code, text.nl, text.en) for code, text in used(column, content).items()))


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return written.getvalue().encode()
