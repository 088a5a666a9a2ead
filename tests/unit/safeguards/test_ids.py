"""Ids in the order of their making: a standard kind of id, later ones behind earlier ones, none twice."""

from datetime import UTC, datetime
from uuid import RFC_4122

import pytest

from safeguards import ids

NOW = datetime(2026, 11, 29, 12, 30, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nanoseconds; the last is the time."""
    moments = [int(NOW.timestamp()) * 10**9]
    monkeypatch.setattr(ids.time, "time_ns", lambda: moments[-1])
    return moments


def test_it_is_an_id_of_version_seven_with_its_moment_in_front(clock: list[int]) -> None:
    made = ids.ordered()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == clock[-1] // 10**6


def test_later_ids_come_behind_earlier_ones(clock: list[int]) -> None:
    earlier = [ids.ordered() for _ in range(100)]
    clock.append(clock[-1] + 10**6)
    assert max(earlier) < min(ids.ordered() for _ in range(100))


def test_ids_of_one_moment_differ_in_all_their_random_bits(clock: list[int]) -> None:
    made = [ids.ordered().int for _ in range(1_000)]
    assert len(set(made)) == len(made)
    varied = 0
    for one in made:
        varied |= one ^ made[0]
    assert varied.bit_count() == 74
