"""The read side: open what was sealed, with the private key. Three packages may import it; each look is theirs to audit."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeguards import blobs, bulk, data_keys, wrapping
from safeguards.blobs import Algorithm, Blob
from safeguards.errors import Erased
from safeguards.models import DataKey
from safeguards.places import Place
from safeguards.sealing import FreshKey

Sealed = bytes | memoryview
KEYS = f"SELECT {', '.join(wrapping.COLUMNS)} FROM {DataKey._meta.db_table} WHERE id IN ({{ids}})"  # noqa: S608


def open_sealed(blob: Sealed, place: Place) -> bytes:
    return open_many([(blob, place)])[0]


def open_many(items: Sequence[tuple[Sealed, Place]]) -> list[bytes]:
    """All of them or an error; one query for the data keys."""
    parsed = [(blobs.parse(blob, Algorithm.DATA), place) for blob, place in items]
    ids = {blobs.data_key_id(blob): place for blob, place in parsed}
    found = bulk.chosen(KEYS, ids)
    rows = [wrapping.NewRow(bulk.as_uuid(row[0]), bulk.as_uuid(row[1]), *row[2:]) for row in found]
    unwrapper = wrapping.Unwrapper(rows)
    keys = {row.id: AESGCM(unwrapper.unwrap(row)) for row in rows}
    for missing in ids.keys() - keys.keys():
        data_keys.explain_missing(missing, str(ids[missing]))
    return [_open(blob, place, keys) for blob, place in parsed]


def reopen_key(owner: UUID, purpose: DataKey.Purpose) -> FreshKey:
    """The handle of a key that exists, to seal more under it."""
    row = DataKey.objects.filter(owner=owner, purpose=purpose).first()
    if row is None:
        raise Erased(f"The {purpose} key of {owner} is destroyed.")
    return FreshKey(row, AESGCM(wrapping.unwrap(row)))


def _open(blob: Blob, place: Place, keys: Mapping[UUID, AESGCM]) -> bytes:
    key_id = blobs.data_key_id(blob)
    bound_to = blobs.header(blob.algorithm, blob.key_id) + place.canonical(key_id.hex)
    return blobs.unpad(blobs.decrypt(keys[key_id], blob.body, bound_to, str(place)))
