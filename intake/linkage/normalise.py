"""Brings names and numbers to one spelling: scripts, marks, prefixes, placeholders, single letters. It compares nothing."""

import re
import unicodedata

from intake.linkage.birth_dates import birth_date
from intake.linkage.geography import country, place
from intake.linkage.reference import GLUED_PREFIXES, PLACEHOLDERS, PREFIXES
from intake.linkage.scripts import folded

__all__ = ["birth_date", "country", "folded", "number", "place", "valid_bsn", "words"]

LONGEST_WORD = 40
MOST_WORDS = 6
SHORTEST_AFTER_GLUED_PREFIX = 4

_NOT_A_SIGN = re.compile(r"[^0-9A-Z]+")


def words(text: str) -> tuple[str, ...]:
    """The words of one name that say something, at most MOST_WORDS of at most LONGEST_WORD letters.

    Placeholders ('onbekend', 'NN') are left out; prefixes are left out where another word remains.
    Returns: normalised words in the order of writing. Errors: none. Source: table in reference.py.
    """
    read = folded(text)
    if read.replace(" ", "") in PLACEHOLDERS:
        return ()
    found = [word[:LONGEST_WORD] for word in read.split() if word not in PLACEHOLDERS]
    named = [word for word in found if word not in PREFIXES]
    return tuple(_without_glued_prefix(word) for word in (named or found)[:MOST_WORDS])


def number(text: str) -> str:
    """An identity number as capital letters and digits. A number of zeroes only is no number."""
    kept = _NOT_A_SIGN.sub("", unicodedata.normalize("NFKC", text).upper())
    return kept if kept.strip("0") else ""


def valid_bsn(digits: str) -> bool:
    """Eleven-test of the burgerservicenummer: 9a+8b+7c+6d+5e+4f+3g+2h-i is a multiple of 11.

    A number that fails it is a typing error; it counts as missing. Source: Logisch Ontwerp BSN.
    """
    if len(digits) != 9 or not (digits.isascii() and digits.isdigit()):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _without_glued_prefix(word: str) -> str:
    for prefix in GLUED_PREFIXES:
        if word.startswith(prefix) and len(word) >= len(prefix) + SHORTEST_AFTER_GLUED_PREFIX:
            return word.removeprefix(prefix)
    return word
