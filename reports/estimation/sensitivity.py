"""What an answer hangs on: each list left out, each two lists merged, and lists whose size is known hidden from the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from reports.estimation.answer import REFUSED, Answer, Asked, answer
from reports.estimation.histories import BadTableError, OverlapTable

# Histories of more lists take minutes for all variations; the searches up to here take seconds.
MOST_LISTS_VARIED = 6


@dataclass(frozen=True)
class Variation:
    """lists: those left out, or merged. total and the limits are None where the answer, or the table, is refused."""

    lists: tuple[str, ...]
    status: str
    total: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Hidden:
    """known: persons on the list. found: how many the other lists would estimate from those on the list that they also saw."""

    list_code: str
    known: int
    found: Variation


@dataclass(frozen=True)
class Sensitivity:
    left_out: tuple[Variation, ...]
    merged: tuple[Variation, ...]
    hidden: tuple[Hidden, ...]


def vary(table: OverlapTable, asked: Asked) -> Sensitivity | None:
    """The answers to the table's variations, each with profile limits; None beyond MOST_LISTS_VARIED lists.

    The check of hidden lists follows Binette and Steorts 2022, JRSS A 185(2):640-676, section 4.
    """
    if len(table.lists) > MOST_LISTS_VARIED:
        return None
    how = replace(asked, replicates=0)
    return Sensitivity(
        tuple(_varied((code,), table.omit((code,)), how.without((code,))) for code in table.lists),
        tuple(_merged(table, two, how) for two in combinations(table.lists, 2)),
        tuple(_hidden(table, how)),
    )


def _merged(table: OverlapTable, two: tuple[str, str], how: Asked) -> Variation:
    into = "+".join(two)
    return _varied(two, table.merge(two, into), how.merged(two, into))


def _hidden(table: OverlapTable, how: Asked) -> Iterator[Hidden]:
    for place, code in enumerate(table.lists):
        within = OverlapTable(table.lists, table.on_list(place))
        yield Hidden(code, within.observed, _varied((code,), within.omit((code,)), how.without((code,))))


def _varied(lists: tuple[str, ...], table: OverlapTable, how: Asked) -> Variation:
    try:
        found: Answer = answer(table, how)
    except BadTableError:
        return Variation(lists, REFUSED, None, None, None)
    limits = found.interval
    return Variation(lists, found.status, found.total, limits.low if limits else None, limits.high if limits else None)
