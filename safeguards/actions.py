"""How each act in the audit trail is told to who reads the trail: its code, which is what stands there, and a sentence.

A code of an earlier version of the site may stand in the trail still; it is shown as it is. It records nothing.
"""

from django.utils.functional import Promise

_SENTENCES: dict[str, Promise | str] = {}


def action(code: str, sentence: Promise | str) -> str:
    """Every code of the site is made here, beside its sentence."""
    _SENTENCES[code] = sentence
    return code


def told(code: str) -> str:
    """In the language of the page."""
    return str(_SENTENCES.get(code, code))
