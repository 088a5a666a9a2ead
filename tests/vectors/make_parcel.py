"""Writes parcel.json: a parcel of format 1 and the key that opens it, built from the description and not from the code.

Run once for each format version (python -m tests.vectors.make_parcel); what stands in the file is never changed.
"""

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

from tests.vectors.make_sealing import INSTALLATION, framed, some_bytes

FILE = Path(__file__).with_name("parcel.json")
MAGIC = b"BAKEN-PARCEL\x01"
KEY_VERSION = b"1"
PRIVATE = some_bytes("delivery", 96)
FRAMES = (b"first frame, ", b"and the last")


def halves() -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return MLKEM768PrivateKey.from_seed_bytes(PRIVATE[:64]), X25519PrivateKey.from_private_bytes(PRIVATE[64:])


def public_bytes() -> bytes:
    return b"".join(half.public_key().public_bytes_raw() for half in halves())


def parcel() -> bytes:
    content_key = some_bytes("content key")
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    private = MLKEM768X25519PrivateKey(*halves())
    wrapped = suite.encrypt(content_key, private.public_key(), info=framed(MAGIC, INSTALLATION, KEY_VERSION))
    header = MAGIC + bytes([len(KEY_VERSION)]) + len(wrapped).to_bytes(2, "big") + KEY_VERSION + wrapped
    return header + b"".join(_frame(content_key, header, number) for number in range(len(FRAMES)))


def _frame(content_key: bytes, header: bytes, number: int) -> bytes:
    last = bytes([number == len(FRAMES) - 1])
    nonce = some_bytes(f"nonce {number}", 12)
    body = nonce + AESGCM(content_key).encrypt(nonce, FRAMES[number], header + number.to_bytes(8, "big") + last)
    return last + len(body).to_bytes(4, "big") + body


if __name__ == "__main__":
    if FILE.exists():
        raise SystemExit(f"{FILE.name} is there: a stored format never changes; add a file for another version.")
    members = {
        "keys": {"delivery-1.private": PRIVATE.hex(), "delivery-1.public": public_bytes().hex()},
        "content": b"".join(FRAMES).hex(),
        "parcel": parcel().hex(),
    }
    FILE.write_text(json.dumps(members, indent=1) + "\n")
