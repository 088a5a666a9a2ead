"""Reference tables of the engine: prefixes, placeholders, name families and common names. It holds no rules of comparison.

The words stand in tables/, one entry a line. They belong to the frozen parameter version: a change there is a new version.
"""

from intake.linkage.name_families import SPELLINGS, families
from intake.linkage.name_frequencies import rarity
from intake.linkage.table_files import entries

__all__ = [
    "EMPTY_ANSWERS",
    "GLUED_NAMES",
    "GLUED_PREFIXES",
    "PLACEHOLDERS",
    "PREFIXES",
    "SERVANT_NAMES",
    "SPELLING_FAMILY",
    "WRITTEN_APART",
    "families",
    "rarity",
]

PREFIXES = frozenset(entries("prefixes"))
PLACEHOLDERS = frozenset(entries("placeholders"))
EMPTY_ANSWERS = frozenset(entries("empty_answers"))
SERVANT_NAMES = frozenset(entries("servant_names"))

# One family of each spelling, the first of the table where a word is a spelling of two names: a word has one sound.
SPELLING_FAMILY = {spelling: keys[0] for spelling, keys in SPELLINGS.items()}

# Prefixes that are written in one word with the name, the longest first.
GLUED_PREFIXES = ("vander", "vanden", "vande")

# A name that is written in one word with a prefix ('elamrani'), and the name alone; only names that are known as such.
GLUED_NAMES = {prefix + name: name for prefix, *names in map(str.split, entries("glued_names")) for name in names}

# First words of names of two words, and the second words that they are joined with.
WRITTEN_APART = {first: frozenset(seconds) for first, *seconds in map(str.split, entries("written_apart"))}
