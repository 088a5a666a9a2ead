"""Keyed digests: equal for equal texts of a kind, and comparable with nothing else."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from safeguards import blind_index
from safeguards.blind_index import Digest, Linker

KINDS = st.sampled_from(Digest)


@given(kind=KINDS, other_kind=KINDS, text=st.text(), other=st.text())
def test_digests_are_equal_for_equal_kind_and_text_only(kind: Digest, other_kind: Digest, text: str, other: str) -> None:
    one = blind_index.digest(kind, text)
    assert len(one) == 32
    assert one == blind_index.digest(kind, text.encode())
    assert (one == blind_index.digest(other_kind, other)) is ((kind, text) == (other_kind, other))


@given(kind=st.text(max_size=20), other_kind=st.text(max_size=20), text=st.text(), other=st.text())
def test_link_tokens_are_equal_for_equal_kind_and_text_only(kind: str, other_kind: str, text: str, other: str) -> None:
    linker = blind_index.linker()
    one = linker(kind, text)
    assert len(one) == 16
    assert one == blind_index.linker()(kind, text)
    assert (one == linker(other_kind, other)) is ((kind, text) == (other_kind, other))


def test_border_between_kind_and_text_cannot_be_moved() -> None:
    linker = blind_index.linker()
    assert linker("ab", "c") != linker("a", "bc")


@given(key=st.binary(min_size=1, max_size=200), kind=st.text(max_size=20), text=st.text())
def test_link_tokens_are_the_hmac_of_kind_and_text(key: bytes, kind: str, text: str) -> None:
    told = f"{Digest.LINK}:{kind}"
    content = len(told).to_bytes(2, "big") + told.encode() + text.encode()
    assert Linker("1", key)(kind, text) == hmac.digest(key, content, "sha256")[:16]
