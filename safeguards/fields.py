"""Encryption of the system's own secrets: seeds of one-time passwords, exact counts. Nothing about a reported person."""

import base64
import binascii
from enum import Enum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeguards import blobs, keyring
from safeguards.blobs import Algorithm
from safeguards.errors import UnknownFormat
from safeguards.keyring.names import ACCOUNT_SECRETS, EDITIONS, WEBHOOK, KeyName
from safeguards.places import context


class Kind(Enum):
    """Each kind has a key of its own: who may open the one cannot open the other."""

    ACCOUNT = (ACCOUNT_SECRETS, Algorithm.ACCOUNT_SECRET, "account secret")
    WEBHOOK = (WEBHOOK, Algorithm.WEBHOOK_SECRET, "webhook secret")
    EDITION = (EDITIONS, Algorithm.EDITION, "exact edition")

    @property
    def key(self) -> KeyName:
        return self.value[0]

    @property
    def algorithm(self) -> Algorithm:
        return self.value[1]

    @property
    def bound_to(self) -> str:
        return self.value[2]


def seal_secret(text: str, kind: Kind = Kind.ACCOUNT, *, row: str = "") -> str:
    """Text that fits any column; bound to the row, where one is named."""
    key = keyring.newest(kind.key, AESGCM)
    header = blobs.header(kind.algorithm, key.id.encode())
    sealed = header + blobs.encrypt(key.key, blobs.pad(text.encode()), _bound_to(header, kind, row))
    return base64.urlsafe_b64encode(sealed).decode()


def open_secret(sealed: str, kind: Kind = Kind.ACCOUNT, *, row: str = "") -> str:
    blob = blobs.parse(_decoded(sealed), kind.algorithm)
    key = keyring.version(kind.key, blob.key_id.decode("ascii", "replace"), AESGCM)
    bound_to = _bound_to(blobs.header(blob.algorithm, blob.key_id), kind, row)
    return blobs.unpad(blobs.decrypt(key.key, blob.body, bound_to, f"the {kind.bound_to}")).decode()


def _decoded(sealed: str) -> bytes:
    try:
        return base64.b64decode(sealed, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise UnknownFormat("A secret is not in a format that this version of Baken reads; set it anew.") from None


def _bound_to(header: bytes, kind: Kind, row: str) -> bytes:
    return header + context(kind.bound_to, (row,) if row else ())
