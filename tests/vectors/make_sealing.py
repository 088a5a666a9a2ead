"""Writes sealing.json: what version 1 of every stored format looks like, built from the description and not from the code.

Run once for each format version (python -m tests.vectors.make_sealing); what stands in the file is never changed.
"""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

FILE = Path(__file__).with_name("sealing.json")

VERSION = b"\x01"
DATA, HPKE, DRAFT_KEY, DRAFT, ACCOUNT_SECRET = b"\x01", b"\x02", b"\x03", b"\x04", b"\x05"


def some_bytes(name: str, length: int = 32) -> bytes:
    return hashlib.shake_256(f"baken vector {name}".encode()).digest(length)


INSTALLATION = some_bytes("installation", 16)
SECRETS = {f"{name}-1": some_bytes(name) for name in (
    "draft", "link-token", "row-digest", "own-reference", "receipt", "api-token", "account-secrets",
)}  # fmt: skip
MONTH = "2026-11"
SEALING_PRIVATE = some_bytes("sealing", 96)
CHECKPOINT_PRIVATE = some_bytes("checkpoint")

ROW = UUID("00000000-0000-4000-8000-000000000001")
ORGANISATION = UUID("00000000-0000-4000-8000-000000000002")
DATA_KEY_ID = UUID("00000000-0000-4000-8000-000000000003")
DRAFT_KEY_ID = UUID("00000000-0000-4000-8000-000000000004")
CONTENT = '{"family":"Öztürk-O’Néill"}'.encode()


def framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def context(kind: bytes, *parts: bytes) -> bytes:
    return framed(VERSION, INSTALLATION, kind, *parts)


def place(key_id: UUID, organisation: bytes = ORGANISATION.bytes) -> bytes:
    return context(b"place", b"intake_sealedidentity", ROW.bytes, b"identity", organisation, key_id.hex.encode())


def padded(content: bytes) -> bytes:
    text = framed(content)
    return text + bytes(-len(text) % 256)


def header(algorithm: bytes, key_id: bytes) -> bytes:
    return VERSION + algorithm + bytes([len(key_id)]) + key_id


def gcm(key: bytes, name: str, content: bytes, bound_to: bytes) -> bytes:
    nonce = some_bytes(f"nonce {name}", 12)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def data_blob(key: bytes, algorithm: bytes, key_id: UUID, organisation: bytes = ORGANISATION.bytes) -> bytes:
    head = header(algorithm, key_id.bytes)
    return head + gcm(key, f"data {algorithm.hex()}", padded(CONTENT), head + place(key_id, organisation))


def wrapped_to_month(data_key: bytes) -> bytes:
    wrapping_key = f"sealing-{MONTH}".encode()
    bound_to = context(b"data key", DATA_KEY_ID.bytes, ROW.bytes, b"identity", wrapping_key)
    public = private_key().public_key()
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return header(HPKE, wrapping_key) + suite.encrypt(data_key, public, info=bound_to)


def private_key() -> MLKEM768X25519PrivateKey:
    halves = MLKEM768PrivateKey.from_seed_bytes(SEALING_PRIVATE[:64]), X25519PrivateKey.from_private_bytes(SEALING_PRIVATE[64:])
    return MLKEM768X25519PrivateKey(*halves)


def public_bytes() -> bytes:
    post_quantum = MLKEM768PrivateKey.from_seed_bytes(SEALING_PRIVATE[:64]).public_key().public_bytes_raw()
    return post_quantum + X25519PrivateKey.from_private_bytes(SEALING_PRIVATE[64:]).public_key().public_bytes_raw()


def wrapped_draft_key(data_key: bytes) -> bytes:
    bound_to = context(b"data key", DRAFT_KEY_ID.bytes, ROW.bytes, b"draft", b"draft-1")
    return header(DRAFT_KEY, b"draft-1") + gcm(SECRETS["draft-1"], "draft key", data_key, bound_to)


def account_secret() -> str:
    head = header(ACCOUNT_SECRET, b"1")
    sealed = gcm(SECRETS["account-secrets-1"], "account", padded(b"JBSWY3DPEHPK3PXP"), head + context(b"account secret"))
    return base64.urlsafe_b64encode(head + sealed).decode()


def digest(key: str, kind: str, text: str) -> bytes:
    name = kind.encode()
    return hmac.new(SECRETS[f"{key}-1"], len(name).to_bytes(2, "big") + name + text.encode(), "sha256").digest()


def link_token(kind: str) -> dict[str, str]:
    text = "öztürk|1990-03-12"
    return {"kind": kind, "text": text, "digest": digest("link-token", f"link:{kind}", text)[:16].hex()}


def audit_chain() -> list[dict[str, object]]:
    entries: list[dict[str, object]] = []
    previous = b""
    for sequence, details in ((1, {}), (2, {"count": 3, "reason": "Zoë’s", "late": False, "none": None})):
        entry: dict[str, object] = {
            "sequence": sequence,
            "time": f"2026-11-21T05:00:00.00000{sequence}+00:00",
            "actor_kind": "user",
            "actor_id": str(ROW),
            "organisation": str(ORGANISATION) if sequence == 2 else None,
            "roles": "reporter,analyst",
            "strength": "password+totp",
            "request": "",
            "action": "notification.submitted",
            "object_type": "contribution",
            "object_id": str(ROW),
            "details": details,
        }
        text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(previous + text.encode()).digest()
        entries.append({"entry": entry, "canonical": text, "digest": previous.hex()})
    return entries


def checkpoint(sequence: int, digest: bytes) -> str:
    key = Ed25519PrivateKey.from_private_bytes(CHECKPOINT_PRIVATE)
    body = (
        f"baken.audit/{INSTALLATION.hex()}\n{sequence}\n{base64.b64encode(digest).decode()}\ntime 2026-11-21T06:00:00+00:00\n"
    )
    key_hash = hashlib.sha256(b"checkpoint-1\n\x01" + key.public_key().public_bytes_raw()).digest()[:4]
    return f"{body}\n— checkpoint-1 {base64.b64encode(key_hash + key.sign(body.encode())).decode()}\n\n"


def vectors() -> dict[str, object]:
    data_key, draft_key, chain = some_bytes("data key"), some_bytes("draft data key"), audit_chain()
    checkpoint_public = Ed25519PrivateKey.from_private_bytes(CHECKPOINT_PRIVATE).public_key().public_bytes_raw()
    return {
        "version": 1,
        "keys": {
            "installation-1.public": INSTALLATION.hex(),
            f"sealing-{MONTH}.private": SEALING_PRIVATE.hex(),
            f"sealing-{MONTH}.public": public_bytes().hex(),
            "checkpoint-1.private": CHECKPOINT_PRIVATE.hex(),
            "checkpoint-1.public": checkpoint_public.hex(),
            **{f"{name}.secret": key.hex() for name, key in SECRETS.items()},
        },
        "place": {"table": "intake_sealedidentity", "row": str(ROW), "group": "identity", "organisation": str(ORGANISATION)},
        "content": CONTENT.hex(),
        "data": {
            "id": str(DATA_KEY_ID),
            "wrapping_key": f"sealing-{MONTH}",
            "wrapped": wrapped_to_month(data_key).hex(),
            "blob": data_blob(data_key, DATA, DATA_KEY_ID).hex(),
            "blob_without_organisation": data_blob(data_key, DATA, DATA_KEY_ID, b"").hex(),
        },
        "draft": {
            "id": str(DRAFT_KEY_ID),
            "wrapping_key": "draft-1",
            "wrapped": wrapped_draft_key(draft_key).hex(),
            "blob": data_blob(draft_key, DRAFT, DRAFT_KEY_ID).hex(),
        },
        "account_secret": {"text": "JBSWY3DPEHPK3PXP", "sealed": account_secret()},
        "digests": [
            {"kind": kind, "text": text, "digest": digest(key, kind, text).hex()}
            for key, kind in (
                ("own-reference", "own-reference"), ("api-token", "api-token"), ("receipt", "receipt"), ("row-digest", "row"),
                ("link-token", "link"),
            )
            for text in ("", "PL1300-2019-00123", "Öztürk")
        ],
        "link_tokens": [link_token(kind) for kind in ("name-and-birth", "number")],
        "audit": chain,
        "checkpoint": checkpoint(2, bytes.fromhex(str(chain[-1]["digest"]))),
    }  # fmt: skip


if __name__ == "__main__":
    if FILE.exists():
        raise SystemExit(f"{FILE.name} is there: a stored format never changes; add a file for another version.")
    FILE.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
