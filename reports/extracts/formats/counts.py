"""Protected counts beside synthetic rows: those that the rows were drawn from, and fixed tables with noise of known size."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from reports.disclosure.synthetic.laplace import noisy
from reports.disclosure.synthetic.synthesising import Line, Synthetic
from reports.extracts.contents import Content
from reports.extracts.formats.tables import csv_file

# Two tables share the half of epsilon that the rows leave.
TABLES = (("year", "form"), ("form", "sex"))
EPSILON = Fraction(1, 4)


def count_files(content: Content, columns: Sequence[str], rows: Sequence[Line], made: Synthetic) -> dict[str, bytes]:
    """Spends EPSILON for each table. Its cells are the years asked for and all codes of a list, whoever there is."""
    found = {"counts/synthetic.csv": _of_the_rows(made)}
    first, last = content.about.years
    codes = {column.name: list(column.codes) for column in content.columns}
    codes |= {"year": [str(year) for year in range(first, last + 1)]}
    for names in TABLES:
        places = [columns.index(name) for name in names]
        counted = Counter(tuple(row[place] for place in places) for row in rows)
        cells = {cell: counted[cell] for cell in product(*(codes[name] for name in names))}
        lines = [(*cell, str(count)) for cell, count in noisy(cells, EPSILON).items()]
        found[f"counts/{'-by-'.join(names)}.csv"] = csv_file((*names, "count"), lines)
    return found


def _of_the_rows(made: Synthetic) -> bytes:
    lines = [(*_pair(key, 0), *_pair(key, 1), str(count)) for key, count in sorted(made.counts.items())]
    return csv_file(("column_1", "code_1", "column_2", "code_2", "count"), lines)


def _pair(key: Sequence[tuple[str, str]], place: int) -> tuple[str, str]:
    return key[place] if place < len(key) else ("", "")
