"""Other spellings of a name: by how it sounds, by typing errors, without diacritics, in other scripts.

Its rules are its own: the engine that is measured with them has others.
"""

import random
import unicodedata
from functools import cache


def _rules(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((heard, written) for heard, _, written in (rule.partition(">") for rule in text.split()))


# heard>written, for the languages of a style.
RULES = {
    "general": _rules("c>k k>c ph>f y>i i>y z>s th>t w>v ee>e x>ks ij>y aa>a oo>o sch>sh ck>k ie>i s>z j>y"),
    "african": _rules("ou>u u>ou dj>j j>dj ia>iya ay>ai ee>i oo>u k>c c>k ah>a th>t w>ou kh>k gb>b ie>y ng>n"),
    "arabic": _rules(
        "ou>u u>ou oo>u ee>i i>e kh>h q>k ai>ei ay>ai sh>ch ch>sh j>dj gh>g dh>d aa>a w>ou y>i ah>a d>dd s>ss m>mm e>a"
    ),
    "slavic": _rules("w>v y>i sz>sh cz>ch j>y ch>h ks>x rz>z c>k k>c"),
    "cyrillic": _rules("v>w y>j ya>ia yu>iu ts>c zh>j h>kh ch>tch sh>sch ks>x s>ss ay>ai i>y k>c f>ph"),
    "latin": _rules("c>k k>c i>j j>i z>s s>z qu>k ll>l ch>k x>j v>b"),
    "chinese": _rules("zh>ch x>hs q>ch g>k b>p d>t j>ch ng>n ei>ay i>ee"),
    "vietnamese": _rules("ph>f y>i i>y tr>ch ng>n qu>kw th>t d>z"),
    "ethiopic": _rules("k>q ts>tz e>i i>e y>i ay>ai g>gh gh>g ch>tch w>u hai>hay ie>e m>mm s>ss f>ph b>v k>c"),
}
NEIGHBOURS = {
    "a": "qs", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe",
    "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
VOWELS = frozenset("aeiou")
WITHOUT_DIACRITICS = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ø": "o", "ß": "ss", "’": "'"})
CYRILLIC = (
    ("sht", "щ"), ("zh", "ж"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"), ("yu", "ю"), ("ya", "я"), ("kh", "х"), ("a", "а"),
    ("b", "б"), ("v", "в"), ("w", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("y", "й"), ("k", "к"),
    ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"),
    ("h", "х"), ("c", "ц"), ("j", "й"),
)  # fmt: skip
ARABIC = (
    ("kh", "خ"), ("sh", "ش"), ("ch", "ش"), ("gh", "غ"), ("th", "ث"), ("dh", "ذ"), ("ou", "و"), ("oo", "و"), ("ee", "ي"),
    ("a", "ا"), ("b", "ب"), ("d", "د"), ("f", "ف"), ("g", "ج"), ("h", "ه"), ("i", "ي"), ("j", "ج"), ("k", "ك"), ("l", "ل"),
    ("m", "م"), ("n", "ن"), ("o", "و"), ("p", "ب"), ("q", "ق"), ("r", "ر"), ("s", "س"), ("t", "ت"), ("u", "و"), ("v", "ف"),
    ("w", "و"), ("y", "ي"), ("z", "ز"), ("e", ""), ("c", "ك"), ("x", "كس"), ("-", " "),
)  # fmt: skip
SCRIPTS = {"cyrillic": CYRILLIC, "arabic": ARABIC}


def plain(text: str) -> str:
    """Without diacritics; other scripts stay as they are."""
    return text if text.isascii() else _plain(text)


@cache
def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.translate(WITHOUT_DIACRITICS))
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def respelt(text: str, style: str, draw: random.Random) -> str:
    """As somebody writes it who heard it: one rule of the style where one applies, else a letter doubled or lost."""
    lower = plain(text).lower()
    fitting = _fitting(lower, style)
    if fitting and draw.random() < 0.85:
        heard, written = fitting[int(draw.random() * len(fitting))]
        return _capitals(lower.replace(heard, written, 1), text)
    return _capitals(_other_length(lower, draw), text)


@cache
def _fitting(lower: str, style: str) -> tuple[tuple[str, str], ...]:
    return tuple(rule for rule in RULES[style] if rule[0] in lower)


def _other_length(lower: str, draw: random.Random) -> str:
    places = [place for place in range(1, len(lower)) if lower[place].isalpha() and lower[place] not in VOWELS]
    if not places:
        return lower + "h"
    place = places[int(draw.random() * len(places))]
    if lower[place - 1] == lower[place]:
        return lower[:place] + lower[place + 1 :]
    return lower[:place] + lower[place] + lower[place:]


def mistyped(text: str, draw: random.Random) -> str:
    """One key wrong: left out, twice, its neighbour, or two in the other order. Never the first letter alone."""
    if len(text) < 3:
        return text + text[-1:]
    place = 1 + int(draw.random() * (len(text) - 1))
    kind, before, letter, after = draw.random(), text[:place], text[place], text[place + 1 :]
    if kind < 0.30:
        return before + after
    if kind < 0.45:
        return before + letter + letter + after
    if kind < 0.75 or place + 1 == len(text):
        near = NEIGHBOURS.get(plain(letter).lower(), "e")
        return before + near[int(draw.random() * len(near))] + after
    return before + after[0] + letter + after[1:]


def in_script(text: str, style: str) -> str:
    """In the writing of the country, letter by letter; unchanged where no writing of this style is known here."""
    written = plain(text).lower()
    for latin, letter in SCRIPTS.get(style, ()):
        written = written.replace(latin, letter)
    return written.title() if style == "cyrillic" else written


def _capitals(lower: str, like: str) -> str:
    parts = like.replace("-", " ").split(" ")
    if all(part[:1].isupper() for part in parts):
        return lower.title().replace("'S", "'s") if len(parts) > 1 else lower[:1].upper() + lower[1:]
    words = lower.split(" ")
    return " ".join(word if old[:1].islower() else word[:1].upper() + word[1:] for word, old in zip(words, parts, strict=False))
