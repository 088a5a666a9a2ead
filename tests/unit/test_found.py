"""The look for canaries finds a year wherever a person's stands, and not in what is random."""

import pytest

from tests.found import found_in


@pytest.mark.parametrize(
    "text", ["1991", "1991-07-23", "23-07-1991", '"year":1991}', "<td>1991</td>", "x1991y", "\x001991\xff"]
)
def test_year_of_a_person_is_found(text: str) -> None:
    assert found_in(text, ["1991"]) == found_in(text.encode("latin-1"), ["1991"]) == {"1991"}


@pytest.mark.parametrize(
    "text", ["0c8f1991-2db6-45fd-a6f3-6e8c05b4fd73", "a" * 30 + "1991", "2026-11-21 09:52:32.199147+00:00"]
)
def test_year_by_chance_is_not(text: str) -> None:
    assert not found_in(text, ["1991"])


def test_name_is_found_in_whatever_it_stands() -> None:
    assert found_in("a" * 32 + "Quirijntje", ["Quirijntje"]) == {"Quirijntje"}
