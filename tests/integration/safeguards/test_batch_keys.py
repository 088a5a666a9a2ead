"""Keys that a batch shares: rows open, are erased one by one, leave the batch key at rotation, and the known answer opens."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pytest_django import Settings

from safeguards import blobs, data_keys, rotation, sealing, unsealing
from safeguards.blobs import Algorithm
from safeguards.errors import Erased, Tampered
from safeguards.keyring import making
from safeguards.models import DataKey
from safeguards.places import Place
from tests.vectors import make_sealing as made
from tests.vectors.sealing import CONTENT, PLACE, blob, data_key, write_keys

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = datetime(2026, 9, 15, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
IDENTITY = DataKey.Purpose.IDENTITY
BATCH_KEY_ID = UUID("00000000-0000-4000-8000-000000000005")
ROWS = 3


@pytest.fixture(autouse=True)
def september_keys(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    making.create_missing(SEPTEMBER)


def sealed_together() -> list[tuple[bytes, Place]]:
    shared = sealing.batch_key()
    places = [Place("intake_sealedidentity", uuid4(), "identity", None) for _ in range(ROWS)]
    keys = [shared.fresh_key(place.row, IDENTITY) for place in places]
    sealing.save_keys([shared.row, *(key.row for key in keys)])
    return [
        (key.seal(f"content {number}".encode(), place), place)
        for number, (key, place) in enumerate(zip(keys, places, strict=True))
    ]


def contents(items: list[tuple[bytes, Place]]) -> list[bytes]:
    return unsealing.open_many(items)


def test_rows_under_one_key_open() -> None:
    items = sealed_together()
    assert contents(items) == [b"content 0", b"content 1", b"content 2"]
    assert DataKey.objects.filter(purpose=DataKey.Purpose.BATCH).count() == 1


def test_one_row_is_erased_and_the_others_open() -> None:
    gone, *rest = sealed_together()
    data_keys.destroy([gone[1].row], [IDENTITY])
    with pytest.raises(Erased):
        contents([gone])
    assert contents(rest) == [b"content 1", b"content 2"]


def test_key_moved_to_another_row_does_not_open() -> None:
    first, second, _ = sealed_together()
    rows = {place.row: DataKey.objects.get(owner=place.row) for _, place in (first, second)}
    DataKey.objects.filter(owner=second[1].row).update(wrapped=rows[first[1].row].wrapped)
    with pytest.raises(Tampered):
        contents([second])


def test_row_whose_batch_key_is_gone_is_tampered_with_and_not_erased() -> None:
    items = sealed_together()
    DataKey.objects.filter(purpose=DataKey.Purpose.BATCH).delete()
    with pytest.raises(Tampered):
        contents(items)


def test_rotation_seals_the_rows_singly_and_destroys_the_key_that_they_shared() -> None:
    items = sealed_together()
    rotation.ensure_pair(OCTOBER)
    assert data_keys.rewrap(ROWS - 1) == ROWS - 1
    assert DataKey.objects.filter(purpose=DataKey.Purpose.BATCH).exists()
    assert data_keys.rewrap(ROWS) == 1
    assert data_keys.rewrap(ROWS) == 0
    assert not DataKey.objects.filter(purpose=DataKey.Purpose.BATCH).exists()
    assert set(DataKey.objects.values_list("wrapping_key", flat=True)) == {"sealing-2026-10"}
    assert contents(items) == [b"content 0", b"content 1", b"content 2"]


def test_key_of_the_newest_pair_stays_shared() -> None:
    sealed_together()
    assert data_keys.rewrap(ROWS) == 0
    assert DataKey.objects.filter(wrapping_key__startswith="batch-").count() == ROWS


def test_known_answer_opens(tmp_path: Path, settings: Settings) -> None:
    """Built here from the description of the format, by the functions of the other known answers, and not from the code."""
    settings.KEY_DIR = write_keys(tmp_path)
    shared, name = made.some_bytes("batch key"), f"batch-{BATCH_KEY_ID.hex}".encode()
    pair = f"sealing-{made.MONTH}".encode()
    to_month = made.context(b"data key", BATCH_KEY_ID.bytes, BATCH_KEY_ID.bytes, b"batch", pair)
    wrapped = made.header(b"\x02", pair) + made.Suite(
        made.KEM.MLKEM768_X25519, made.KDF.HKDF_SHA256, made.AEAD.AES_256_GCM
    ).encrypt(shared, made.private_key().public_key(), info=to_month)
    batch = {"purpose": "batch", "wrapping_key": pair.decode(), "wrapped": wrapped}
    DataKey(id=BATCH_KEY_ID, owner=BATCH_KEY_ID, **batch).save()
    row = data_key(IDENTITY)
    bound_to = made.context(b"data key", row.id.bytes, row.owner.bytes, b"identity", name)
    nonce = made.some_bytes("nonce batch", 12)
    body = nonce + AESGCM(shared).encrypt(nonce, made.some_bytes("data key"), bound_to)
    row.wrapping_key, row.wrapped = name.decode(), b"\x01\x07" + bytes([len(name)]) + name + body
    row.save()
    assert unsealing.open_sealed(blob("data"), PLACE) == CONTENT
    assert blobs.parse(row.wrapped, Algorithm.BATCH_KEY).key_id == name
