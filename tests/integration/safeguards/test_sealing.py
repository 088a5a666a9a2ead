"""Sealing and opening: what was altered, moved, cut, of another format or erased gives an error and never a value."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from safeguards import data_keys, drafts, sealing, unsealing
from safeguards.errors import Erased, SafeguardError, Tampered, UnknownFormat
from safeguards.models import DataKey, Tombstone
from safeguards.places import Place

pytestmark = pytest.mark.django_db

IDENTITY = DataKey.Purpose.IDENTITY
CONTENT = b'{"family":"Zephyrine"}'
CONTENTS = st.one_of(st.binary(max_size=2000), st.text(max_size=300).map(str.encode))


@dataclass(frozen=True)
class Sealed:
    blob: bytes
    place: Place
    row: DataKey


def sealed(content: bytes = CONTENT) -> Sealed:
    place = Place("intake_sealedidentity", uuid4(), "identity", uuid4())
    key = sealing.fresh_key(place.row, IDENTITY)
    key.row.save()
    return Sealed(key.seal(content, place), place, key.row)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENTS)
def test_what_was_sealed_opens(content: bytes) -> None:
    one = sealed(content)
    assert unsealing.open_sealed(one.blob, one.place) == content
    assert unsealing.open_sealed(memoryview(one.blob), one.place) == content


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(min_size=8, max_size=400))
def test_nothing_of_the_content_or_its_length_shows(content: bytes) -> None:
    one = sealed(content)
    assert content not in one.blob
    assert content not in bytes(one.row.wrapped)
    assert (len(one.blob) - len(sealed(b"").blob)) % 256 == 0


def test_same_content_is_sealed_differently_each_time() -> None:
    key = sealing.fresh_key(uuid4(), IDENTITY)
    place = Place("table", uuid4(), "identity", None)
    assert len({key.seal(CONTENT, place) for _ in range(50)}) == 50


def test_every_flipped_byte_is_an_error() -> None:
    one = sealed()
    for position in range(len(one.blob)):
        altered = bytearray(one.blob)
        altered[position] ^= 0x01
        with pytest.raises(SafeguardError):
            unsealing.open_sealed(bytes(altered), one.place)


def test_every_flipped_byte_of_the_wrapped_key_is_an_error() -> None:
    one = sealed()
    wrapped = bytes(one.row.wrapped)
    for position in range(len(wrapped)):
        altered = bytearray(wrapped)
        altered[position] ^= 0x80
        DataKey.objects.filter(id=one.row.id).update(wrapped=bytes(altered))
        with pytest.raises(SafeguardError):
            unsealing.open_sealed(one.blob, one.place)


def test_every_shortened_blob_is_an_error() -> None:
    one = sealed()
    for length in range(len(one.blob)):
        with pytest.raises(SafeguardError):
            unsealing.open_sealed(one.blob[:length], one.place)


def test_longer_blob_is_an_error() -> None:
    one = sealed()
    with pytest.raises(Tampered):
        unsealing.open_sealed(one.blob + b"\0", one.place)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"row": UUID(int=7)},
        {"table": "consent_document"},
        {"group": "matching"},
        {"organisation": UUID(int=7)},
        {"organisation": None},
    ],
    ids=["row", "table", "column", "organisation", "no organisation"],
)
def test_blob_at_another_place_is_an_error(elsewhere: dict[str, object]) -> None:
    one = sealed()
    with pytest.raises(Tampered):
        unsealing.open_sealed(one.blob, replace(one.place, **elsewhere))


def test_swapped_blobs_are_errors() -> None:
    one, other = sealed(), sealed()
    for blob, place in ((one.blob, other.place), (other.blob, one.place)):
        with pytest.raises(Tampered):
            unsealing.open_sealed(blob, place)


def test_swapped_wrapped_keys_are_errors() -> None:
    one, other = sealed(), sealed()
    DataKey.objects.filter(id=one.row.id).update(wrapped=bytes(other.row.wrapped))
    with pytest.raises(Tampered):
        unsealing.open_sealed(one.blob, one.place)


@pytest.mark.parametrize("change", [{"owner": UUID(int=7)}, {"purpose": "statement"}, {"wrapping_key": "sealing-1999-01"}])
def test_wrapped_key_on_an_altered_row_is_an_error(change: dict[str, object]) -> None:
    one = sealed()
    DataKey.objects.filter(id=one.row.id).update(**change)
    with pytest.raises(Tampered):
        unsealing.open_sealed(one.blob, one.place)


@pytest.mark.parametrize("stored", [b"", b"\0", b"{}", CONTENT, b"gAAAAABh", b"\x01\x01\x10", "Öztürk".encode()])
def test_plaintext_in_the_column_is_an_error(stored: bytes) -> None:
    with pytest.raises(UnknownFormat):
        unsealing.open_sealed(stored, sealed().place)


@pytest.mark.parametrize("version", [0, 2, 255])
def test_other_format_version_is_an_error(version: int) -> None:
    one = sealed()
    with pytest.raises(UnknownFormat):
        unsealing.open_sealed(bytes([version]) + one.blob[1:], one.place)


@pytest.mark.parametrize("algorithm", [0, 2, 3, 4, 5, 255])
def test_other_algorithm_is_an_error(algorithm: int) -> None:
    one = sealed()
    with pytest.raises(UnknownFormat):
        unsealing.open_sealed(one.blob[:1] + bytes([algorithm]) + one.blob[2:], one.place)


def test_draft_does_not_open_as_a_sealed_value() -> None:
    place = sealed().place
    with pytest.raises(UnknownFormat):
        unsealing.open_sealed(drafts.encrypt(CONTENT, place), place)


def test_erased_value_says_so() -> None:
    one = sealed()
    assert data_keys.destroy([one.place.row]) == 1
    with pytest.raises(Erased):
        unsealing.open_sealed(one.blob, one.place)
    assert Tombstone.objects.filter(key=one.row.id).exists()


def test_value_whose_key_was_removed_around_us_is_not_called_erased() -> None:
    one = sealed()
    DataKey.objects.all().delete()
    with pytest.raises(Tampered):
        unsealing.open_sealed(one.blob, one.place)


def test_many_are_opened_in_one_query() -> None:
    several = [sealed(f"{number}".encode()) for number in range(20)]
    with CaptureQueriesContext(connection) as queries:
        opened = unsealing.open_many([(one.blob, one.place) for one in several])
    assert opened == [f"{number}".encode() for number in range(20)]
    assert len(queries) == 1


def test_one_bad_value_among_many_is_an_error() -> None:
    one, other = sealed(), sealed()
    with pytest.raises(Tampered):
        unsealing.open_many([(one.blob, one.place), (other.blob, one.place)])


def test_nothing_to_open_gives_nothing() -> None:
    assert unsealing.open_many([]) == []


def test_reopened_key_seals_more_for_the_same_owner() -> None:
    one = sealed()
    place = replace(one.place, group="attachment")
    more = unsealing.reopen_key(one.place.row, IDENTITY).seal(b"more", place)
    assert unsealing.open_many([(more, place), (one.blob, one.place)]) == [b"more", CONTENT]


def test_destroyed_key_does_not_reopen() -> None:
    with pytest.raises(Erased):
        unsealing.reopen_key(uuid4(), IDENTITY)


def test_errors_name_the_place_and_never_the_value() -> None:
    one = sealed()
    with pytest.raises(Tampered) as error:
        unsealing.open_sealed(one.blob, replace(one.place, group="matching"))
    assert str(one.place.row) in str(error.value)
    assert "Zephyrine" not in str(error.value)
    assert error.value.__cause__ is None


def test_key_is_not_shown_by_its_handle() -> None:
    assert "cipher" not in repr(sealing.fresh_key(uuid4(), IDENTITY))
