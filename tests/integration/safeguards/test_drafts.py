"""Drafts: readable to who holds the draft key, each under a key of its own, gone at once when destroyed."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from safeguards import data_keys, drafts, sealing
from safeguards.errors import Erased, SafeguardError, Tampered, UnknownFormat
from safeguards.models import DataKey
from safeguards.places import Place

pytestmark = pytest.mark.django_db

CONTENT = b"family=Zephyrine"


def place() -> Place:
    return Place("intake_draft", uuid4(), "answers", uuid4())


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=2000))
def test_draft_opens(content: bytes) -> None:
    there = place()
    assert drafts.decrypt(drafts.encrypt(content, there), there) == content


def test_draft_saved_again_keeps_its_key() -> None:
    there = place()
    first, second = drafts.encrypt(b"first", there), drafts.encrypt(b"second", there)
    assert (drafts.decrypt(first, there), drafts.decrypt(second, there)) == (b"first", b"second")
    assert DataKey.objects.filter(owner=there.row).count() == 1


def test_two_drafts_have_two_keys() -> None:
    one, other = place(), place()
    drafts.encrypt(CONTENT, one)
    drafts.encrypt(CONTENT, other)
    assert DataKey.objects.values("wrapped").distinct().count() == 2


def test_every_flipped_byte_is_an_error() -> None:
    there = place()
    blob = drafts.encrypt(CONTENT, there)
    for position in range(len(blob)):
        altered = bytearray(blob)
        altered[position] ^= 0x01
        with pytest.raises(SafeguardError):
            drafts.decrypt(bytes(altered), there)


@pytest.mark.parametrize(
    "elsewhere",
    [{"table": "intake_batch"}, {"group": "file"}, {"organisation": UUID(int=7)}],
    ids=["table", "column", "organisation"],
)
def test_draft_at_another_place_is_an_error(elsewhere: dict[str, object]) -> None:
    there = place()
    with pytest.raises(Tampered):
        drafts.decrypt(drafts.encrypt(CONTENT, there), replace(there, **elsewhere))


def test_swapped_drafts_are_errors() -> None:
    one, other = place(), place()
    blob, _ = drafts.encrypt(CONTENT, one), drafts.encrypt(CONTENT, other)
    with pytest.raises(Tampered):
        drafts.decrypt(blob, other)


def test_swapped_draft_keys_are_errors() -> None:
    one, other = place(), place()
    blob, _ = drafts.encrypt(CONTENT, one), drafts.encrypt(CONTENT, other)
    wrapped = DataKey.objects.get(owner=other.row).wrapped
    DataKey.objects.filter(owner=one.row).update(wrapped=wrapped)
    with pytest.raises(Tampered):
        drafts.decrypt(blob, one)


def test_destroyed_draft_says_so() -> None:
    there = place()
    blob = drafts.encrypt(CONTENT, there)
    drafts.destroy(there.row)
    with pytest.raises(Erased):
        drafts.decrypt(blob, there)


def test_destroying_a_draft_leaves_what_was_submitted() -> None:
    there = place()
    drafts.encrypt(CONTENT, there)
    sealing.fresh_key(there.row, DataKey.Purpose.IDENTITY).row.save()
    drafts.destroy(there.row)
    assert [row.purpose for row in DataKey.objects.filter(owner=there.row)] == [DataKey.Purpose.IDENTITY]


def test_destroying_what_never_was_is_no_error() -> None:
    drafts.destroy(uuid4())


def test_erasure_reaches_drafts_of_the_same_owner() -> None:
    there = place()
    blob = drafts.encrypt(CONTENT, there)
    data_keys.destroy([there.row])
    with pytest.raises(Erased):
        drafts.decrypt(blob, there)


@pytest.mark.parametrize("stored", [b"", CONTENT, b"\x01\x04\x10"])
def test_plaintext_is_an_error(stored: bytes) -> None:
    with pytest.raises(UnknownFormat):
        drafts.decrypt(stored, place())


def test_sealed_value_does_not_open_as_a_draft() -> None:
    there = place()
    with pytest.raises(UnknownFormat):
        drafts.decrypt(sealing.fresh_key(there.row, DataKey.Purpose.IDENTITY).seal(CONTENT, there), there)
