"""Which spellings and short forms belong to one name: from the tables, and by rules where a language forms them by rule.

It says that two words may be the same name, not that two persons are the same.
"""

import re
from functools import cache

from intake.linkage.table_files import entries

# Surnames that have a form for men and one for women, and the ways their end is written in Latin letters. The right side is
# the end of the key. Given names in -in and -ina are two names (Martin, Martina); only surnames in -kin are taken.
_BY_GENDER = tuple(
    (re.compile(pattern), ending)
    for pattern, ending in (
        (r"(?<=\w{2}[cs]k)(a|i|y|yi|yy|ij|iy|ii|aya|aia|aja)$", "i"),
        (r"(?<=\w{2}dzk)(a|i|y)$", "i"),
        (r"(?<=\w{2})(?:of|off|ow|ov|ova|owa)$", "ov"),
        (r"(?<=\w{2})[iyj]?e(?:f|ff|v|va|w)$", "ev"),
        (r"(?<=\w{2})(?:kin|kina)$", "kin"),
        (r"(?<=\w{2})(ausk|[eao]vici)(?:as|us|iene|aite|iute)$", r"\1"),
        (r"(?<=\w{2})opoul(?:os|ou|o)$", "opoul"),
    )
)
_SHORTEST_BY_GENDER = 5

# Servant of one of the names of God: the article before it is written in a dozen ways and its sun letter may be doubled.
_SERVANT = re.compile(r"c?(?P<first>abd)[aeiou]{0,2}(?:[lrsnzdt](?=[lrsnzdt]))?l?(?P<second>[a-z]{4,})")
_VOWELS = re.compile(r"[aeiouy]+|h$")
_REPEATED = re.compile(r"(.)\1+")
_ONE_CONSONANT = str.maketrans({"q": "k", "c": "k", "x": "h", "j": "g", "v": "w"})

# Compound names of Eritrea and Ethiopia: the first part has several spellings in Latin letters.
_COMPOUND = re.compile(
    r"(?P<first>gh?ebr[ei]?|w[eo]ld[eu]?|t[ei]k[ei]?le|h[ae]+ile|tesf[ae]|habte|kidane)(?P<second>[a-z]{4,})"
)


def _spellings() -> dict[str, tuple[str, ...]]:
    """Every spelling with the keys of its families; the first word of a line is the key."""
    found: dict[str, list[str]] = {}
    for key, *others in map(str.split, entries("spelling_families")):
        for word in dict.fromkeys((key, *others)):
            found.setdefault(word, []).append(key)
    return {word: tuple(dict.fromkeys(keys)) for word, keys in found.items()}


SPELLINGS = _spellings()


def families(word: str) -> tuple[str, ...]:
    """Keys of all the name families that a normalised word belongs to; two words are of one family if they share a key.

    Returns: distinct keys, of the name itself before those that it is short for; () for a word of no known family. Most words
    have one or two, a short form like 'abdi' up to 16. Errors: none. Source: tables/spelling_families.txt,
    tables/short_names.txt and the rules of this module.
    """
    return tuple(dict.fromkeys((*_table().get(word, ()), *_by_rule(word))))


_WORK_NAMES = frozenset(name for line in entries("work_names") for name in line.split())


def is_work_name(word: str) -> bool:
    """Whether a normalised word is a name that people use at work and seldom at home: another name beside it says little."""
    return word in _WORK_NAMES


def is_listed(word: str) -> bool:
    """Whether a normalised word is a known name, and so hardly a typing error of another."""
    return word in _table()


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Short forms take the keys of the full name, which may itself be one spelling of a family."""
    found = {word: list(keys) for word, keys in SPELLINGS.items()}
    for line in entries("short_names"):
        full, *short = line.split()
        keys = SPELLINGS.get(full, (full,))
        for word in (full, *short):
            found.setdefault(word, []).extend(keys)
    return {word: tuple(sorted(dict.fromkeys(keys), key=lambda key: key != word)) for word, keys in found.items()}


def _by_rule(word: str) -> list[str]:
    if len(word) < _SHORTEST_BY_GENDER or not word.isascii():
        return []
    found = [pattern.sub(ending, word) for pattern, ending in _BY_GENDER if pattern.search(word)]
    parts = _SERVANT.fullmatch(word) or _COMPOUND.fullmatch(word)
    if parts and len(second := _skeleton(parts["second"])) > 1:
        found.append(f"{_skeleton(parts['first'].replace('h', ''))[:2]} {second}")
    return found


def _skeleton(word: str) -> str:
    """The consonants of a word in one spelling each."""
    return _VOWELS.sub("", _REPEATED.sub(r"\1", word.translate(_ONE_CONSONANT)))
