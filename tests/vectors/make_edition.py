"""Writes edition.json: a sealed text of an edition in version 1 and its key, built from the description, not from the code.

Run once for each format version (python -m tests.vectors.make_edition); what stands in the file is never changed.
"""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.vectors.make_sealing import VERSION, context, padded, some_bytes

FILE = Path(__file__).with_name("edition.json")
KEY = some_bytes("editions")
TEXT, ROW = '{"figures":[]}', "0b9f2f5e-59b5-4c39-8a6c-0c2a4a1f3d10 exact"


def sealed() -> str:
    head = VERSION + b"\x08" + b"\x01" + b"1"
    nonce = some_bytes("nonce edition", 12)
    body = nonce + AESGCM(KEY).encrypt(nonce, padded(TEXT.encode()), head + context(b"exact edition", ROW.encode()))
    return base64.urlsafe_b64encode(head + body).decode()


if __name__ == "__main__":
    if FILE.exists():
        raise SystemExit(f"{FILE.name} is there: a stored format never changes; add a file for another version.")
    members = {"keys": {"editions-1.secret": KEY.hex()}, "row": ROW, "text": TEXT, "sealed": sealed()}
    FILE.write_text(json.dumps(members, indent=1) + "\n")
