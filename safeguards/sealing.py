"""The write side: seal a value with nothing but a public key. What is sealed here cannot be opened here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from safeguards import blobs, bulk, wrapping
from safeguards.blobs import Algorithm
from safeguards.models import DataKey
from safeguards.places import Place
from safeguards.wrapping import KeyRow as KeyRow

KEY_COLUMNS = ("id", "owner", "purpose", "wrapping_key", "wrapped", "created")


@dataclass(frozen=True)
class FreshKey:
    """A data key in memory, and the row that holds it wrapped. Save row and blobs in one transaction."""

    row: KeyRow
    cipher: AESGCM = field(repr=False)
    algorithm: Algorithm = Algorithm.DATA

    def seal(self, content: bytes, place: Place) -> bytes:
        header = blobs.header(self.algorithm, self.row.id.bytes)
        bound_to = header + place.canonical(self.row.id.hex)
        return header + blobs.encrypt(self.cipher, blobs.pad(content), bound_to)


@dataclass(frozen=True)
class BatchKey:
    """A key that wraps the data keys of many rows: one HPKE for all. Save its row in the transaction of theirs.

    What was sealed is erased row by row all the same: each row's data key is its own, and destroyed by itself.
    """

    row: KeyRow
    cipher: AESGCM = field(repr=False)

    @cached_property
    def _name(self) -> str:
        return wrapping.batch_name(self.row.id)

    def fresh_key(self, owner: UUID, purpose: DataKey.Purpose) -> FreshKey:
        data_key = wrapping.new_data_key()
        row = wrapping.wrapped_under(self._name, self.cipher, owner, purpose, data_key)
        return FreshKey(row, AESGCM(data_key))


def batch_key() -> BatchKey:
    """New and random, wrapped to the newest month's public key: who seals with it cannot open it again later."""
    own = uuid4()
    key = fresh_key(own, DataKey.Purpose.BATCH)
    return BatchKey(key.row, key.cipher)


def save_keys(rows: Iterable[KeyRow]) -> None:
    now = timezone.now()
    values = ((row.id, row.owner, row.purpose, row.wrapping_key, row.wrapped, now) for row in rows)
    bulk.insert(DataKey, KEY_COLUMNS, values)


def fresh_key(owner: UUID, purpose: DataKey.Purpose) -> FreshKey:
    """A new random key, wrapped to the newest month's public key; the row is not saved yet."""
    data_key = wrapping.new_data_key()
    row = wrapping.new_row(owner, purpose, "")
    wrapping.wrap(row, data_key)
    return FreshKey(row, AESGCM(data_key))
