"""Brings text of any script to small Latin letters without marks, and repairs text that was decoded wrongly."""

import re
import unicodedata
from functools import cache

from anyascii import anyascii

from intake.composing import composed
from intake.linkage.table_files import entries

# Where a name in Latin letters is usually written otherwise than anyascii spells it: Bulgarian vowels, and Arabic letters
# that stand for vowels.
_OWN_LETTERS = {
    "ъ": "a", "щ": "sht", "ا": "a", "ع": "a", "ة": "a", "و": "u", "ي": "i", "ء": "", "ق": "q", "ح": "h", "خ": "kh",
}  # fmt: skip
_ONE_ARABIC_FORM = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
)
_ARABIC_ARTICLE = "ال"
_ARABIC_WORD = re.compile(r"[\u0600-\u06ff]+")
_CHINESE_OR_KOREAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʻʼʹ")
# UTF-8 that was read as Latin: a capital with a mark and a sign that follows no capital in any name.
_DECODED_WRONGLY = re.compile(r"[Â-ßà-ï][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def folded(text: str) -> str:
    """The text in small Latin letters without marks, whatever its script.

    Chinese and Korean names are split into family name and given name. Common names in Arabic script get their vowels.
    Returns: words of the letters a to z with single spaces between. Errors: none, whatever the text holds.
    Source: anyascii for all scripts; tables/arabic_names.txt, tables/chinese_family_names.txt.
    """
    if text.isascii():
        latin = text
    else:
        whole = composed("NFKC", repaired(text).translate(_APOSTROPHES))
        latin = "".join(map(_latin, _with_names(whole.casefold())))
    return _NOT_A_LETTER.sub(" ", latin.casefold().translate(_APOSTROPHES)).strip()


def repaired(text: str) -> str:
    """The text as it was before its UTF-8 was read as Latin-1 or Windows-1252 ('JosÃ©'); any other text unchanged."""
    if _DECODED_WRONGLY.search(text):
        for encoding in ("cp1252", "latin-1"):
            try:
                return text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
    return text


def _with_names(text: str) -> str:
    """Whole words whose Latin form does not follow from their letters one by one."""
    return _CHINESE_OR_KOREAN.sub(_syllables, _ARABIC_WORD.sub(_arabic, text))


def _latin(letter: str) -> str:
    """Letters only: anyascii has words for signs (a smile is ':grinning:'), and those are no names."""
    if letter.isascii():
        return letter
    if unicodedata.category(letter)[0] not in "LM":
        return " "
    own = _OWN_LETTERS.get(letter)
    return anyascii(letter) if own is None else own


def _arabic(found: re.Match[str]) -> str:
    apart = composed("NFKD", found.group().translate(_ONE_ARABIC_FORM))
    word = "".join(letter for letter in apart if not unicodedata.combining(letter))
    bare = word.removeprefix(_ARABIC_ARTICLE)
    known = _arabic_names()
    if word in known:
        return known[word]
    if bare != word:
        return f" al {known.get(bare, bare)}"
    return word


def _syllables(found: re.Match[str]) -> str:
    """One word for a given name; a family name before it stands apart."""
    signs = found.group()
    apart = 1 if len(signs) in (2, 3) and signs[0] in _family_names() else 0
    read = [anyascii(sign) for sign in signs]
    return f" {''.join(read[:apart])} {''.join(read[apart:])} "


@cache
def _arabic_names() -> dict[str, str]:
    return dict(line.split() for line in entries("arabic_names"))


@cache
def _family_names() -> frozenset[str]:
    return frozenset(entries("chinese_family_names"))
