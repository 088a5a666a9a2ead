"""How much it says that two persons share a name, a place or a nationality: from public tables, or counted in a file.

The register uses the tables, so that nothing at rest counts how often a name occurs in it.
"""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from intake.linkage import normalise
from intake.linkage.geography import place
from intake.linkage.name_frequencies import rarity
from intake.linkage.records import MOST_RARITY, Details

QUARTERS = 4
UNKNOWN_PLACE = 20
UNKNOWN_NATIONALITY = 18
# How many names of its nationality a name needs to have been counted among before the count speaks for itself.
FIRMNESS = 30


class Rarities(Protocol):
    """In quarters of a bit: 4 * -log2 of the share of persons of the nationality who have it."""

    def name(self, word: str, nationality: str) -> int: ...

    def place(self, key: str, nationality: str) -> int: ...

    def nationality(self, code: str) -> int: ...


class Known:
    """From tables of general knowledge."""

    def name(self, word: str, nationality: str) -> int:
        return rarity(word, nationality)

    def place(self, key: str, nationality: str) -> int:
        return UNKNOWN_PLACE

    def nationality(self, code: str) -> int:
        return UNKNOWN_NATIONALITY


KNOWN = Known()


class Counted:
    """Counted among the reports of one file, per nationality; where few were counted, the whole file speaks too."""

    def __init__(self, reports: Iterable[Details] = ()) -> None:
        self._names, self._places = _Counts(), _Counts()
        self._nationalities: Counter[str] = Counter()
        for details in reports:
            nationality = details.nationalities[0] if details.nationalities else ""
            self.count_nationalities(details.nationalities, 1)
            for text in (*details.given_names, details.family_name):
                for word in normalise.words(text):
                    self.count_name(word, nationality, 1)
            if key := place(details.place):
                self.count_place(key, nationality, 1)

    def count_name(self, word: str, nationality: str, times: int) -> None:
        self._names.add(word, nationality, times)

    def count_place(self, key: str, nationality: str, times: int) -> None:
        self._places.add(key, nationality, times)

    def count_nationalities(self, codes: Iterable[str], times: int) -> None:
        for code in codes:
            self._nationalities[code] += times

    def name(self, word: str, nationality: str) -> int:
        return self._names.rarity(word, nationality)

    def place(self, key: str, nationality: str) -> int:
        return self._places.rarity(key, nationality)

    def nationality(self, code: str) -> int:
        return _quarters((self._nationalities[code] + 1) / (self._nationalities.total() + 2))


class _Counts:
    def __init__(self) -> None:
        self._all: Counter[str] = Counter()
        self._of: dict[str, Counter[str]] = {}
        self._totals: Counter[str] = Counter()
        self._total = 0

    def add(self, word: str, nationality: str, times: int) -> None:
        self._all[word] += times
        self._of.setdefault(nationality, Counter())[word] += times
        self._totals[nationality] += times
        self._total += times

    def rarity(self, word: str, nationality: str) -> int:
        overall = (self._all[word] + 1) / (self._total + 2)
        counted = self._of.get(nationality, Counter[str]())[word] if nationality else 0
        total = self._totals[nationality] if nationality else 0
        return _quarters((counted + FIRMNESS * overall) / (total + FIRMNESS))


def _quarters(share: float) -> int:
    return min(MOST_RARITY, max(0, round(-QUARTERS * math.log2(share))))
