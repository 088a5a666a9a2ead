"""The keys of this process, read when first asked for and kept parsed. It gives none that the role may not hold."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, cast

from django.conf import settings

from safeguards.errors import KeyMissing, KeyUnusable
from safeguards.keyring.names import KeyName, held, process_name
from safeguards.keyring.sources import Index, Source, find

T = TypeVar("T")

# A new pair is seen, and a destroyed key forgotten, within this time; asking the disk at each use costs a third of sealing.
LOOK_AGAIN_SECONDS = 1.0


@dataclass(frozen=True)
class Version(Generic[T]):
    """One version of a key, ready for use."""

    id: str
    key: T


@dataclass
class Ring:
    """What was found at one moment. It is replaced as a whole, so that threads see this one or the next."""

    folder: Path
    changed: int
    index: Index
    looked: float
    parsed: dict[tuple[KeyName, str, object], object] = field(default_factory=dict)


class _Current:
    ring: Ring | None = None


def forget() -> None:
    """Drop what is kept; the next question reads again."""
    _Current.ring = None


def versions(key: KeyName) -> tuple[str, ...]:
    """Every version that is here, oldest first."""
    _require_held(key)
    return tuple(_ring().index[key])


def newest(key: KeyName, parse: Callable[[bytes], T]) -> Version[T]:
    """The version that seals."""
    _require_held(key)
    ring = _ring()
    if not ring.index[key]:
        forget()
        ring = _ring()
    if not ring.index[key]:
        raise KeyMissing(f"The key {key} is missing; run manage.py create_keys, or put it back from the key backup.")
    return _parsed(ring, list(ring.index[key])[-1], key, parse)


def version(key: KeyName, version_id: str, parse: Callable[[bytes], T]) -> Version[T]:
    """One version, to open what was sealed under it."""
    _require_held(key)
    if version_id not in _ring().index[key]:
        forget()
    ring = _ring()
    if version_id not in ring.index[key]:
        raise KeyMissing(f"Version {version_id} of the key {key} is not here; it was destroyed or must be put back.")
    return _parsed(ring, version_id, key, parse)


def source(key: KeyName, version_id: str) -> Source:
    _require_held(key)
    return _ring().index[key][version_id]


def _parsed(ring: Ring, version_id: str, key: KeyName, parse: Callable[[bytes], T]) -> Version[T]:
    kept = (key, version_id, parse)
    found = ring.parsed.get(kept)
    if found is None:
        found = ring.parsed[kept] = Version(version_id, _parse(ring.index[key][version_id], parse))
    return cast(Version[T], found)


def _parse(source: Source, parse: Callable[[bytes], T]) -> T:
    if source.open_to_others():
        raise KeyUnusable(f"The file of the key {source.label} is open to others; run chmod 400 on it.")
    return parse(source.material())


def _require_held(key: KeyName) -> None:
    if key not in held():
        raise KeyMissing(f"The key {key} may not be held by this process ({process_name()}).")


def _ring() -> Ring:
    folder, ring = settings.KEY_DIR, _Current.ring
    now = time.monotonic()
    if ring is not None and (ring.folder is folder or ring.folder == folder) and now - ring.looked < LOOK_AGAIN_SECONDS:
        return ring
    changed = os.stat(folder).st_mtime_ns if os.path.isdir(folder) else 0
    if ring is None or (ring.folder, ring.changed) != (folder, changed):
        ring = Ring(folder, changed, find(folder), looked=now)
        _Current.ring = ring
    ring.looked = now
    return ring
