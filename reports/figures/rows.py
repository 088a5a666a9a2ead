"""Words and rows of which figures are declared: a text in both languages, and rows from code lists. It counts nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from intake.codes.lists import EXPLOITATION_TYPES, UNKNOWN, CodeList


@dataclass(frozen=True)
class Text:
    nl: str
    en: str

    def in_language(self, language: str) -> str:
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True)
class Row:
    """code is what is counted; the English label is the row's name in every export. when_counted: left out while zero.

    share_of: the codes of the rows of which it is a part, together; its share of them is shown beside it (figures.shares).
    """

    code: str
    label: Text
    when_counted: bool = False
    share_of: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.label.en


UNKNOWN_ROW = Row("", Text(**UNKNOWN))


def listed(codes: CodeList, order: Iterable[str]) -> tuple[Row, ...]:
    """Rows in this order with the labels of the list; the empty code is the row 'unknown'. A code must be in the list."""
    return tuple(Row(code, Text(codes.label(code, "nl"), codes.label(code, "en"))) for code in order)


def row_of(codes: CodeList, code: str) -> Row:
    """A code that the list no longer has is called by its code, so that what was counted is shown."""
    if code and code not in codes:
        return Row(code, Text(code, code))
    return Row(code, Text(codes.label(code, "nl"), codes.label(code, "en")))


def other_combinations(declared: Iterable[Row]) -> Iterator[Row]:
    """The combinations of exploitation types that the publication has no row for, shown once one is counted."""
    known = {row.code for row in declared}
    types = EXPLOITATION_TYPES.codes
    for size in range(1, len(types) + 1):
        for combination in combinations(types, size):
            code = "+".join(combination)
            if code not in known:
                yield Row(code, Text(_joined(combination, "nl"), "+".join(combination)), when_counted=True)


def _joined(combination: Iterable[str], language: str) -> str:
    return " + ".join(EXPLOITATION_TYPES.label(code, language) for code in combination)
