"""Overlap tables: how many persons are on exactly which lists. It checks what it is given and estimates nothing.

A capture history is a number: bit i is set when the person is on list i. Counts are an array over all 2^k histories; that
of history 0, on no list, is what nobody knows and stays zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]

# With two lists independence between them cannot even be doubted: one number for one unknown.
FEWEST_LISTS = 3
# Ten lists have 1,023 histories and 45 pairs, which one fit still carries; registers of this kind have three to six.
MOST_LISTS = 10
# Beyond 2^53 a count is no longer exact in the arithmetic of the fit.
LARGEST_COUNT = 2**53


FEW_LISTS, MANY_LISTS, EMPTY_LIST, LIST_INSIDE, NO_OVERLAP = (
    "FEW_LISTS",
    "MANY_LISTS",
    "EMPTY_LIST",
    "LIST_INSIDE",
    "NO_OVERLAP",
)


class BadTableError(ValueError):
    """A table that no estimate can be asked of; the sentence says what is wrong with it, of the lists that are named.

    code is empty where nothing that holds counts was wrong, but what was written or asked.
    """

    def __init__(self, sentence: str, code: str = "", lists: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.code, self.lists = code, lists


@dataclass(frozen=True)
class OverlapTable:
    """lists: k codes; counts: persons by history, shape (2^k,), whole numbers with counts[0] = 0."""

    lists: tuple[str, ...]
    counts: Counts

    @property
    def observed(self) -> int:
        return int(self.counts.sum())

    @property
    def seen_once(self) -> int:
        return self._seen(1)

    @property
    def seen_twice(self) -> int:
        """Persons on exactly two lists."""
        return self._seen(2)

    def _seen(self, times: int) -> int:
        return int(self.counts[lists_per_history(len(self.lists)) == times].sum())

    def on_list(self, place: int) -> Counts:
        """Counts of the histories with this list, zero elsewhere."""
        held = (np.arange(self.counts.size) >> place) & 1
        return self.counts * held

    def ordered(self) -> "OverlapTable":
        """The same table with its lists by code, so that nothing depends on the order they came in."""
        codes = sorted(self.lists)
        return _gathered(self, tuple(codes), {code: codes.index(code) for code in self.lists})

    def omit(self, codes: Sequence[str]) -> "OverlapTable":
        """Without these lists; who was on no other is gone from the table."""
        self._check_known(codes)
        kept = [code for code in self.lists if code not in codes]
        return _gathered(self, tuple(kept), {code: kept.index(code) for code in kept})

    def merge(self, codes: Sequence[str], into: str) -> "OverlapTable":
        """These lists as one, with whoever is on any of them."""
        self._check_known(codes)
        if into in set(self.lists) - set(codes):
            raise BadTableError("A merged list needs a code that no other list has.")
        renamed = [into if code in codes else code for code in self.lists]
        kept = list(dict.fromkeys(renamed))
        return _gathered(self, tuple(kept), {code: kept.index(new) for code, new in zip(self.lists, renamed, strict=True)})

    def _check_known(self, codes: Sequence[str]) -> None:
        if not set(codes) <= set(self.lists):
            raise BadTableError("A list that should be left out or merged is not in the table; name it by its code.")


def lists_per_history(lists: int) -> npt.NDArray[np.int64]:
    """On how many lists a person of each history is, shape (2^lists,)."""
    return np.array([history.bit_count() for history in range(2**lists)])


def _gathered(table: OverlapTable, lists: tuple[str, ...], places: Mapping[str, int]) -> OverlapTable:
    """The counts over other lists: places says which new list each old one goes to; one without a place is dropped."""
    histories = np.arange(table.counts.size)
    new = np.zeros(table.counts.size, dtype=np.int64)
    for place, code in enumerate(table.lists):
        if code in places:
            new |= ((histories >> place) & 1) << places[code]
    counts = np.zeros(2 ** len(lists))
    np.add.at(counts, new, table.counts)
    counts[0] = 0
    return OverlapTable(lists, counts)


def read_table(given: Any) -> OverlapTable:
    """An overlap table from {"lists": [codes], "counts": {"101": 12, ...}}; histories not named count zero.

    A list is its code, or an object with a code. Raises BadTableError.
    """
    if not isinstance(given, Mapping) or not isinstance(given.get("counts"), Mapping):
        raise BadTableError('A table is an object with "lists", a list of codes, and "counts", from history to count.')
    lists = _codes(given.get("lists"))
    counts = np.zeros(2 ** len(lists))
    for history, count in given["counts"].items():
        counts[_history(history, len(lists))] = _count(count)
    return OverlapTable(lists, counts)


def _codes(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise BadTableError('"lists" is a list of codes, in the order of the histories.')
    codes = tuple(one.get("code") if isinstance(one, Mapping) else one for one in given)
    texts = tuple(code for code in codes if isinstance(code, str) and code)
    if len(texts) < len(codes):
        raise BadTableError("Every list needs a code: a text that is not empty.")
    if len(set(texts)) < len(texts):
        raise BadTableError("Two lists have the same code; give each its own.")
    _check_number(len(texts))
    return texts


def _history(given: Any, lists: int) -> int:
    if len(given) != lists:
        raise BadTableError("A history has another length than the number of lists; it needs one 0 or 1 for each.")
    if not set(given) <= {"0", "1"}:
        raise BadTableError("A history has a sign that is neither 0 nor 1.")
    if "1" not in given:
        raise BadTableError("The history of zeros alone is what is estimated; leave it out of the counts.")
    return int(given[::-1], 2)


def _count(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < LARGEST_COUNT:
        raise BadTableError("A count is not a whole number from zero up; give how many persons have each history.")
    return given


def check(table: OverlapTable) -> None:
    """Raises BadTableError for a table that no model search can be run on."""
    _check_number(len(table.lists))
    for place, code in enumerate(table.lists):
        held = table.on_list(place)
        if not held.any():
            raise BadTableError(f"List {code} is empty; leave it out with --omit.", EMPTY_LIST, (code,))
        _check_not_inside(table, place, held)
    if table.observed == table.seen_once:
        raise BadTableError("No person is on two lists: without any overlap nothing can be estimated.", NO_OVERLAP)


def _check_number(lists: int) -> None:
    if lists < FEWEST_LISTS:
        raise BadTableError(f"The table has {lists} lists; at least {FEWEST_LISTS} are needed to see dependence.", FEW_LISTS)
    if lists > MOST_LISTS:
        raise BadTableError(f"The table has {lists} lists; at most {MOST_LISTS} can be searched, merge some first.", MANY_LISTS)


def _check_not_inside(table: OverlapTable, place: int, held: Counts) -> None:
    histories = np.flatnonzero(held)
    shared = int(np.bitwise_and.reduce(histories)) & ~(1 << place)
    if shared:
        code, other = table.lists[place], table.lists[shared.bit_length() - 1]
        raise BadTableError(
            f"List {code} lies inside list {other}; merge the two, or leave one out.", LIST_INSIDE, (code, other)
        )
