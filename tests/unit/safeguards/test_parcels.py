"""Parcels: what is sealed outside comes back here alone, whole or not at all."""

import io
from pathlib import Path

import pytest
from pytest_django import Settings

from safeguards import key_pairs, keyring, parcels
from safeguards.errors import KeyMissing, SafeguardError, Tampered, UnknownFormat
from safeguards.parcels import CutOff, Recipient
from tests.vectors.sealing import PARCEL, write_keys

KNOWN = bytes.fromhex(PARCEL["parcel"])


@pytest.fixture(autouse=True)
def known_keys(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = write_keys(tmp_path)
    keyring.forget()


def opened(parcel: bytes) -> bytes:
    return b"".join(parcels.open_parts(io.BytesIO(parcel)))


def sealed(content: bytes, to: Recipient | None = None) -> bytes:
    target = io.BytesIO()
    parcels.seal(io.BytesIO(content), target, to or parcels.recipient())
    return target.getvalue()


def test_known_parcel_opens() -> None:
    assert opened(KNOWN).hex() == PARCEL["content"]


@pytest.mark.parametrize("size", [0, 1, parcels.FRAME - 1, parcels.FRAME, parcels.FRAME + 1, 3 * parcels.FRAME])
def test_content_of_any_size_comes_back(size: int) -> None:
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    assert opened(sealed(content)) == content


def test_same_content_never_looks_the_same() -> None:
    assert sealed(b"x" * 100) != sealed(b"x" * 100)
    assert b"Zwaluwenburg" not in sealed(b"Zwaluwenburg")


def test_every_altered_byte_is_found() -> None:
    """Each byte of a short parcel, whatever it is of: the header, the sealed key, a frame."""
    for place in range(len(KNOWN)):
        altered = KNOWN[:place] + bytes([KNOWN[place] ^ 1]) + KNOWN[place + 1 :]
        with pytest.raises(SafeguardError):
            opened(altered)


@pytest.mark.parametrize("left", [0, 5, 20, len(KNOWN) // 2, len(KNOWN) - 1])
def test_parcel_that_was_cut_off_says_so(left: int) -> None:
    with pytest.raises(CutOff):
        opened(KNOWN[:left])


def test_last_frame_left_out_is_found() -> None:
    """Cut between two frames: nothing is short, and the end is missing all the same."""
    content = b"x" * (2 * parcels.FRAME)
    last = parcels.FRAME + 12 + 16 + 5
    with pytest.raises(CutOff):
        opened(sealed(content)[:-last])


def test_something_behind_the_last_frame_is_found() -> None:
    with pytest.raises(Tampered):
        opened(KNOWN + b"x")


def test_frames_of_two_parcels_cannot_be_exchanged() -> None:
    first, second = sealed(b"a" * 10), sealed(b"b" * 10)
    frame = 5 + 12 + 10 + 16
    with pytest.raises(Tampered):
        opened(first[:-frame] + second[-frame:])


def test_parcel_for_another_installation_does_not_open() -> None:
    here = parcels.recipient()
    with pytest.raises(Tampered):
        opened(sealed(b"x", Recipient(here.version, here.public, b"\1" * 16)))


def test_parcel_to_another_key_does_not_open() -> None:
    here = parcels.recipient()
    other = key_pairs.public_bytes(key_pairs.new_private_bytes())
    with pytest.raises(Tampered):
        opened(sealed(b"x", Recipient(here.version, other, here.installation)))
    with pytest.raises(KeyMissing):
        opened(sealed(b"x", Recipient("2", here.public, here.installation)))


def test_recipient_comes_back_from_its_text() -> None:
    assert Recipient.from_text(parcels.recipient().to_text()) == parcels.recipient()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": "1", "public": "?", "installation": ""}', "x" * 100])
def test_other_text_is_no_recipient(text: str) -> None:
    with pytest.raises(UnknownFormat):
        Recipient.from_text(text)


def test_key_of_a_wrong_length_is_refused_before_anything_is_written() -> None:
    target = io.BytesIO()
    with pytest.raises(UnknownFormat):
        parcels.seal(io.BytesIO(b"x"), target, Recipient("1", b"short", b"\1" * 16))
    assert target.getvalue() == b""
