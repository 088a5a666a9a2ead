"""A receipt that is safe to carry: a code, a day and how to stop. No word says what it is about, and no name stands in it."""

import secrets
from dataclasses import dataclass
from datetime import date

from consent import texts

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that looks like a digit.
LENGTH = 10
DAY, MOMENT = "%d-%m-%Y", "%d-%m-%Y %H:%M"


@dataclass(frozen=True)
class Receipt:
    code: str
    text: str
    language: str
    direction: str


def new_code() -> str:
    """50 random bits; guessing is slowed down where a code can be entered."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(written: str) -> str:
    """As it is stored, however somebody writes it down: small letters, spaces, and letters that are read for digits."""
    letters = written.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    return "".join(letter for letter in letters if letter in ALPHABET)[: LENGTH + 1]


def shown(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def in_digits(moment: date, form: str) -> str:
    """A day or moment that is read in all languages, and whose parts stand in their order where the text runs to the left."""
    return f"\u2066{moment.strftime(form)}\u2069"


def receipt(*, code: str, signed_on: date, language: str) -> Receipt:
    """In the language that was signed in, with the day in digits, which are read in all of them."""
    known = texts.BY_LANGUAGE[language]
    said = known.receipt.format(day=in_digits(signed_on, DAY), code=shown(code))
    return Receipt(code=shown(code), text=said, language=language, direction=known.direction)
