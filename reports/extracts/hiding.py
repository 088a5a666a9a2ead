"""Blanks more values of rows where an attack works a small count out from them and what is out: those that show it, and as many
beside it, so that it may be more and may be less. Whether that helps the next attack says.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reports.disclosure.microdata.rows import BLANK, Mask, Rows
from reports.disclosure.microdata.specification import Chosen, Kind
from reports.disclosure.release import Key, Release
from reports.disclosure.telling import members_of, shown_by
from reports.extracts.columns import YEAR
from reports.extracts.telling import dimension_of

# On each side, at once.
AT_ONCE = 5

Pick = Callable[[Sequence[int], int], Sequence[int]]


@dataclass(frozen=True)
class _Place:
    """Of a cell: the codes that rows show of it, by column; the first column is the one to blank."""

    shown: tuple[tuple[str, frozenset[str]], ...]


def blank_more(rows: Rows, chosen: Sequence[Chosen], years: range, found: Iterable[Key], release: Release, pick: Pick) -> Rows:
    """found: cells of the release. pick chooses so many of some places at random. The same rows where no column is about it."""
    codes = rows.codes.copy()
    for place in {one for key in found if (one := _place(rows, chosen, years, key, release)).shown}:
        (name, shown), *others = place.shown
        within = np.all(
            [_showing(rows, other, codes_of) for other, codes_of in others] or [np.ones(len(rows), np.bool_)], axis=0
        )
        certain = _showing(rows, name, shown)
        beside = (rows.column(name) != BLANK) & ~certain
        for mask in (within & certain, within & beside):
            places = np.flatnonzero(mask).tolist()
            codes[list(pick(places, min(AT_ONCE, len(places)))), rows.names.index(name)] = BLANK
    return replace(rows, codes=codes)


def _place(rows: Rows, chosen: Sequence[Chosen], years: range, key: Key, release: Release) -> _Place:
    conditions, members, found = dict(key.codes), members_of(release), []
    for one in sorted(chosen, key=_dearness):
        dimension = dimension_of(rows, one, years)
        if dimension is not None and dimension.name in conditions:
            shown = shown_by(dimension, conditions[dimension.name], members.get(dimension.name, {}))
            found += [(one.column.name, shown)] if shown else []
    return _Place(tuple(found))


def _dearness(one: Chosen) -> tuple[bool, bool]:
    """A blank of what identifies makes others."""
    return one.column.kind is Kind.QUASI_IDENTIFIER, one.column.name == YEAR.name


def _showing(rows: Rows, name: str, shown: Iterable[str]) -> Mask:
    values = rows.values[name]
    return np.isin(rows.column(name), [values.index(code) for code in shown if code in values])
