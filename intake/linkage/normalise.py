"""Brings names and numbers to one spelling: scripts, marks, prefixes, placeholders, single letters. It compares nothing."""

import re
from collections.abc import Iterator, Sequence

from intake.composing import composed
from intake.linkage.birth_dates import birth_date
from intake.linkage.geography import country, place
from intake.linkage.reference import (
    EMPTY_ANSWERS,
    GLUED_NAMES,
    GLUED_PREFIXES,
    PLACEHOLDERS,
    PREFIXES,
    SERVANT_NAMES,
    SPELLING_FAMILY,
    WRITTEN_APART,
)
from intake.linkage.scripts import folded

__all__ = ["birth_date", "country", "folded", "number", "place", "valid_bsn", "words"]

LONGEST_TEXT = 400
LONGEST_WORD = 40
MOST_WORDS = 6
SHORTEST_AFTER_GLUED_PREFIX = 3
SHORTEST_AFTER_GLUED_ARTICLE = 5

_NOT_A_SIGN = re.compile(r"[^0-9A-Z]+")
_DIGIT = re.compile(r"[1-9]")
# A letter that was lost, and digits that stand in a word: typed for a letter that looks like them, or nothing.
_INSIDE_A_WORD = re.compile(r"(?<=[^\W\d_])(?:[?\ufffd]+|\d+)(?=[^\W\d_])")
# Two names without the space between them: SantosRoxas, but not McDonald.
_CAPITAL_INSIDE = re.compile(r"(?<=[a-zà-öø-ÿ]{3})(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2})")
_LETTER_LIKE = str.maketrans({"0": "o", "1": "i", "3": "e", "5": "s"})
_ONLY_X = re.compile(r"x+")

# 'Abd' with the article in its many spellings; the Somali 'abdi' is left to the families of names.
_SERVANT = re.compile(r"abd(?:[aeou]|ou)?[lr]?")
_SERVANT_IN_ONE = re.compile(r"abd(?:[aeou]|ou)(?:l|r(?=r)|s(?=s)|n(?=n)|j(?=j)|z(?=z))(?P<name>[a-z]+)")
_ARTICLES = frozenset(("al", "el"))
_ARTICLES_OF_SERVANT = _ARTICLES | {"ul", "ar", "er", "ur"}


def words(text: str) -> tuple[str, ...]:
    """The words of one name that say something, at most MOST_WORDS of at most LONGEST_WORD letters from a to z.

    Placeholders ('onbekend', 'NN') and forms of address are left out; prefixes, glued or apart, are left out where another word
    remains. 'Abdul Rahman' and 'Gebre Mariam' are one word. A digit inside a word is read as the letter it looks like.
    Of a longer text the first LONGEST_TEXT signs count. Words of the result give themselves again.
    Returns: normalised words in the order of writing. Errors: none. Source: the tables of reference.py.
    """
    apart = _CAPITAL_INSIDE.sub(" ", text[:LONGEST_TEXT])
    read = folded(_INSIDE_A_WORD.sub(_letter_meant, apart))
    while (found := " ".join(_telling(read.split()))) != read:
        read = found
    return tuple(read.split())


def number(text: str) -> str:
    """An identity number as capital letters and digits. Without a digit other than zero it is no number ('V-000', 'nvt')."""
    kept = _NOT_A_SIGN.sub("", composed("NFKC", text).upper())
    return kept if _DIGIT.search(kept) else ""


def valid_bsn(digits: str) -> bool:
    """Eleven-test of the burgerservicenummer: 9a+8b+7c+6d+5e+4f+3g+2h-i is a multiple of 11.

    A number that fails it is a typing error; it counts as missing. Source: Logisch Ontwerp BSN.
    """
    if len(digits) != 9 or not (digits.isascii() and digits.isdigit()):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _letter_meant(found: re.Match[str]) -> str:
    signs = found.group().translate(_LETTER_LIKE)
    return signs if signs.isascii() and signs.isalpha() else ""


def _telling(read: Sequence[str]) -> Iterator[str]:
    """One pass over the words: what says nothing goes, what is one name comes together."""
    whole = "".join(read)
    if whole in PLACEHOLDERS or _ONLY_X.fullmatch(whole) or not EMPTY_ANSWERS.isdisjoint((whole, " ".join(read))):
        return
    said = [word[:LONGEST_WORD] for word in read if word not in PLACEHOLDERS]
    joined = list(_joined(said))
    named = [word for word in joined if word not in PREFIXES] or joined
    yield from (_without_glued_prefix(_one_servant(word)) for word in named[:MOST_WORDS])


def _joined(said: Sequence[str]) -> Iterator[str]:
    """Names of two words that are written together as well."""
    at = 0
    while at < len(said):
        word, size = said[at], 1
        if _SERVANT.fullmatch(word):
            size = _servant_size(said[at:])
            word = f"abdul{said[at + size - 1]}" if size > 1 else word
        elif said[at + 1 : at + 2] and said[at + 1] in WRITTEN_APART.get(word, ()):
            word, size = word + said[at + 1], 2
        yield word[:LONGEST_WORD]
        at += size


def _servant_size(said: Sequence[str]) -> int:
    """How many words make the name that begins with 'abd'; 1 where no name of God follows."""
    size = 3 if said[1:2] and said[1] in _ARTICLES_OF_SERVANT else 2
    return size if said[size - 1 : size] and said[size - 1] in SERVANT_NAMES else 1


def _one_servant(word: str) -> str:
    found = _SERVANT_IN_ONE.fullmatch(word)
    return f"abdul{found['name']}" if found and found["name"] in SERVANT_NAMES else word


def _without_glued_prefix(word: str) -> str:
    if word in GLUED_NAMES:
        return GLUED_NAMES[word]
    if word[:2] in _ARTICLES and word[2:] in SPELLING_FAMILY and len(word) >= 2 + SHORTEST_AFTER_GLUED_ARTICLE:
        return word[2:]
    for prefix in GLUED_PREFIXES:
        if word.startswith(prefix) and len(word) >= len(prefix) + SHORTEST_AFTER_GLUED_PREFIX:
            return word.removeprefix(prefix)
    return word
