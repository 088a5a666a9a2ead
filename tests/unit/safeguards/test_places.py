"""What a ciphertext is bound to: no two places, and no two ways of cutting one text, read the same."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from safeguards.places import Place, context

TEXTS = st.text(max_size=20)
PLACES = st.builds(Place, table=TEXTS, row=st.uuids(), group=TEXTS, organisation=st.none() | st.uuids())
PARTS = st.lists(TEXTS | st.binary(max_size=20), max_size=5)


@given(one=PLACES, other=PLACES, key=TEXTS, other_key=TEXTS)
def test_two_places_or_keys_never_read_the_same(one: Place, other: Place, key: str, other_key: str) -> None:
    same = (one, key) == (other, other_key)
    assert (one.canonical(key) == other.canonical(other_key)) is same


@given(one=PARTS, other=PARTS)
def test_two_lists_of_parts_never_read_the_same(one: list[str | bytes], other: list[str | bytes]) -> None:
    def as_bytes(parts: list[str | bytes]) -> list[bytes]:
        return [part.encode() if isinstance(part, str) else part for part in parts]

    assert (context("kind", one) == context("kind", other)) is (as_bytes(one) == as_bytes(other))


def test_kind_is_part_of_it() -> None:
    assert context("place", ["a"]) != context("data key", ["a"])


def test_place_says_where_it_is_without_the_organisation() -> None:
    place = Place("intake_sealedidentity", UUID(int=1), "identity", UUID(int=2))
    assert str(place) == f"group identity of intake_sealedidentity {UUID(int=1)}"
