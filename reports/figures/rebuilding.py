"""Counts the whole register again: anew under other definitions, or to prove at night that what is stored is right.

It runs in one transaction under the lock of progress, which its services hold, and in the memory of a few portions.
"""

import gc
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from intake import facts
from reports.figures import storage
from reports.figures.cells import Cell
from reports.figures.compute import Tally
from reports.figures.recounting import counters_of, recompute
from reports.figures.storage import Key, StoredPersonYear
from reports.models import Progress
from reports.personyears.portions import PersonYears, person_years

CONTRIBUTIONS_AT_ONCE = 50_000
REPAIRED_AT_ONCE = 1000


@dataclass(frozen=True)
class Comparison:
    """What a rebuild found different and repaired."""

    person_years: int
    wrong_person_years: int
    wrong_cells: int


def count_anew() -> None:
    """Forget everything and count it from the contributions."""
    storage.forget()
    tally = Tally()
    for found in _portions():
        tally.add(found)
        storage.insert_person_years(zip(found.persons, found.years, found.texts(), found.differs, strict=True))
    storage.add_to_counters(tally.counters())


def compare_and_repair(progress: Progress) -> Comparison:
    """Changes that wait for their refresh are no differences: of those the stored person-year is what counters must say."""
    tally, waiting, expected = Tally(), _Waiting(progress.sequence), Counter[Cell]()
    seen = wrong = 0
    last: UUID | None = None
    for found in _portions():
        tally.add(found)
        seen += len(found.years)
        wrong += _repair(last, found.persons[-1], _rows(found), waiting, expected)
        last = found.persons[-1]
    wrong += _repair(last, None, {}, waiting, expected)
    expected.update(tally.counters())
    expected.subtract(storage.counters())
    wrong_cells = {cell: amount for cell, amount in expected.items() if amount}
    storage.add_to_counters(wrong_cells)
    return Comparison(seen, wrong, len(wrong_cells))


class _Waiting:
    """The person-years whose change is not counted yet, read when first asked for."""

    def __init__(self, sequence: int) -> None:
        self._sequence, self._keys = sequence, set[Key]()

    def among(self, keys: Set[Key]) -> set[Key]:
        while changes := facts.changes_since(self._sequence, limit=REPAIRED_AT_ONCE):
            self._keys.update((change.person, change.year) for change in changes)
            self._sequence = changes[-1].sequence
        return self._keys & keys


def _repair(
    after: UUID | None, last: UUID | None, fresh: dict[Key, StoredPersonYear], waiting: _Waiting, expected: Counter[Cell]
) -> int:
    """Of the persons after the one up to the other; returns how many person-years were wrong."""
    stored = storage.person_years_between(after, last)
    if stored == fresh:
        return 0
    differing = {key for key in stored.keys() | fresh.keys() if stored.get(key) != fresh.get(key)}
    waits = waiting.among(differing)
    if waits:
        persons = {person for person, _ in waits}
        expected.subtract(counters_of({key: row for key, row in fresh.items() if key[0] in persons}))
        kept = {key: row for key, row in fresh.items() if key[0] in persons and key not in waits}
        expected.update(counters_of(kept | {key: row for key, row in stored.items() if key in waits}))
    wrong = iter(differing - waits)
    while block := set(islice(wrong, REPAIRED_AT_ONCE)):
        recompute(block)
    return len(differing - waits)


def _rows(found: PersonYears) -> dict[Key, StoredPersonYear]:
    rows = zip(found.persons, found.years, found.texts(), found.differs, strict=True)
    return {(person, year): StoredPersonYear(text, differs) for person, year, text, differs in rows}


def _portions() -> Iterator[PersonYears]:
    with _without_collecting():
        for portion in facts.portions(CONTRIBUTIONS_AT_ONCE):
            yield person_years(portion)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing here makes cycles, and looking for them takes as long as the work itself (measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
