"""Makes the keys that are missing, and never overwrites one. A key that was there once and is gone is not made anew."""

import base64
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from safeguards import key_pairs
from safeguards.errors import KeyMissing
from safeguards.keyring import files
from safeguards.keyring.names import (
    CHECKPOINT,
    CHECKPOINT_PUBLIC,
    DELIVERY_PRIVATE,
    DELIVERY_PUBLIC,
    INSTALLATION,
    SEALING_PRIVATE,
    SEALING_PUBLIC,
    SECRETS,
    KeyName,
    Part,
)
from safeguards.keyring.ring import forget
from safeguards.keyring.sources import Source, find

FIRST = "1"
MANIFEST = "made.txt"
PRIVATE, PUBLIC = 0o400, 0o444


def create_missing(now: datetime) -> list[str]:
    """Every key that is neither in the folder nor in a variable, and this month's pair; gives their labels."""
    folder = _folder()
    known = manifest()
    made = [label for key, material in _singles().items() for label in _make_first(key, material, known, now)]
    made += _make_pair(SEALING_PRIVATE, month_of(now), key_pairs.new_private_bytes, now)
    made += _public_halves(now)
    _note_in_manifest(folder, known)
    forget()
    return made


def create_pair(version: str, now: datetime) -> list[str]:
    folder = _folder()
    made = [*_make_pair(SEALING_PRIVATE, version, key_pairs.new_private_bytes, now), *_public_halves(now)]
    _note_in_manifest(folder, manifest())
    forget()
    return made


def month_of(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m")


def is_empty() -> bool:
    """No key was ever made here, and none stands in a variable."""
    return not manifest() and not any(find(Path(settings.KEY_DIR)).values())


def _singles() -> dict[KeyName, Callable[[], bytes]]:
    secrets: dict[KeyName, Callable[[], bytes]] = dict.fromkeys(SECRETS, lambda: os.urandom(32))
    return {
        **secrets,
        INSTALLATION: lambda: uuid4().bytes,
        CHECKPOINT: lambda: Ed25519PrivateKey.generate().private_bytes_raw(),
        DELIVERY_PRIVATE: key_pairs.new_private_bytes,
    }


def _make_first(key: KeyName, material: Callable[[], bytes], known: frozenset[str], now: datetime) -> Iterator[str]:
    if find(_folder())[key]:
        return
    first = Source(key, FIRST)
    if first.file_name in known:
        raise KeyMissing(f"The key {key} was here and is gone; put {first.file_name} back from the key backup.")
    yield from _make(first, material(), now)


def _make_pair(key: KeyName, version: str, material: Callable[[], bytes], now: datetime) -> list[str]:
    """Not where either half is there: a public half alone says that the private half stands elsewhere, or is lost."""
    index = find(_folder())
    there = version in index[key] or version in index[SEALING_PUBLIC]
    return [] if there else list(_make(Source(key, version), material(), now))


def _public_halves(now: datetime) -> list[str]:
    """Made from the stored private half, so that two processes that start at once end with one pair."""
    index = find(_folder())
    missing = [
        (Source(public, version), derive(source.material()))
        for private, public, derive in (
            (SEALING_PRIVATE, SEALING_PUBLIC, key_pairs.public_bytes),
            (CHECKPOINT, CHECKPOINT_PUBLIC, checkpoint_public_bytes),
            (DELIVERY_PRIVATE, DELIVERY_PUBLIC, key_pairs.public_bytes),
        )
        for version, source in index[private].items()
        if version not in index[public]
    ]
    return [label for source, material in missing for label in _make(source, material, now)]


def checkpoint_public_bytes(private: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _make(source: Source, material: bytes, now: datetime) -> Iterator[str]:
    text = f"{base64.b64encode(material).decode()}\ncreated {now.astimezone(UTC).isoformat(timespec='seconds')}\n"
    mode = PUBLIC if source.key.part is Part.PUBLIC else PRIVATE
    if files.write_once(_folder() / source.file_name, text, mode):
        yield source.label


def _folder() -> Path:
    folder = Path(settings.KEY_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def manifest() -> frozenset[str]:
    """The file names of all keys that were ever here."""
    path = Path(settings.KEY_DIR) / MANIFEST
    return frozenset(path.read_text(encoding="ascii").split()) if path.exists() else frozenset()


def _note_in_manifest(folder: Path, known: frozenset[str]) -> None:
    present = {source.file_name for versions in find(folder).values() for source in versions.values()}
    if present - known:
        files.replace(folder / MANIFEST, "\n".join(sorted(present | known)) + "\n")
