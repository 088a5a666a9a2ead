"""A small table that somebody uploaded for the reports, read by the child that reads every upload: the same limits,
encodings, formula cells and sentences. It knows no column and keeps nothing.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from intake.batches import cells, parsing
from intake.batches.child.frames import Template, Understood
from intake.errors import UnreadableFileError
from intake.notifications import sentences
from intake.notifications.inputs import Problem

__all__ = ("Line", "Template", "UnreadableFileError", "read", "sentence")


@dataclass(frozen=True)
class Line:
    """A row that holds something: its number in the file, its filled cells by header, and what is wrong with how it is
    written, as column (empty: the whole row) and rule.
    """

    number: int
    cells: Mapping[str, str]
    problems: tuple[tuple[str, str], ...]


def read(content: bytes, template: Template) -> tuple[Line, ...]:
    """Raises UnreadableFileError, with its place and rule, for what is no table with these headers."""
    said: list[Understood] = []
    with closing(parsing.rows_of([content], template=template, understood=said.append)) as rows:
        found = [(row.number, row.cells, row.problems) for row in rows]
    if any(one.format == "json" for one in said) or any(filled is None for _, filled, _ in found):
        raise UnreadableFileError("not-text")
    return tuple(
        Line(number, _plain(filled or {}), tuple((problem.field, problem.code) for problem in problems))
        for number, filled, problems in found
    )


def sentence(code: str, column: str) -> str:
    """What the rule says to a person, with the name of the column."""
    return sentences.sentence(Problem("", code), name=column)


def _plain(filled: Mapping[str, str]) -> Mapping[str, str]:
    found = {header: cells.plain(cell.strip()) for header, cell in filled.items()}
    return {header: cell for header, cell in found.items() if cell}
