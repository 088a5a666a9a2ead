"""The place that a ciphertext is bound to: moved to another row, column or organisation it does not open."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from safeguards import keyring
from safeguards.keyring.names import INSTALLATION

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Place:
    """group is the column group, such as "identity"; organisation is empty for what belongs to none."""

    table: str
    row: UUID
    group: str
    organisation: UUID | None

    def canonical(self, key_id: str) -> bytes:
        organisation = self.organisation.bytes if self.organisation else b""
        return context("place", (self.table, self.row.bytes, self.group, organisation, key_id))

    def __str__(self) -> str:
        return f"group {self.group} of {self.table} {self.row}"


def context(kind: str, parts: Iterable[str | bytes]) -> bytes:
    """Length-prefixed, so that no two lists of parts read the same; bound to the format and this installation."""
    return _opening(keyring.newest(INSTALLATION, bytes).key, kind) + _joined(parts)


@lru_cache(maxsize=64)
def _opening(installation: bytes, kind: str) -> bytes:
    return _joined((bytes([FORMAT_VERSION]), installation, kind))


def _joined(parts: Iterable[str | bytes]) -> bytes:
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join([len(part).to_bytes(4, "big") + part for part in encoded])
