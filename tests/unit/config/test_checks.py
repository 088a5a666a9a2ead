"""What the settings say together: a cache of one's own beside other processes, and work that nobody does."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from config import checks, schedule
from jobs import registry

LOCAL = {"default": {"BACKEND": checks.LOCAL_MEMORY}}


def test_cache_in_memory_is_refused_beside_other_processes(settings: Settings) -> None:
    settings.CACHES, settings.BAKEN_WEB_PROCESSES = LOCAL, 2
    assert [error.id for error in checks.shared_cache()] == ["baken.E101"]


def test_cache_in_memory_is_allowed_for_one_process(settings: Settings) -> None:
    settings.CACHES, settings.BAKEN_WEB_PROCESSES = LOCAL, 1
    assert checks.shared_cache() == []


def test_shared_cache_is_allowed_for_many_processes(settings: Settings) -> None:
    settings.BAKEN_WEB_PROCESSES = 8
    assert checks.shared_cache() == []


def test_periodic_work_that_nobody_does_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_periodics", {})
    registry.periodic("idle", every=timedelta(days=1), kind="nobody.does-this")
    assert [error.id for error in checks.known_periodic_work()] == ["baken.E102"]


def test_every_row_of_the_schedule_asks_for_work_that_is_known() -> None:
    assert {row.kind for row in schedule.TABLE} <= set(registry.kinds())


def test_no_two_rows_of_the_schedule_have_one_name() -> None:
    assert len({row.task for row in schedule.TABLE}) == len(schedule.TABLE)
