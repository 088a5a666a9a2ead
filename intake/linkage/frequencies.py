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

    def __init__(self, reports: Iterable[Details]) -> None:
        self._names, self._places = _Counts(), _Counts()
        self._nationalities: Counter[str] = Counter()
        words: dict[str, tuple[str, ...]] = {}
        for details in reports:
            nationality = details.nationalities[0] if details.nationalities else ""
            self._nationalities.update(details.nationalities)
            for text in (*details.given_names, details.family_name):
                found = words.get(text)
                if found is None:
                    found = words[text] = normalise.words(text)
                self._names.add(found, nationality)
            if details.place:
                found = words.get("place " + details.place)
                if found is None:
                    found = words["place " + details.place] = tuple(filter(None, (place(details.place),)))
                self._places.add(found, nationality)

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

    def add(self, words: tuple[str, ...], nationality: str) -> None:
        self._all.update(words)
        self._of.setdefault(nationality, Counter()).update(words)
        self._totals[nationality] += len(words)
        self._total += len(words)

    def rarity(self, word: str, nationality: str) -> int:
        overall = (self._all[word] + 1) / (self._total + 2)
        counted = self._of.get(nationality, Counter[str]())[word] if nationality else 0
        total = self._totals[nationality] if nationality else 0
        return _quarters((counted + FIRMNESS * overall) / (total + FIRMNESS))


def _quarters(share: float) -> int:
    return min(MOST_RARITY, max(0, round(-QUARTERS * math.log2(share))))
