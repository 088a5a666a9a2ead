"""The upkeep of keys and audit trail as jobs: chunk after chunk until nothing waits, and safe to run again."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import Settings

from config import tasks
from jobs import services as jobs
from safeguards import audit, checkpoints, sealing
from safeguards.actors import system
from safeguards.keyring import making
from safeguards.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR, settings.BAKEN_CHECKPOINTS = tmp_path / "keys", tmp_path / "marks" / "checkpoints.txt"
    making.create_missing(datetime(2026, 9, 1, tzinfo=UTC))


def work(kind: str) -> None:
    with transaction.atomic():
        jobs.record(kind)
    jobs.drain(["vault"])


def test_rotation_goes_on_until_all_data_keys_are_re_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "CHUNK", 2)
    for _ in range(5):
        sealing.fresh_key(uuid4(), DataKey.Purpose.IDENTITY).row.save()
    work(tasks.ROTATE)
    newest = f"sealing-{making.month_of(datetime.now(UTC))}"
    assert set(DataKey.objects.values_list("wrapping_key", flat=True)) == {newest}


def test_checkpoint_is_signed_and_not_doubled() -> None:
    audit.record("done", by=system("test"))
    work(tasks.CHECKPOINT)
    work(tasks.CHECKPOINT)
    assert [mark.sequence for mark in checkpoints.read()] == [1]


def test_empty_trail_needs_no_checkpoint() -> None:
    work(tasks.CHECKPOINT)
    assert checkpoints.read() == []
