"""Signed marks of where the audit trail stood, kept outside the database: who rewrites the whole trail contradicts them.

Each mark is a C2SP signed note. Copy the file to another machine: one who holds the key and the file can rewrite both.
"""

import base64
import fcntl
import hashlib
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from safeguards import keyring
from safeguards.errors import Tampered
from safeguards.keyring.names import CHECKPOINT, CHECKPOINT_PUBLIC, INSTALLATION
from safeguards.models import AuditHead

ED25519_NOTE = b"\x01"
KEY_HASH_LENGTH = 4
NOTE = re.compile(
    r"(?P<body>(?P<origin>\S+)\n(?P<sequence>\d+)\n(?P<digest>\S+)\ntime (?P<time>\S+)\n)\n"
    r"— (?P<name>checkpoint)-(?P<version>\S+) (?P<signature>\S+)\n\n?"
)


@dataclass(frozen=True)
class Checkpoint:
    sequence: int
    digest: bytes
    time: datetime


def sign() -> Checkpoint | None:
    """Append a mark of the committed head; none where the newest mark says the same."""
    head = AuditHead.objects.filter(id=1).first()
    if head is None or head.sequence == 0:
        return None
    mark = Checkpoint(head.sequence, bytes(head.digest), timezone.now())
    earlier = read()
    if earlier and (earlier[-1].sequence, earlier[-1].digest) == (mark.sequence, mark.digest):
        return None
    _append(note(mark))
    return mark


def read() -> list[Checkpoint]:
    """Every mark, oldest first; an error if one is not signed by this installation's key or is cut short."""
    path, position = _file(), 0
    found: list[Checkpoint] = []
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    while position < len(text):
        match = NOTE.match(text, position)
        if match is None:
            raise Tampered(f"{path.name} holds something that is no checkpoint, after {len(found)} good ones.")
        found.append(_verified(match))
        position = match.end()
    return found


def note(mark: Checkpoint) -> str:
    key = keyring.newest(CHECKPOINT, Ed25519PrivateKey.from_private_bytes)
    body = (
        f"{_origin()}\n{mark.sequence}\n{base64.b64encode(mark.digest).decode()}\n"
        f"time {mark.time.astimezone(UTC).isoformat(timespec='seconds')}\n"
    )
    name = f"checkpoint-{key.id}"
    signed = _key_hash(name, key.key.public_key()) + key.key.sign(body.encode())
    return f"{body}\n— {name} {base64.b64encode(signed).decode()}\n\n"


def _verified(match: re.Match[str]) -> Checkpoint:
    key = keyring.version(CHECKPOINT_PUBLIC, match["version"], Ed25519PublicKey.from_public_bytes)
    problem = Tampered(f"The checkpoint at entry {match['sequence']} is not signed by this installation's key.")
    try:
        signed = base64.b64decode(match["signature"], validate=True)
        key.key.verify(signed[KEY_HASH_LENGTH:], match["body"].encode())
        digest = base64.b64decode(match["digest"], validate=True)
    except (InvalidSignature, ValueError):
        raise problem from None
    if signed[:KEY_HASH_LENGTH] != _key_hash(f"checkpoint-{key.id}", key.key) or match["origin"] != _origin():
        raise problem
    return Checkpoint(int(match["sequence"]), digest, datetime.fromisoformat(match["time"]))


def _origin() -> str:
    return f"baken.audit/{keyring.newest(INSTALLATION, bytes).key.hex()}"


def _key_hash(name: str, key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519_NOTE + key.public_bytes_raw()).digest()[:KEY_HASH_LENGTH]


def _file() -> Path:
    return Path(settings.BAKEN_CHECKPOINTS)


def _append(text: str) -> None:
    """Whole or not at all for a reader; on disk before anybody relies on it."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
