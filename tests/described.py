"""Persons as contributions describe them, for tests of the engine: one to vary, and digests under a key of the tests."""

import hashlib
import hmac
from dataclasses import replace
from typing import Any

from intake.linkage.engine import Details, Record, make_record

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


def details(**changes: Any) -> Details:
    return replace(MARIAMA, **changes)


def record(**changes: Any) -> Record:
    return make_record(details(**changes), digest)
