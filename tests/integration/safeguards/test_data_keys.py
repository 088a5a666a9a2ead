"""Erasure, and re-sealing data keys to the newest month's pair, also when it is killed half-way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from safeguards import data_keys, drafts, key_pairs, keyring, sealing, unsealing
from safeguards.errors import Erased, Tampered
from safeguards.keyring import making
from safeguards.keyring.names import SEALING_PRIVATE
from safeguards.models import AuditEntry, DataKey, Tombstone
from safeguards.places import Place
from safeguards.verification import verify

pytestmark = pytest.mark.django_db

OLD, NEW = datetime(2026, 9, 15, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
Purpose = DataKey.Purpose
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def september_keys(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    making.create_missing(OLD)


def seal(purpose: DataKey.Purpose = Purpose.IDENTITY, owner: UUID | None = None) -> tuple[bytes, Place]:
    place = Place("intake_sealedidentity", owner or uuid4(), purpose, None)
    key = sealing.fresh_key(place.row, purpose)
    key.row.save()
    return key.seal(str(place.row).encode(), place), place


def seal_many(count: int) -> list[tuple[bytes, Place]]:
    places = [Place("intake_sealedidentity", uuid4(), "identity", None) for _ in range(count)]
    keys = [sealing.fresh_key(place.row, Purpose.IDENTITY) for place in places]
    DataKey.objects.bulk_create([key.row for key in keys])
    return [(key.seal(str(place.row).encode(), place), place) for key, place in zip(keys, places, strict=True)]


def assert_open(sealed: Iterable[tuple[bytes, Place]]) -> None:
    items = list(sealed)
    assert unsealing.open_many(items) == [str(place.row).encode() for _, place in items]


def forget_private(version: str) -> None:
    path = keyring.source(SEALING_PRIVATE, version).file
    assert path is not None
    path.unlink()
    keyring.forget()


def wrapping_keys() -> set[str]:
    return set(DataKey.objects.values_list("wrapping_key", flat=True))


def test_destroying_one_purpose_leaves_the_other() -> None:
    owner = uuid4()
    identity, matching = seal(Purpose.IDENTITY, owner), seal(Purpose.MATCHING, owner)
    assert data_keys.destroy([owner], [Purpose.IDENTITY]) == 1
    assert_open([matching])
    with pytest.raises(Erased):
        unsealing.open_sealed(*identity)


def test_destroying_names_all_purposes_unless_told() -> None:
    owner, other = uuid4(), seal()
    seal(Purpose.IDENTITY, owner)
    seal(Purpose.MATCHING, owner)
    drafts.encrypt(b"draft", Place("intake_draft", owner, "answers", None))
    assert data_keys.destroy([owner]) == 3
    assert Tombstone.objects.count() == 3
    assert_open([other])


def test_destroying_nobodys_or_no_purposes_destroys_nothing() -> None:
    one = seal()
    assert data_keys.destroy([]) == 0
    assert data_keys.destroy([uuid4()]) == 0
    assert data_keys.destroy([one[1].row], []) == 0
    assert_open([one])


def test_destroying_many_goes_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_keys, "AT_ONCE", 3)
    owners = [seal()[1].row for _ in range(8)]
    assert data_keys.destroy(iter(owners)) == 8
    assert not DataKey.objects.exists()


def test_rewrapped_keys_open_under_the_new_pair_alone() -> None:
    several = [seal() for _ in range(5)]
    making.create_pair("2026-10", NEW)
    assert data_keys.rewrap(100) == 5
    assert wrapping_keys() == {"sealing-2026-10"}
    forget_private("2026-09")
    assert_open(several)


def test_rewrapping_goes_in_steps_and_ends() -> None:
    several = [seal() for _ in range(5)]
    making.create_pair("2026-10", NEW)
    assert [data_keys.rewrap(2) for _ in range(4)] == [2, 2, 1, 0]
    assert_open(several)


def test_rewrapping_leaves_drafts_alone() -> None:
    place = Place("intake_draft", uuid4(), "answers", None)
    blob = drafts.encrypt(b"draft", place)
    making.create_pair("2026-10", NEW)
    assert data_keys.rewrap(10) == 0
    assert drafts.decrypt(blob, place) == b"draft"


def test_rewrapping_is_in_the_audit_trail() -> None:
    seal()
    making.create_pair("2026-10", NEW)
    data_keys.rewrap(10)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id) == ("keys.rewrapped", "sealing-2026-09")
    assert entry.details == {"to": "sealing-2026-10", "count": 1}


def test_key_that_does_not_open_is_left_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    several = [seal() for _ in range(6)]
    bad = DataKey.objects.order_by("id").first()
    DataKey.objects.filter(id=bad.id).update(wrapped=bytes(bad.wrapped)[:-1] + b"\0")
    making.create_pair("2026-10", NEW)
    while data_keys.rewrap(1):
        pass
    assert set(DataKey.objects.filter(wrapping_key="sealing-2026-09")) == {bad}
    assert_open(item for item in several if item[1].row != bad.owner)
    with pytest.raises(Tampered):
        unsealing.open_many(several)
    assert str(bad.id) in caplog.text


def test_key_that_was_wrapped_wrongly_is_noticed_before_it_replaces_the_good_one(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [seal() for _ in range(3)]
    making.create_pair("2026-10", NEW)
    with monkeypatch.context() as faulty:
        right = key_pairs.wrap
        faulty.setattr(key_pairs, "wrap", lambda data_key, public, bound_to: right(bytes(32), public, bound_to))
        assert data_keys.rewrap(10) == 0
    assert_open(several)


KILLED_IN_THE_SECOND_STEP = """
import os, signal, django
django.setup()
from django.core.management import call_command
from safeguards import audit, data_keys
written = audit.record_many
turns = iter(range(9))

def killed(events, *, by):
    if next(turns) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    written(events, by=by)

data_keys.audit.record_many = killed
call_command("rotate_keys")
"""


def rotate(keys: Path, *command: str) -> int:
    """manage.py rotate_keys as a process of its own on the database of this test."""
    given = connection.settings_dict
    address = f"{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}"
    url = f"sqlite://{given['NAME']}" if connection.vendor == "sqlite" else f"postgres://{address}/{given['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "BAKEN_KEYS": str(keys), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, timeout=300, check=False
    ).returncode


@pytest.mark.django_db(transaction=True)
def test_rotation_that_is_killed_half_way_goes_on(settings: Settings) -> None:
    """Killed after the second step's changes and before its commit: the first step stands, the second is undone."""
    several = seal_many(700)
    making.create_pair(making.month_of(datetime.now(UTC)), datetime.now(UTC))
    assert rotate(settings.KEY_DIR, "-c", KILLED_IN_THE_SECOND_STEP) == -signal.SIGKILL
    assert DataKey.objects.filter(wrapping_key="sealing-2026-09").count() == 200
    assert_open(several)
    assert rotate(settings.KEY_DIR, "manage.py", "rotate_keys") == 0
    assert wrapping_keys() == {f"sealing-{making.month_of(datetime.now(UTC))}"}
    assert_open(several)
    assert [entry.details.get("count") for entry in AuditEntry.objects.order_by("sequence")] == [500, 200]
    assert not verify().breaks
