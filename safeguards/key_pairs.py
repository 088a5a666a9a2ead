"""The month's key pair and how a data key is wrapped to it: HPKE, hybrid post-quantum. It stores and finds nothing."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

from safeguards.errors import Tampered

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
MLKEM_SEED = 64
MLKEM_PUBLIC = 1184


def new_private_bytes() -> bytes:
    """The seed of the ML-KEM-768 key and the X25519 key."""
    return os.urandom(MLKEM_SEED) + X25519PrivateKey.generate().private_bytes_raw()


def public_bytes(private: bytes) -> bytes:
    post_quantum, classical = _halves(private)
    return post_quantum.public_key().public_bytes_raw() + classical.public_key().public_bytes_raw()


def parse_private(private: bytes) -> MLKEM768X25519PrivateKey:
    return MLKEM768X25519PrivateKey(*_halves(private))


def parse_public(public: bytes) -> MLKEM768X25519PublicKey:
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC]), X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC:])
    )


def wrap(data_key: bytes, public: MLKEM768X25519PublicKey, bound_to: bytes) -> bytes:
    return SUITE.encrypt(data_key, public, info=bound_to)


def unwrap(wrapped: bytes, private: MLKEM768X25519PrivateKey, bound_to: bytes, what: str) -> bytes:
    try:
        return SUITE.decrypt(wrapped, private, info=bound_to)
    except (InvalidTag, ValueError):
        raise Tampered(f"What is stored as {what} was altered or moved, or is wrapped to another key pair.") from None


def _halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return MLKEM768PrivateKey.from_seed_bytes(private[:MLKEM_SEED]), X25519PrivateKey.from_private_bytes(private[MLKEM_SEED:])
