"""What a text may hold: length, and nothing that hides or reorders what a reader sees. Answers with codes, never the text.

Names are stricter than an explanation: no signs such as emoji, and at least one letter.
"""

import re
import unicodedata
from dataclasses import dataclass

from intake.composing import composed, heaped

NAME_LIMIT = 150
LIST_SEPARATOR = "|"
_FORMAT_AND_CONTROL = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_LAYOUT = "\n\r\t"
# Joins letters of Persian and the parts of an emoji, and asks for its coloured form.
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
# Letters and marks of which nothing is seen: they make two names that look alike differ.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0").union(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
_SIGNS = ("So", "Me")
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_SPACES = {space: " " for space in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)}
_PLAIN = re.compile(r"[A-Za-z0-9 .,'\-/@()+:]*")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class TextRule:
    """free: lines, and emoji made of several characters; else what is typed is one line. name: as of a person."""

    limit: int
    free: bool = False
    name: bool = False


NAME = TextRule(NAME_LIMIT, name=True)
REFERENCE = TextRule(64)
CONTACT = TextRule(500, free=True)
NARRATIVE = TextRule(20_000, free=True)


def clean(text: str) -> str:
    """Composed characters (NFC), no white space around, single plain spaces within."""
    if not text:
        return ""
    return _single_spaced(text if text.isascii() else composed("NFC", text).translate(_SPACES))


def clean_block(text: str) -> str:
    """As clean, but lines stay lines and spaces stay as they are."""
    if not text:
        return ""
    if not text.isascii():
        text = composed("NFC", text)
    return text.replace("\r\n", "\n").strip(" \n\t\u00a0")


def problem_of(text: str, rule: TextRule) -> str:
    """The code of the rule that the text breaks, or nothing."""
    if len(text) > rule.limit:
        return "name-too-long" if rule.name else "too-long"
    if text.isascii() and text.isalpha():
        return ""
    if not _PLAIN.fullmatch(text) and not _readable(text, rule):
        return "forbidden-character"
    return "no-letter" if rule.name and not _LETTER.search(text) else ""


def _single_spaced(text: str) -> str:
    text = text.strip(" ")
    return re.sub(r" {2,}", " ", text) if "  " in text else text


def _readable(text: str, rule: TextRule) -> bool:
    return not heaped(text) and all(_allowed(character, unicodedata.category(character), rule) for character in text)


def _allowed(character: str, category: str, rule: TextRule) -> bool:
    if rule.free and character in _LAYOUT + _JOINERS:
        return True
    if rule.name and (category in _SIGNS or character in _SKIN_TONES or character == LIST_SEPARATOR):
        return False
    return category not in _FORMAT_AND_CONTROL and character not in _INVISIBLE
