"""Writes webhook.json: a sealed secret of a webhook in version 1 and its key, built from the description, not from the code.

Run once for each format version (python -m tests.vectors.make_webhook); what stands in the file is never changed.
"""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.vectors.make_sealing import VERSION, context, padded, some_bytes

FILE = Path(__file__).with_name("webhook.json")
KEY = some_bytes("webhook")
SECRET = "baken_wh_example"  # noqa: S105


def sealed() -> str:
    head = VERSION + b"\x06" + b"\x01" + b"1"
    nonce = some_bytes("nonce webhook", 12)
    body = nonce + AESGCM(KEY).encrypt(nonce, padded(SECRET.encode()), head + context(b"webhook secret"))
    return base64.urlsafe_b64encode(head + body).decode()


if __name__ == "__main__":
    if FILE.exists():
        raise SystemExit(f"{FILE.name} is there: a stored format never changes; add a file for another version.")
    members = {"keys": {"webhook-1.secret": KEY.hex()}, "secret": SECRET, "sealed": sealed()}
    FILE.write_text(json.dumps(members, indent=1) + "\n")
