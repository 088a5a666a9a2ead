"""How much an equal name says, given the nationality: a rare name more than one that every tenth person bears."""

import math
from collections.abc import Mapping
from functools import cache

from intake.linkage.name_families import families
from intake.linkage.table_files import entries

RAREST = 52
STEPS_PER_BIT = 4
# A spelling that the table does not list is two bits rarer than the one it lists of the same family.
OTHER_SPELLING = 2 * STEPS_PER_BIT
# The part of a nationality's names that comes from the names of all: persons marry, move and are written down wrongly.
SHARED = 0.1


def rarity(word: str, nationality: str) -> int:
    """How much an exact agreement on a normalised name says, in quarter bits from 0 to RAREST.

    Four times the negative binary logarithm of how often the word stands among the names of the nationality (ISO 3166 alpha-2;
    '' and a nationality without a list mean the mixture of all), smoothed with the mixture. Unknown words have RAREST.
    Errors: none. Source: tables/name_frequencies.txt.
    """
    listed = _quarter_bits(word, nationality)
    others = (_quarter_bits(key, nationality) + OTHER_SPELLING for key in families(word))
    return min(listed, *others, RAREST)


def _quarter_bits(word: str, nationality: str) -> int:
    names = _by_nationality().get(nationality, {})
    mixed = _mixture().get(word, 0.0)
    share = (1 - SHARED) * names.get(word, 0.0) + SHARED * mixed if names else mixed
    return round(-STEPS_PER_BIT * math.log2(share)) if share else RAREST


@cache
def _weighted() -> dict[str, tuple[float, Mapping[str, float]]]:
    """The weight of a nationality in the mixture, and how often each name stands among its names (0 to 1).

    A word that is a given and a family name stands there twice; the more common use counts.
    """
    found: dict[str, tuple[float, Mapping[str, float]]] = {}
    for line in entries("name_frequencies"):
        head, _, names = line.partition(":")
        code, weight = head.split()
        shares: dict[str, float] = {}
        for word, per_mille in (pair.split("=") for pair in names.split()):
            shares[word] = max(float(per_mille) / 1000, shares.get(word, 0.0))
        found[code] = (float(weight), shares)
    return found


@cache
def _by_nationality() -> dict[str, Mapping[str, float]]:
    return {code: names for code, (_, names) in _weighted().items()}


@cache
def _mixture() -> dict[str, float]:
    whole = sum(weight for weight, _ in _weighted().values())
    mixed: dict[str, float] = {}
    for weight, names in _weighted().values():
        for word, share in names.items():
            mixed[word] = mixed.get(word, 0.0) + share * weight / whole
    return mixed
