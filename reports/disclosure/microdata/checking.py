"""Whether rows may leave: k-anonymity, l-diversity, and rows that are alone on up to four columns.

Sweeney (2002): each combination of quasi-identifiers is shared by at least k persons. Machanavajjhala and others (2007), in the
distinct form: among those, each sensitive column has at least l values of which no known one is everybody's, or shows nothing
known. A person in several years has several rows, and counts once. A blank counts as a value when rows are compared, so what is
found holds for an attacker who takes it for one and for one who does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.disclosure.microdata.rows import BLANK, LARGEST_SUBSET, Codes, Mask, Rows, firsts, keys, sizes, subsets


@dataclass(frozen=True)
class Alone:
    """How many rows nobody else shares these columns with."""

    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Findings:
    """smallest: persons in the smallest class of quasi-identifiers (0 without rows). below_k: rows of classes with fewer
    persons than that. uniform: classes of which a sensitive column tells the value of everybody, by column. alone: subsets of
    all columns, only those with such rows.
    """

    rows: int
    smallest: int
    below_k: int
    uniform: dict[str, int]
    alone: tuple[Alone, ...]

    @property
    def safe(self) -> bool:
        return self.below_k == 0 and not any(self.uniform.values()) and not self.alone


def check(rows: Rows, quasi: Sequence[str], sensitive: Sequence[str], *, k: int, diversity: int) -> Findings:
    """Everything at once. quasi and sensitive name columns of rows; none may be in both."""
    classes = rows.codes[:, rows.places(quasi)]
    size = sizes(classes, rows.persons)
    return Findings(
        rows=len(rows),
        smallest=int(size.min()) if len(rows) else 0,
        below_k=int((size < k).sum()),
        uniform={name: len(np.unique(keys(classes)[uniform(rows, classes, name, diversity)])) for name in sensitive},
        alone=alone(rows),
    )


def alone(rows: Rows, largest: int = LARGEST_SUBSET) -> tuple[Alone, ...]:
    """Of every subset of up to so many columns."""
    found = []
    for chosen in subsets(len(rows.names), largest):
        number = int((sizes(rows.codes[:, chosen], rows.persons) == 1).sum())
        if number:
            found.append(Alone(tuple(rows.names[place] for place in chosen), number))
    return tuple(found)


def uniform(rows: Rows, classes: Codes, name: str, diversity: int) -> Mask:
    """The rows of classes that show fewer than so many values of this column, or a known one of everybody who shows any.

    Not those that show only the unknown one. Shape (rows,).
    """
    _, place = np.unique(keys(classes), return_inverse=True)
    values, number = rows.column(name), int(place.max(initial=0)) + 1
    shown = values != BLANK
    at, persons, width = place[shown], rows.persons[shown], max(int(values.max(initial=0)), rows.unknown(name)) + 1
    pair = at * width + values[shown]
    having = np.bincount(pair[firsts(pair, persons)], minlength=number * width).reshape(number, width)
    everybody = np.bincount(at[firsts(at, persons)], minlength=number)
    different = (having > 0).sum(axis=1)
    having[:, rows.unknown(name)] = 0
    known = having.max(axis=1)
    of_everybody = (known == everybody) & (diversity > 1)
    few: Mask = ((known > 0) & ((different < diversity) | of_everybody))[place]
    return few
