"""Drafts and unconfirmed uploads: each under a data key of its own, wrapped by the draft key. Not for what was submitted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeguards import blobs, data_keys, keyring, wrapping
from safeguards.blobs import Algorithm, Blob
from safeguards.keyring.names import DRAFT
from safeguards.models import DataKey
from safeguards.places import Place
from safeguards.sealing import FreshKey

WRAPPED_BY = "draft-"


@dataclass(frozen=True)
class Draft:
    """The key of one draft, ready for use: for who has many pieces to encrypt or open."""

    owner: UUID
    key: FreshKey = field(repr=False)

    def encrypt(self, content: bytes, place: Place) -> bytes:
        return self.key.seal(content, place)

    def decrypt(self, blob: bytes | memoryview, place: Place) -> bytes:
        parsed = blobs.parse(blob, Algorithm.DRAFT)
        if blobs.data_key_id(parsed) != self.key.row.id:
            data_keys.explain_missing(blobs.data_key_id(parsed), str(place))
        bound_to = blobs.header(parsed.algorithm, parsed.key_id) + place.canonical(self.key.row.id.hex)
        return blobs.unpad(blobs.decrypt(self.key.cipher, parsed.body, bound_to, str(place)))


def draft(owner: UUID) -> Draft:
    """Its key is made and saved at its first use."""
    return find(owner) or Draft(owner, _fresh(owner))


def find(owner: UUID) -> Draft | None:
    """None where the key is destroyed, or never was."""
    return find_all([owner]).get(owner)


def find_all(owners: Iterable[UUID]) -> Mapping[UUID, Draft]:
    rows = DataKey.objects.filter(owner__in=owners, purpose=DataKey.Purpose.DRAFT)
    return {row.owner: Draft(row.owner, FreshKey(row, AESGCM(_unwrap(row)), Algorithm.DRAFT)) for row in rows}


def encrypt(content: bytes, place: Place) -> bytes:
    """Under the key of the draft that stands in this row, which is made and saved at its first use."""
    return draft(place.row).encrypt(content, place)


def decrypt(blob: bytes | memoryview, place: Place) -> bytes:
    return decrypt_all([(blob, place)])[0]


def decrypt_all(blobs_at: Sequence[tuple[bytes | memoryview, Place]]) -> list[bytes]:
    """Each data key is read and unwrapped once, however many values lie under it."""
    found = find_all({place.row for _, place in blobs_at})
    return [_opened(blob, place, found.get(place.row)) for blob, place in blobs_at]


def _opened(blob: bytes | memoryview, place: Place, opened: Draft | None) -> bytes:
    if opened is None:
        data_keys.explain_missing(blobs.data_key_id(blobs.parse(blob, Algorithm.DRAFT)), str(place))
    return opened.decrypt(blob, place)


def destroy(*owners: UUID) -> None:
    """At submission, cancel or expiry."""
    data_keys.destroy(owners, [DataKey.Purpose.DRAFT])


def discard(owner: UUID) -> None:
    """Of a draft that never came to be, together with all that was encrypted: nothing is left to explain by a tombstone."""
    DataKey.objects.filter(owner=owner, purpose=DataKey.Purpose.DRAFT).delete()


def _fresh(owner: UUID) -> FreshKey:
    draft_key, data_key = keyring.newest(DRAFT, AESGCM), wrapping.new_data_key()
    row = wrapping.new_row(owner, DataKey.Purpose.DRAFT, WRAPPED_BY + draft_key.id)
    body = blobs.encrypt(draft_key.key, data_key, wrapping.binding(row))
    row.wrapped = Blob(Algorithm.DRAFT_KEY, row.wrapping_key.encode(), body).to_bytes()
    row.save(force_insert=True)
    return FreshKey(row, AESGCM(data_key), Algorithm.DRAFT)


def _unwrap(row: DataKey) -> bytes:
    what = f"the wrapped draft key {row.id}"
    blob = wrapping.named_by_row(row, Algorithm.DRAFT_KEY, what)
    draft_key = keyring.version(DRAFT, row.wrapping_key.removeprefix(WRAPPED_BY), AESGCM)
    return blobs.decrypt(draft_key.key, blob.body, wrapping.binding(row), what)
