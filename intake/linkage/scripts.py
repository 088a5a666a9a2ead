"""Brings text of any script to small Latin letters without marks. It knows letters, not names."""

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŋ": "ng", "ə": "a",
        "ĳ": "ij",
    }
)  # fmt: skip

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "", "э": "e",
    "ю": "iu", "я": "ia",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
    "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps",
    "ω": "o",
}  # fmt: skip
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ک": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "u", "ي": "i", "ی": "i", "ى": "a",
    "ئ": "i", "ؤ": "u", "ء": "", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g",
}  # fmt: skip
_TRANSLITERATION = str.maketrans(_CYRILLIC | _GREEK | _ARABIC)

_NOT_A_LETTER = re.compile(r"[\W\d_]+")


def folded(text: str) -> str:
    """The text in small Latin letters as far as the tables reach, without marks; other scripts keep their own letters.

    Returns: words of letters with single spaces between. Errors: none, whatever the text holds.
    Source: Unicode NFKD decomposition; transliteration after the ISO 9 and DIN 31635 habits, simplified; Ethiopic syllables by
    their Unicode names.
    """
    lowered = text.casefold()
    if not lowered.isascii():
        lowered = _to_latin(lowered)
    return _NOT_A_LETTER.sub(" ", lowered.replace("'", "").replace("’", "")).strip()


def _to_latin(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).translate(_WITHOUT_DECOMPOSITION)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    plain = unicodedata.normalize("NFC", plain).translate(_TRANSLITERATION)
    return plain if plain.isascii() else "".join(map(_ethiopic_to_latin, plain))


def _ethiopic_to_latin(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return name.removeprefix("ETHIOPIC SYLLABLE ").casefold() if name.startswith("ETHIOPIC SYLLABLE ") else letter
