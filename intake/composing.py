"""Composes characters and marks (NFC, NFKC, NFKD) in time that grows with the text alone, and judges nothing."""

import unicodedata
from typing import Literal

# No writing puts more on one letter.
MOST_MARKS = 6
# Whatever has a place in the order of marks or is drawn upon a letter, and the two half-width marks that become such marks.
MARKS = frozenset(
    sign
    for sign in map(chr, (*range(0x300, 0x1E94B), *range(0xE0100, 0xE01F0)))
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Mn"
).union("\uff9e\uff9f")


def composed(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form of Unicode; unchanged where more than MOST_MARKS marks follow each other.

    Marks are put in order by exchanging neighbours, so a heap of thousands would take seconds. Errors: none.
    Source: Unicode Standard Annex 15, Stream-Safe Text Format, for the idea of a bound.
    """
    return text if heaped(text) else unicodedata.normalize(form, text)


def heaped(text: str) -> bool:
    if MARKS.isdisjoint(text):
        return False
    row = 0
    for sign in text:
        row = row + 1 if sign in MARKS else 0
        if row > MOST_MARKS:
            return True
    return False
