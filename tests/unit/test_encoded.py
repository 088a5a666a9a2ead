"""The search for canaries finds each form that it is to find: what never fails proves nothing."""

import hashlib
from base64 import b64encode

import pytest

from tests.encoded import DIGESTS, told_by

NAME = "Zwaluwenbürg"


@pytest.mark.parametrize(
    "content",
    [
        NAME.encode(),
        NAME.lower().encode(),
        b"ZWALUWENBURG",
        NAME.encode("utf-16-le"),
        NAME.encode().hex().upper().encode(),
        b64encode(NAME.encode()),
        b64encode(b"x" + NAME.encode() + b"yz"),
        b64encode(b'{"n": "' + NAME.encode() + b'"}'),
        hashlib.sha256(b"zwaluwenburg").digest(),
        *(hashlib.new(name, NAME.encode()).hexdigest().encode() for name in DIGESTS),
        *(hashlib.new(name, NAME.upper().encode()).hexdigest().upper().encode() for name in DIGESTS),
        b64encode(hashlib.sha256(NAME.encode()).digest()),
    ],
)
def test_value_is_found_in_each_form(content: bytes) -> None:
    assert told_by(b"before " + content + b" after", [NAME])


def test_what_is_another_is_not_found() -> None:
    assert told_by(b"Zwaluwenborch" + hashlib.sha256(b"another").digest(), [NAME]) == set()
