"""Reference tables of the engine: prefixes, placeholders, spelling families and common names. It holds no rules of comparison.

The words stand in tables/, one entry a line. They belong to the frozen parameter version: a change there is a new version.
"""

from pathlib import Path

from intake.linkage.records import Commonness

TABLES = Path(__file__).parent / "tables"


def _lines(name: str) -> list[str]:
    """The entries of a table without its comments."""
    text = (TABLES / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


PREFIXES = frozenset(_lines("prefixes"))
PLACEHOLDERS = frozenset(_lines("placeholders"))
SPELLING_FAMILY = {spelling: family.split()[0] for family in _lines("spelling_families") for spelling in family.split()}

# Prefixes that are written in one word with the name, the longest first.
GLUED_PREFIXES = ("vander", "vanden", "vande")

_VERY_COMMON = frozenset(_lines("very_common_names"))
_COMMON = frozenset(_lines("common_names"))


def commonness(word: str) -> Commonness:
    """How common a normalised word is among names: the light form of a term frequency."""
    if word in _VERY_COMMON:
        return Commonness.VERY_COMMON
    return Commonness.COMMON if word in _COMMON else Commonness.RARE
