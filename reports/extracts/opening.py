"""Open data of an extract: synthetic rows with their guarantee, written as any other content, and how near they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.disclosure.microdata.rows import Rows
from reports.disclosure.synthetic.completing import completed
from reports.disclosure.synthetic.likeness import likeness, means
from reports.disclosure.synthetic.synthesising import Line, Synthetic, synthesise
from reports.extracts.columns import BY_NAME, UNKNOWN_TEXT
from reports.extracts.contents import ROW, UNKNOWN_CODE, About, Content, OutColumn, row_name

# Of epsilon 4; what is left is for the fixed tables (formats.counts).
EPSILON = 3.5


def lines_of(rows: Rows) -> list[Line]:
    """The codes of each row, unknown as a value of its own."""
    columns = [[rows.values[name][code] or UNKNOWN_CODE for code in rows.column(name).tolist()] for name in rows.names]
    return list(zip(*columns, strict=True))


def synthesised(columns: Sequence[str], rows: Sequence[Line]) -> Synthetic:
    """Spends EPSILON. No value is empty."""
    made = synthesise(columns, rows, EPSILON)
    return Synthetic(completed(columns, made, UNKNOWN_CODE), made.counts)


def open_content(columns: Sequence[str], made: Synthetic, values: Mapping[str, Sequence[str]], about: About) -> Content:
    written = [(row_name(), *row) for row in made.rows]
    return Content((ROW, *(out_column(name, values[name]) for name in columns)), written, about)


def out_column(name: str, codes: Sequence[str]) -> OutColumn:
    described = BY_NAME[name]
    known = {code or UNKNOWN_CODE: described.label(code) for code in codes}
    return OutColumn(name, described.title, known | {UNKNOWN_CODE: UNKNOWN_TEXT})


def likeness_report(columns: Sequence[str], real: Sequence[Line], made: Synthetic) -> dict[str, Any]:
    """For inside alone: it compares with the real rows. Distances are between 0 and 1, errors in persons."""
    found = likeness(columns, real, made.rows)
    return {
        "likeness": [[list(one.columns), round(one.distance, 4), round(one.mean_error, 2)] for one in found],
        "means": [[size, round(distance, 4), round(error, 2)] for size, (distance, error) in means(found).items()],
    }
