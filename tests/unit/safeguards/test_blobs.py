"""The stored form: what does not fit it exactly is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguards import blobs
from safeguards.blobs import Algorithm, Blob
from safeguards.errors import SafeguardError, Tampered, UnknownFormat

KEY_IDS = st.binary(min_size=1, max_size=255)
BODIES = st.binary(min_size=28, max_size=100)


@given(content=st.binary(max_size=3000))
def test_padding_comes_off(content: bytes) -> None:
    padded = blobs.pad(content)
    assert len(padded) % 256 == 0
    assert blobs.unpad(padded) == content


@given(length=st.integers(0, 252), other=st.integers(0, 252))
def test_short_contents_have_one_length(length: int, other: int) -> None:
    assert len(blobs.pad(b"x" * length)) == len(blobs.pad(b"x" * other)) == 256


@given(algorithm=st.sampled_from(Algorithm), key_id=KEY_IDS, body=BODIES)
def test_blob_is_taken_apart_as_it_was_put_together(algorithm: Algorithm, key_id: bytes, body: bytes) -> None:
    blob = Blob(algorithm, key_id, body)
    assert blobs.parse(blob.to_bytes(), algorithm) == blob
    assert blobs.parse(memoryview(blob.to_bytes()), algorithm) == blob


@given(stored=st.binary(max_size=300))
def test_whatever_stands_in_the_column_is_a_blob_or_an_error(stored: bytes) -> None:
    try:
        blob = blobs.parse(stored, *Algorithm)
    except SafeguardError:
        return
    assert blob.to_bytes() == stored


@given(algorithm=st.sampled_from(Algorithm), expected=st.sampled_from(Algorithm), body=BODIES)
def test_other_algorithm_than_expected_is_an_error(algorithm: Algorithm, expected: Algorithm, body: bytes) -> None:
    if algorithm is not expected:
        with pytest.raises(UnknownFormat):
            blobs.parse(Blob(algorithm, b"id", body).to_bytes(), expected)


@given(key_id=st.binary(min_size=1, max_size=30).filter(lambda found: len(found) != 16))
def test_data_key_that_is_no_identifier_is_an_error(key_id: bytes) -> None:
    with pytest.raises(Tampered):
        blobs.data_key_id(Blob(Algorithm.DATA, key_id, b""))
