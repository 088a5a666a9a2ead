"""Persons as contributions describe them, for tests of the engine: one to vary, and digests under a key of the tests."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from intake.linkage.engine import Details, Record, make_record
from intake.linkage.ragged import KEY_SIZE, Keys, keys_of

KEY = b"tests only, no secret"

MARIAMA = Details(
    given_names=("Mariama",),
    family_name="Kabiru",
    year=1994,
    month=5,
    day=17,
    sex="female",
    nationalities=("SL",),
)


def digest(kind: str, text: str) -> bytes:
    return hmac.digest(KEY, f"{kind}\0{text}".encode(), hashlib.sha256)[:16]


def digests(kind: str, texts: Sequence[str]) -> Keys:
    return keys_of([digest(kind, text)[:KEY_SIZE] for text in texts])


def details(**changes: Any) -> Details:
    return replace(MARIAMA, **changes)


def record(**changes: Any) -> Record:
    return make_record(details(**changes), digest)
