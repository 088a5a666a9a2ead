"""How a normalised word sounds, starts, and reads with one letter left out. Rules for Dutch spelling of foreign names.

It works on words in the clear and makes no digests.
"""

import re

from intake.linkage.reference import SPELLING_FAMILY

LONGEST_SOUND = 8
SHORTEST_WITH_DELETIONS = 4
SHORTEST_TELLING = 4
SHORTEST_END, LONGEST_END = 3, 7

# Letter groups that stand for one sound, the longest first; the right side is this module's own alphabet.
_GROUPS = {
    "tsch": "s", "dzh": "j", "tch": "s", "sch": "s", "szcz": "s", "cz": "s", "sz": "s", "rz": "s", "sh": "s", "ch": "s",
    "zh": "j", "dj": "j", "dz": "j", "kh": "k", "gh": "g", "ph": "f", "th": "t", "ck": "k", "ks": "s", "cs": "s",
    "zs": "j", "qu": "k", "ts": "s", "gy": "j", "ij": "i", "ie": "i", "ou": "u", "oe": "u", "ee": "i", "oo": "u",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_SINGLE = str.maketrans({"c": "k", "q": "k", "z": "s", "x": "s", "v": "f", "w": "f", "y": "i", "d": "t", "h": None, "j": "i"})
_SOFT_C = re.compile(r"c(?=[eiy])")
_REPEATED = re.compile(r"(.)\1+")
_VOWEL = re.compile(r"[aeiou]+")
_FEMININE_ENDING = re.compile(r"(?<=[osct]k)a$|(?<=[oe]v)a$|(?<=[oe]ff)a$")


def sound(word: str) -> str:
    """A code that is the same for words that are spelt differently and sound alike.

    Returns: up to LONGEST_SOUND letters: consonants of a small alphabet, 'a' where the word begins with a vowel, and the
    last vowel too where only one consonant remains (short names would fall together otherwise). A known family that would
    still be shorter than SHORTEST_TELLING has its own name as code: Su and Xu sound alike and are two names. A word outside
    a-z is its own code. Errors: none. Source: own rules in the manner of Soundex and Metaphone, plus the spelling families.
    """
    spelt = SPELLING_FAMILY.get(word, word)
    if not spelt.isascii():
        return spelt
    coded = _coded(_FEMININE_ENDING.sub("", spelt))
    consonants = _REPEATED.sub(r"\1", _VOWEL.sub("", coded[1:]))
    code = _first(coded) + consonants
    if len(code) < 2:
        code += "".join(_VOWEL.findall(coded))[-1:]
    if len(code) < SHORTEST_TELLING and word in SPELLING_FAMILY:
        code = f"={spelt}"
    return code[:LONGEST_SOUND] or spelt


def start(word: str) -> str:
    """The first four letters, all of a shorter word."""
    return word[:4]


def whole(word: str) -> tuple[str, ...]:
    """The word as a beginning and as an ending of another, marked as in ends."""
    return (f"{word}-", f"-{word}") if len(word) >= SHORTEST_END else ()


def ends(word: str) -> frozenset[str]:
    """Its beginnings and endings of SHORTEST_END to LONGEST_END letters, marked by which they are, without the word itself.

    A shortened name (Bella, Isabella; Stef, Stefan) is a beginning or ending of the whole.
    """
    sizes = range(SHORTEST_END, min(len(word), LONGEST_END + 1))
    return frozenset([*[f"{word[:size]}-" for size in sizes], *[f"-{word[-size:]}" for size in sizes]])


def deletions(word: str) -> frozenset[str]:
    """The word and every form of it with one letter left out.

    Two words share one when one follows from the other by leaving out, adding or changing one letter, or turning two
    neighbours round (and in few cases of two changes). Words under SHORTEST_WITH_DELETIONS letters have none.
    Source: symmetric deletion, Garbe, SymSpell (2012).
    """
    if len(word) < SHORTEST_WITH_DELETIONS:
        return frozenset()
    return frozenset([word, *[word[:place] + word[place + 1 :] for place in range(len(word))]])


def _coded(word: str) -> str:
    softened = _SOFT_C.sub("s", word)
    grouped = _GROUP.sub(lambda match: _GROUPS[match.group()], softened)
    return _REPEATED.sub(r"\1", grouped.translate(_SINGLE))


def _first(coded: str) -> str:
    if not coded:
        return ""
    return "a" if coded[0] in "aeou" else coded[0]
