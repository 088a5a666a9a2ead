"""An extract for SPSS and Stata: numbers with labels in one language. What was left out is a missing value, unknown is not.

Their writer (ReadStat) knows files only: on Linux it is given one in memory, of which nothing is left however this process
ends; elsewhere one in a folder that this process alone may read.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas
import pyreadstat

from reports.extracts.contents import BLANK_CODE, UNKNOWN_CODE, Content, OutColumn, used

LANGUAGES = ("nl", "en")
UNKNOWN, BLANK = 998, 999


@dataclass(frozen=True)
class _Coded:
    """frame has numbers for codes; labels are of columns, values of numbers by column."""

    frame: Any
    labels: dict[str, str | None]
    values: dict[str, dict[int | float, str]]


def spss(content: Content, language: str) -> bytes:
    coded = _coded(content, language)
    missing: dict[str, list[Any]] = {name: [BLANK] for name, values in coded.values.items() if BLANK in values}
    note = f"{content.about.id} {content.about.watermark}"

    def write(path: str) -> None:
        pyreadstat.write_sav(
            coded.frame,
            path,
            file_label=content.about.title.in_language(language)[:60],
            column_labels=coded.labels,
            variable_value_labels=coded.values,
            missing_ranges=missing,
            note=note,
        )

    return _written(write)


def stata(content: Content, language: str) -> bytes:
    coded = _coded(content, language)

    def write(path: str) -> None:
        pyreadstat.write_dta(
            coded.frame,
            path,
            file_label=content.about.watermark,
            column_labels=coded.labels,
            variable_value_labels=coded.values,
        )

    return _written(write)


def _coded(content: Content, language: str) -> _Coded:
    columns, values = {}, {}
    for place, column in enumerate(content.columns):
        cells = [row[place] for row in content.rows]
        numbers = _numbers(column, content)
        columns[column.name] = [numbers[cell] for cell in cells] if numbers else cells
        if numbers:
            values[column.name] = {number: column.codes[code].in_language(language)[:120] for code, number in numbers.items()}
    labels: dict[str, str | None] = {column.name: column.title.in_language(language) for column in content.columns}
    return _Coded(pandas.DataFrame(columns), labels, values)  # type: ignore[arg-type]


def _numbers(column: OutColumn, content: Content) -> Mapping[str, int]:
    """From 1 in the order of the list; unknown and left out have numbers of their own. A year is its own number."""
    if not column.codes:
        return {}
    fixed = {UNKNOWN_CODE: UNKNOWN, BLANK_CODE: BLANK}
    plain = [code for code in used(column, content) if code not in fixed]
    own = {code: int(code) if all(one.isdigit() for one in plain) else number for number, code in enumerate(plain, start=1)}
    return own | {code: number for code, number in fixed.items() if code in column.codes}


def _written(write: Callable[[str], None]) -> bytes:
    if sys.platform == "linux":
        with open(os.memfd_create("extract"), "rb") as file:
            write(f"/proc/self/fd/{file.fileno()}")
            return file.read()
    with TemporaryDirectory(prefix="baken-") as folder:
        path = Path(folder) / "data"
        write(str(path))
        return path.read_bytes()
