"""How a data key is wrapped: to the month's key pair, or under a batch's key. Like the key ring, it is for safeguards alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeguards import blobs, ids, key_pairs, keyring
from safeguards.blobs import Algorithm, Blob
from safeguards.errors import Tampered
from safeguards.keyring.names import SEALING_PRIVATE, SEALING_PUBLIC
from safeguards.models import DataKey
from safeguards.places import context

KEY_BITS = 256
SEALING = "sealing-"
BATCH = "batch-"


COLUMNS = ("id", "owner", "purpose", "wrapping_key", "wrapped")


@dataclass(slots=True)
class NewRow:
    """The row of a data key without the model, an object of which costs as much as wrapping the key; COLUMNS in order."""

    id: UUID
    owner: UUID
    purpose: str
    wrapping_key: str
    wrapped: bytes = b""


KeyRow = DataKey | NewRow


def new_data_key() -> bytes:
    return AESGCM.generate_key(KEY_BITS)


def new_row(owner: UUID, purpose: DataKey.Purpose, wrapping_key: str) -> DataKey:
    return DataKey(id=ids.ordered(), owner=owner, purpose=purpose, wrapping_key=wrapping_key)


def newest_pair() -> str:
    return SEALING + keyring.newest(SEALING_PUBLIC, key_pairs.parse_public).id


def wrap(row: DataKey, data_key: bytes) -> None:
    """To the newest month's public key; sets both fields of the row and saves nothing."""
    month = keyring.newest(SEALING_PUBLIC, key_pairs.parse_public)
    row.wrapping_key = SEALING + month.id
    wrapped = key_pairs.wrap(data_key, month.key, binding(row))
    row.wrapped = Blob(Algorithm.HPKE, row.wrapping_key.encode(), wrapped).to_bytes()


def wrapped_under(batch_name: str, cipher: AESGCM, owner: UUID, purpose: DataKey.Purpose, data_key: bytes) -> NewRow:
    """To the key that one batch shares, instead of each to the month's pair; saves nothing."""
    row = NewRow(ids.ordered(), owner, purpose, batch_name)
    row.wrapped = blobs.header(Algorithm.BATCH_KEY, batch_name.encode()) + blobs.encrypt(cipher, data_key, binding(row))
    return row


def unwrap(row: KeyRow) -> bytes:
    return Unwrapper([row]).unwrap(row)


class Unwrapper:
    """Opens the keys of these rows; a batch key is fetched and opened once for all rows under it."""

    def __init__(self, rows: Iterable[KeyRow]) -> None:
        names = {row.wrapping_key for row in rows if row.wrapping_key.startswith(BATCH)}
        ids = [UUID(name.removeprefix(BATCH)) for name in names]
        found = DataKey.objects.filter(id__in=ids, purpose=DataKey.Purpose.BATCH) if ids else ()
        self._rows = {batch_name(row.id): row for row in found}
        self._opened: dict[str, AESGCM] = {}

    def unwrap(self, row: KeyRow) -> bytes:
        what = f"the wrapped data key {row.id}"
        if row.wrapping_key.startswith(BATCH):
            blob = named_by_row(row, Algorithm.BATCH_KEY, what)
            return blobs.decrypt(self._batch_key(row.wrapping_key, what), blob.body, binding(row), what)
        blob = named_by_row(row, Algorithm.HPKE, what)
        month = keyring.version(SEALING_PRIVATE, row.wrapping_key.removeprefix(SEALING), key_pairs.parse_private)
        return key_pairs.unwrap(blob.body, month.key, binding(row), what)

    def _batch_key(self, name: str, what: str) -> AESGCM:
        if name not in self._opened:
            if name not in self._rows:
                raise Tampered(f"What is stored as {what} names a batch key that is not here; none goes before its last row.")
            self._opened[name] = AESGCM(self.unwrap(self._rows[name]))
        return self._opened[name]


def batch_name(batch_key: UUID) -> str:
    return BATCH + batch_key.hex


def named_by_row(row: KeyRow, algorithm: Algorithm, what: str) -> Blob:
    """The wrapped key taken apart; blob and row must name the same wrapping key."""
    blob = blobs.parse(row.wrapped, algorithm)
    if blob.key_id != row.wrapping_key.encode():
        raise Tampered(f"What is stored as {what} names another wrapping key than its row.")
    return blob


def binding(row: KeyRow) -> bytes:
    """What a wrapped data key is bound to: its own row and the key that wraps it."""
    return context("data key", (row.id.bytes, row.owner.bytes, str(row.purpose), row.wrapping_key))
