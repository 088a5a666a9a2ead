"""Files that are encrypted outside to Baken's public delivery key, and opened by the worker that takes them in.

Not for what Baken stores itself. A parcel is a header (format, key, a content key sealed by HPKE) and frames of
AES-256-GCM, each bound to the header, its number and whether it is the last: cut off, reordered or altered it does not open.
"""

import base64
import binascii
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeguards import blobs, key_pairs, keyring, wrapping
from safeguards.blobs import NONCE_LENGTH, TAG_LENGTH
from safeguards.errors import SafeguardError, Tampered, UnknownFormat
from safeguards.keyring.names import DELIVERY_PRIVATE, DELIVERY_PUBLIC, INSTALLATION

MAGIC = b"BAKEN-PARCEL\x01"
FRAME = 1024 * 1024
_LENGTHS = struct.Struct(">BH")
_FRAME_HEAD = struct.Struct(">BI")


class CutOff(SafeguardError):
    """The file ends before its last frame: it is still being written, or was cut off."""


@dataclass(frozen=True)
class Recipient:
    """What a sender needs: the public key, its version, and the installation that parcels are bound to."""

    version: str
    public: bytes
    installation: bytes

    def to_text(self) -> str:
        members = {"version": self.version, "public": _text(self.public), "installation": _text(self.installation)}
        return json.dumps(members, indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str) -> "Recipient":
        """Raises UnknownFormat for anything but what to_text wrote."""
        try:
            members = json.loads(text)
            public, installation = (base64.b64decode(members[name], validate=True) for name in ("public", "installation"))
            return cls(str(members["version"]), public, installation)
        except (ValueError, KeyError, TypeError, binascii.Error):
            raise UnknownFormat("This is no delivery key; ask for it again.") from None


def recipient() -> Recipient:
    """Of this installation, newest version."""
    newest = keyring.newest(DELIVERY_PUBLIC, bytes)
    return Recipient(newest.id, newest.key, keyring.newest(INSTALLATION, bytes).key)


def seal(source: IO[bytes], target: IO[bytes], to: Recipient) -> None:
    """Streams source into target; needs nothing of this installation but what the recipient says."""
    try:
        public = key_pairs.parse_public(to.public)
    except ValueError:
        raise UnknownFormat("This is no delivery key; ask for it again.") from None
    content_key = wrapping.new_data_key()
    version = to.version.encode()
    wrapped = key_pairs.wrap(content_key, public, _binding(to.installation, version))
    header = MAGIC + _LENGTHS.pack(len(version), len(wrapped)) + version + wrapped
    target.write(header)
    cipher, content, number = AESGCM(content_key), source.read(FRAME), 0
    while True:
        following = source.read(FRAME)
        target.write(_frame(cipher, content, header, number, last=not following))
        if not following:
            return
        content, number = following, number + 1


def open_parts(source: IO[bytes]) -> Iterator[bytes]:
    """The content, a frame at a time. Raises UnknownFormat, Tampered, KeyMissing or CutOff; use nothing before the end."""
    header, cipher = _opened_header(source)
    number, last = 0, False
    while not last:
        last_flag, length = _FRAME_HEAD.unpack(_exactly(source, _FRAME_HEAD.size))
        if last_flag > 1 or not 0 <= length - NONCE_LENGTH - TAG_LENGTH <= FRAME:
            raise Tampered("A parcel holds a frame that no sender makes.")
        last = bool(last_flag)
        body = _exactly(source, length)
        yield blobs.decrypt(cipher, body, _frame_binding(header, number, last=last), "a parcel")
        number += 1
    if source.read(1):
        raise Tampered("A parcel goes on after its last frame.")


def _opened_header(source: IO[bytes]) -> tuple[bytes, AESGCM]:
    magic = _exactly(source, len(MAGIC))
    if magic != MAGIC:
        raise UnknownFormat("This is no parcel of a format that this version of Baken reads.")
    lengths = _exactly(source, _LENGTHS.size)
    version_length, wrapped_length = _LENGTHS.unpack(lengths)
    version, wrapped = _exactly(source, version_length), _exactly(source, wrapped_length)
    private = keyring.version(DELIVERY_PRIVATE, version.decode("ascii", "replace"), key_pairs.parse_private)
    bound_to = _binding(keyring.newest(INSTALLATION, bytes).key, version)
    content_key = key_pairs.unwrap(wrapped, private.key, bound_to, "a parcel")
    return magic + lengths + version + wrapped, AESGCM(content_key)


def _frame(cipher: AESGCM, content: bytes, header: bytes, number: int, *, last: bool) -> bytes:
    body = blobs.encrypt(cipher, content, _frame_binding(header, number, last=last))
    return _FRAME_HEAD.pack(last, len(body)) + body


def _frame_binding(header: bytes, number: int, *, last: bool) -> bytes:
    return header + number.to_bytes(8, "big") + bytes([last])


def _binding(installation: bytes, version: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in (MAGIC, installation, version))


def _exactly(source: IO[bytes], length: int) -> bytes:
    found = source.read(length)
    if len(found) < length:
        raise CutOff("The file ends before its last frame.")
    return found


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
