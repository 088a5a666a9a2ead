"""The system's own small secrets: whole or not at all."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguards import fields
from safeguards.errors import KeyMissing, SafeguardError, Tampered, UnknownFormat


@given(text=st.text(max_size=600))
def test_secret_opens(text: str) -> None:
    sealed = fields.seal_secret(text)
    assert sealed.isascii()
    assert fields.open_secret(sealed) == text


def test_same_secret_is_sealed_differently_each_time() -> None:
    assert fields.seal_secret("seed") != fields.seal_secret("seed")


def test_every_flipped_byte_is_an_error() -> None:
    raw = base64.urlsafe_b64decode(fields.seal_secret("seed"))
    for position in range(len(raw)):
        altered = bytearray(raw)
        altered[position] ^= 0x01
        with pytest.raises(SafeguardError):
            fields.open_secret(base64.urlsafe_b64encode(bytes(altered)).decode())


@pytest.mark.parametrize("stored", ["", "JBSWY3DPEHPK3PXP", "seed", "gAAAAABh==", "Öztürk", "AQE="])
def test_plaintext_is_an_error(stored: str) -> None:
    with pytest.raises(UnknownFormat):
        fields.open_secret(stored)


def test_secret_under_a_key_that_is_not_here_is_an_error() -> None:
    raw = base64.urlsafe_b64decode(fields.seal_secret("seed"))
    with pytest.raises((KeyMissing, Tampered)):
        fields.open_secret(base64.urlsafe_b64encode(raw[:3] + b"9" + raw[4:]).decode())
