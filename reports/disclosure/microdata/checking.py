"""Whether rows may leave: k-anonymity, l-diversity, and rows that are alone on up to four columns.

Sweeney (2002): each combination of quasi-identifiers is shared by at least k rows. Machanavajjhala and others (2007), in the
distinct form: among those, each sensitive column has at least l values, or shows nothing known. A blank counts as a value
when rows are compared, so what is found holds for an attacker who takes it for one and for one who does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.disclosure.microdata.rows import BLANK, LARGEST_SUBSET, Codes, Rows, keys, sizes, subsets


@dataclass(frozen=True)
class Alone:
    """How many rows nobody shares these columns with."""

    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Findings:
    """smallest: rows of the smallest class of quasi-identifiers (0 without rows). uniform: classes of which a sensitive column
    tells the value of everybody, by column. alone: subsets of all columns, only those with such rows.
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
    size = sizes(classes)
    return Findings(
        rows=len(rows),
        smallest=int(size.min()) if len(rows) else 0,
        below_k=int((size < k).sum()),
        uniform={
            name: len(np.unique(keys(classes)[uniform(classes, rows.column(name), diversity, rows.unknown(name))]))
            for name in sensitive
        },
        alone=alone(rows),
    )


def alone(rows: Rows, largest: int = LARGEST_SUBSET) -> tuple[Alone, ...]:
    """Of every subset of up to so many columns."""
    found = []
    for chosen in subsets(len(rows.names), largest):
        number = int((sizes(rows.codes[:, chosen]) == 1).sum())
        if number:
            found.append(Alone(tuple(rows.names[place] for place in chosen), number))
    return tuple(found)


def uniform(classes: Codes, values: Codes, diversity: int, unknown: int) -> NDArray[np.bool_]:
    """The rows of classes that show fewer than so many values of this column, and not only the unknown one; shape (rows,)."""
    _, place = np.unique(keys(classes), return_inverse=True)
    shown = values != BLANK
    pairs = np.unique(np.column_stack((place[shown], values[shown])), axis=0)
    different = np.bincount(pairs[:, 0], minlength=int(place.max(initial=0)) + 1)
    known = np.bincount(pairs[pairs[:, 1] != unknown, 0], minlength=len(different))
    few: NDArray[np.bool_] = ((known > 0) & (different < diversity))[place]
    return few
