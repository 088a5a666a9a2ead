"""Slots are counted in UTC, so that neither summer time nor a clock that is set back runs one twice."""

from datetime import UTC, datetime, timedelta

import pytest

from jobs.registry import Periodic
from jobs.schedule import slot_of

NIGHTLY = Periodic("nightly", every=timedelta(days=1), kind="x", offset=timedelta(hours=1))
QUARTERLY = Periodic("quarterly", every=timedelta(minutes=15), kind="x")


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 28, 1, tzinfo=UTC)),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), datetime(2025, 12, 31, 1, tzinfo=UTC)),
    ],
)
def test_night_has_one_slot(now: datetime, slot: datetime) -> None:
    assert slot_of(NIGHTLY, now) == slot


def test_day_has_as_many_slots_as_fit() -> None:
    start = datetime(2026, 3, 29, tzinfo=UTC)
    assert len({slot_of(QUARTERLY, start + timedelta(minutes=minute)) for minute in range(24 * 60)}) == 96
