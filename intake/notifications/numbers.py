"""Identity numbers: their shape, the eleven-test of the BSN, and whether one stands in a text.

It holds no numbers and says nothing about who may use them.
"""

import re
import unicodedata
from collections.abc import Iterator
from operator import mul

_BSN_LENGTH = 9
_BSN = re.compile(r"[0-9]{9}")
# Of any script.
_DIGIT = re.compile(r"\d")
_V_NUMBER = re.compile(r"[0-9]{10}")
_DOCUMENT = re.compile(r"[A-Z0-9<]{5,20}")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# What stands between digits is never given back: a text of signs alone would be gone through once for each of them.
_TELEPHONE = re.compile(
    r"(?:\+|(?<![0-9])00)31[ .\-]*+(?:\(0\)[ .\-]*+)?[0-9](?:[ .\-]*+[0-9]){8}|\+[0-9](?:[ .\-()]*+[0-9]){7,13}"
)
# Digits with one sign at most between two of them; a letter in front makes it a number of another kind, but for BSN itself.
_RUN = re.compile(r"(?:(?<=BSN)|(?<![A-Z0-9]))[0-9](?:[ .\-/]?[0-9]){8,}(?![A-Z])")
_BETWEEN = str.maketrans("", "", " .-")
_SEPARATOR = re.compile(r"[ .\-/]")
_DASHED = (3, 3, 3)


def clean(number: str) -> str:
    """Upper case without the spaces, dots and dashes that people type between digits."""
    return number.translate(_BETWEEN).upper() if number else ""


def bsn_problem(number: str) -> str:
    """Nine digits of which 9a+8b+7c+6d+5e+4f+3g+2h-i is a multiple of 11 (the eleven-test); all zeroes is no number."""
    if not _BSN.fullmatch(number):
        return "wrong-format"
    total = sum(map(mul, _WEIGHTS, map(int, number)))
    return "" if total % 11 == 0 and number != "000000000" else "wrong-check-digit"


def v_number_problem(number: str) -> str:
    return "" if _V_NUMBER.fullmatch(number) else "wrong-format"


def document_problem(number: str) -> str:
    return "" if _DOCUMENT.fullmatch(number) else "wrong-format"


def holds_bsn(text: str) -> bool:
    """Whether nine digits in the text, as people write a BSN, pass the eleven-test; one number in eleven does so by chance."""
    if len(text) < _BSN_LENGTH or len(_DIGIT.findall(text)) < _BSN_LENGTH:
        return False
    text = _TELEPHONE.sub("+", _plain_digits(text).upper())
    return any(not bsn_problem(number) for run in _RUN.findall(text) for number in _written_as_bsn(run))


def _plain_digits(text: str) -> str:
    """Digits of other scripts as ours, without the invisible characters that an explanation may have between them."""
    if text.isascii():
        return text
    visible = (character for character in text if unicodedata.category(character) not in ("Cf", "Mn"))
    return "".join(str(unicodedata.decimal(character, character)) for character in visible).replace("\u00a0", " ")


def _written_as_bsn(run: str) -> Iterator[str]:
    """The run as a whole, each of its parts between spaces, and each unbroken part."""
    for part in {run, *run.split(" ")}:
        groups, signs = _SEPARATOR.split(part), set(_SEPARATOR.findall(part))
        sizes = tuple(map(len, groups))
        if sum(sizes) == 9 and len(signs) <= 1 and (not signs & {"-", "/"} or sizes == _DASHED):
            yield "".join(groups)
        yield from (group for group in groups if len(group) == 9 and groups != [group])
