"""An old key pair is destroyed when nothing rests on it and its term is over, not before; that closes old backups."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from pytest_django import Settings

from safeguards import audit, data_keys, keyring, rotation, sealing, unsealing
from safeguards.errors import KeyMissing
from safeguards.keyring import making
from safeguards.keyring.names import SEALING_PRIVATE, SEALING_PUBLIC
from safeguards.models import AuditEntry, DataKey
from safeguards.places import Place

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = datetime(2026, 9, 15, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
TERM = timedelta(days=35)
DestroyedAt = Callable[[datetime], list[str]]
CaptureOnCommit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
PLACE = Place("intake_sealedidentity", UUID(int=1), "identity", None)


@pytest.fixture(autouse=True)
def september_keys(tmp_path: Path, settings: Settings) -> Path:
    settings.KEY_DIR, settings.BAKEN_OLD_KEY_DAYS = tmp_path / "keys", TERM.days
    making.create_missing(SEPTEMBER)
    return settings.KEY_DIR


@pytest.fixture
def destroyed_at(django_capture_on_commit_callbacks: CaptureOnCommit) -> DestroyedAt:
    """destroy_expired, and what follows its commit."""

    def destroy(now: datetime) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            return rotation.destroy_expired(now)

    return destroy


def seal() -> tuple[bytes, DataKey]:
    key = sealing.fresh_key(PLACE.row, DataKey.Purpose.IDENTITY)
    key.row.save()
    return key.seal(b"content", PLACE), key.row


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("sealing-*")}


def test_pair_of_the_month_is_made_once() -> None:
    assert rotation.ensure_pair(OCTOBER) == "2026-10"
    assert rotation.ensure_pair(OCTOBER + timedelta(days=20)) is None
    assert keyring.versions(SEALING_PRIVATE) == keyring.versions(SEALING_PUBLIC) == ("2026-09", "2026-10")
    assert [entry.action for entry in AuditEntry.objects.all()] == ["keys.made"]


def test_another_pair_within_the_month_is_the_newest() -> None:
    assert rotation.another_pair(SEPTEMBER) == "2026-09.2"
    assert rotation.another_pair(SEPTEMBER) == "2026-09.3"
    assert sealing.fresh_key(PLACE.row, DataKey.Purpose.IDENTITY).row.wrapping_key == "sealing-2026-09.3"
    rotation.ensure_pair(OCTOBER)
    assert sealing.fresh_key(PLACE.row, DataKey.Purpose.IDENTITY).row.wrapping_key == "sealing-2026-10"


def test_pair_is_not_made_where_it_cannot_be_audited(monkeypatch: pytest.MonkeyPatch, september_keys: Path) -> None:
    monkeypatch.setattr(audit, "MOVE_HEAD", "UPDATE no_such_table SET sequence = %s, digest = %s")
    with pytest.raises(DatabaseError):
        rotation.ensure_pair(OCTOBER)
    assert len(names(september_keys)) == 2


def test_old_pair_is_destroyed_after_its_term(destroyed_at: DestroyedAt, september_keys: Path) -> None:
    rotation.ensure_pair(OCTOBER)
    assert destroyed_at(OCTOBER + TERM - timedelta(seconds=1)) == []
    assert destroyed_at(OCTOBER + TERM) == ["2026-09"]
    assert names(september_keys) == {"sealing-2026-10.private", "sealing-2026-10.public"}
    assert AuditEntry.objects.filter(action="keys.destroyed", object_id="sealing-2026-09").count() == 1
    assert keyring.versions(SEALING_PRIVATE) == ("2026-10",)


@pytest.mark.django_db(transaction=True)
def test_destruction_that_is_undone_destroys_nothing(september_keys: Path) -> None:
    rotation.ensure_pair(OCTOBER)
    with transaction.atomic():
        rotation.destroy_expired(OCTOBER + TERM)
        transaction.set_rollback(True)
    assert len(names(september_keys)) == 4
    assert not AuditEntry.objects.filter(action="keys.destroyed").exists()
    assert rotation.destroy_expired(OCTOBER + TERM) == ["2026-09"]
    assert len(names(september_keys)) == 2


def test_newest_pair_is_never_destroyed(destroyed_at: DestroyedAt) -> None:
    assert destroyed_at(SEPTEMBER + 100 * TERM) == []


def test_pair_that_something_rests_on_is_not_destroyed(destroyed_at: DestroyedAt) -> None:
    blob, _ = seal()
    rotation.ensure_pair(OCTOBER)
    assert destroyed_at(OCTOBER + 10 * TERM) == []
    assert unsealing.open_sealed(blob, PLACE) == b"content"


def test_term_runs_from_the_last_use(destroyed_at: DestroyedAt) -> None:
    """A process that was not handed the new public half goes on sealing to the old one."""
    rotation.ensure_pair(OCTOBER)
    blob, row = seal()
    DataKey.objects.filter(id=row.id).delete()
    september = sealed_to_september()
    assert data_keys.rewrap(10) == 1
    now = AuditEntry.objects.latest("sequence").time
    assert destroyed_at(now + TERM - timedelta(seconds=1)) == []
    assert unsealing.open_sealed(september, PLACE) == b"content"
    assert destroyed_at(now + TERM) == ["2026-09"]
    assert unsealing.open_sealed(september, PLACE) == b"content"
    assert blob != september


def sealed_to_september() -> bytes:
    october = keyring.source(SEALING_PUBLIC, "2026-10").file
    assert october is not None
    text = october.read_text()
    october.unlink()
    keyring.forget()
    blob, row = seal()
    assert row.wrapping_key == "sealing-2026-09"
    october.write_text(text)
    keyring.forget()
    return blob


def test_backup_of_an_erased_key_is_closed_once_its_pair_is_destroyed(destroyed_at: DestroyedAt) -> None:
    blob, row = seal()
    backup = DataKey(id=row.id, owner=row.owner, purpose=row.purpose, wrapping_key=row.wrapping_key, wrapped=row.wrapped)
    data_keys.destroy([row.owner])
    backup.save(force_insert=True)
    assert unsealing.open_sealed(blob, PLACE) == b"content"
    DataKey.objects.all().delete()
    rotation.ensure_pair(OCTOBER)
    assert destroyed_at(OCTOBER + TERM) == ["2026-09"]
    backup.save(force_insert=True)
    with pytest.raises(KeyMissing):
        unsealing.open_sealed(blob, PLACE)


def test_pair_of_unknown_age_is_kept(destroyed_at: DestroyedAt, september_keys: Path) -> None:
    rotation.ensure_pair(OCTOBER)
    newest = september_keys / "sealing-2026-10.private"
    newest.chmod(0o600)
    newest.write_text(newest.read_text().partition("\n")[0])
    newest.chmod(0o400)
    assert destroyed_at(OCTOBER + 10 * TERM) == []


def test_pair_in_the_environment_is_named_and_not_destroyed(
    destroyed_at: DestroyedAt, monkeypatch: pytest.MonkeyPatch, september_keys: Path
) -> None:
    rotation.ensure_pair(OCTOBER)
    for part in ("private", "public"):
        path = september_keys / f"sealing-2026-09.{part}"
        monkeypatch.setenv(f"BAKEN_KEY_SEALING_2026_09_{part.upper()}", path.read_text())
        path.unlink()
    keyring.forget()
    assert destroyed_at(OCTOBER + 10 * TERM) == []
    assert rotation.unused_in_environment() == ["2026-09"]
    keyring.forget()


def test_worker_makes_and_destroys_no_pairs(settings: Settings, september_keys: Path) -> None:
    rotation.ensure_pair(OCTOBER)
    settings.BAKEN_ROLE, settings.BAKEN_QUEUES = "worker", ("vault",)
    before = names(september_keys)
    assert rotation.ensure_pair(OCTOBER + timedelta(days=31)) is None
    assert rotation.destroy_expired(OCTOBER + 10 * TERM) == []
    with pytest.raises(KeyMissing):
        rotation.another_pair(OCTOBER)
    assert names(september_keys) == before


def test_command_rotates_and_says_so() -> None:
    blob, _ = seal()
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    month = making.month_of(datetime.now(UTC))
    assert out.getvalue() == f"Made the key pair {month}.\n1 data keys re-sealed.\n"
    assert rotation.keys_left() == 0
    assert unsealing.open_sealed(blob, PLACE) == b"content"


def test_command_makes_another_pair_at_once() -> None:
    month = making.month_of(datetime.now(UTC))
    call_command("rotate_keys", stdout=io.StringIO())
    call_command("rotate_keys", "--now", stdout=io.StringIO())
    assert keyring.versions(SEALING_PRIVATE)[-2:] == (month, f"{month}.2")


def test_command_fails_where_a_key_could_not_be_re_sealed() -> None:
    _, row = seal()
    DataKey.objects.filter(id=row.id).update(wrapped=bytes(row.wrapped)[:-1] + b"\0")
    with pytest.raises(CommandError, match="1 data keys could not be re-sealed"):
        call_command("rotate_keys", stdout=io.StringIO())
