"""The stored form of everything sealed: version, algorithm, key id, nonce, ciphertext. It encrypts nothing itself."""

import os
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeguards.errors import Tampered, UnknownFormat
from safeguards.places import FORMAT_VERSION

NONCE_LENGTH = 12
TAG_LENGTH = 16
STEP = 256
LENGTH_PREFIX = 4
UUID_LENGTH = 16


class Algorithm(IntEnum):
    """What the bytes after the key id are, and which kind of key the id names."""

    DATA = 1  # AES-256-GCM, padded, under a data key; id: the data key's UUID
    HPKE = 2  # a data key by MLKEM768_X25519, HKDF-SHA256, AES-256-GCM; id: the month of the key pair
    DRAFT_KEY = 3  # a data key by AES-256-GCM under the draft key; id: its version
    DRAFT = 4  # AES-256-GCM, padded, under a draft's data key; id: the data key's UUID
    ACCOUNT_SECRET = 5  # AES-256-GCM, padded, under the key of account secrets; id: its version
    WEBHOOK_SECRET = 6  # AES-256-GCM, padded, under the webhook key; id: its version
    BATCH_KEY = 7  # a data key by AES-256-GCM under a batch key; id: the batch key's UUID, with a prefix
    EDITION = 8  # AES-256-GCM, padded, under the key of editions; id: its version


@dataclass(frozen=True)
class Blob:
    algorithm: Algorithm
    key_id: bytes
    body: bytes

    def to_bytes(self) -> bytes:
        return header(self.algorithm, self.key_id) + self.body


def header(algorithm: Algorithm, key_id: bytes) -> bytes:
    return bytes((FORMAT_VERSION, algorithm, len(key_id))) + key_id


def parse(stored: bytes | memoryview, *expected: Algorithm) -> Blob:
    """Take apart what the database holds; anything but the expected formats is an error, never plaintext."""
    raw = bytes(stored)
    if len(raw) < len(header(Algorithm.DATA, b"")) or raw[0] != FORMAT_VERSION or raw[1] not in expected:
        raise UnknownFormat("A stored value is not in a format that this version of Baken reads; restore it from a backup.")
    end = 3 + raw[2]
    if raw[2] == 0 or len(raw) < end + NONCE_LENGTH + TAG_LENGTH:
        raise UnknownFormat("A stored value is cut short; restore it from a backup.")
    return Blob(Algorithm(raw[1]), raw[3:end], raw[end:])


def data_key_id(blob: Blob) -> UUID:
    if len(blob.key_id) != UUID_LENGTH:
        raise Tampered("A stored value names a data key that cannot be one.")
    return UUID(bytes=blob.key_id)


def encrypt(key: AESGCM, content: bytes, bound_to: bytes) -> bytes:
    """A fresh random nonce and the ciphertext: safe far below 2**32 messages under one key."""
    nonce = os.urandom(NONCE_LENGTH)
    return nonce + key.encrypt(nonce, content, bound_to)


def decrypt(key: AESGCM, body: bytes, bound_to: bytes, what: str) -> bytes:
    try:
        return key.decrypt(body[:NONCE_LENGTH], body[NONCE_LENGTH:], bound_to)
    except InvalidTag:
        raise Tampered(f"What is stored as {what} was altered or moved, or stands under another key.") from None


def pad(content: bytes) -> bytes:
    """Up to the next step of 256 bytes, so that the length of a name does not show."""
    framed = len(content).to_bytes(LENGTH_PREFIX, "big") + content
    return framed + bytes(-len(framed) % STEP)


def unpad(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:LENGTH_PREFIX], "big")
    return padded[LENGTH_PREFIX : LENGTH_PREFIX + length]
