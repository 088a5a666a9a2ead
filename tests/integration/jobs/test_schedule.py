"""Periodic work is recorded once in each slot, however often and by however many it is asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from jobs import registry, schedule
from jobs.models import Job, Slot

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hourly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_periodics", {})
    registry.handler("test.hourly", queue="files")(lambda object_id: None)
    registry.periodic("hourly", every=timedelta(hours=1), kind="test.hourly")
    yield
    registry._handlers.pop("test.hourly")


def test_slot_is_recorded_once() -> None:
    assert [schedule.tick(NOW), schedule.tick(NOW), schedule.tick(NOW + timedelta(minutes=54))] == [1, 0, 0]
    assert Job.objects.count() == 1


def test_next_slot_is_recorded_when_it_begins() -> None:
    schedule.tick(NOW)
    Job.objects.update(state=Job.State.DONE)
    assert schedule.tick(NOW + timedelta(minutes=55)) == 1
    assert Job.objects.count() == 2


def test_clock_that_was_set_back_runs_no_slot_again() -> None:
    schedule.tick(NOW)
    assert schedule.tick(NOW - timedelta(hours=3)) == 0


def test_night_that_was_missed_is_made_up_for_once() -> None:
    schedule.tick(NOW)
    Job.objects.update(state=Job.State.DONE)
    assert schedule.tick(NOW + timedelta(days=3)) == 1


def test_old_slots_are_forgotten() -> None:
    schedule.tick(NOW - timedelta(days=40))
    schedule.tick(NOW)
    assert Slot.objects.count() == 1
