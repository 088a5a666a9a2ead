"""Start-up checks: each problem with the keys is one sentence with its cure, and only about keys this process may hold."""

import base64
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from safeguards import checks
from safeguards.classification import own_models
from safeguards.keyring import making


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KEY_DIR = tmp_path / "keys"
    making.create_missing(datetime.now(UTC))
    return settings.KEY_DIR


def overwrite(path: Path, material: bytes) -> None:
    path.chmod(0o600)
    path.write_text(base64.b64encode(material).decode())
    path.chmod(0o444 if path.suffix == ".public" else 0o400)


def only(messages: list[CheckMessage]) -> CheckMessage:
    [message] = messages
    assert message.msg.count(". ") == 0
    assert message.msg.endswith(".")
    return message


def test_complete_keys_are_no_problem(folder: Path) -> None:
    assert checks.key_ring() == []


@pytest.mark.parametrize("key", ["draft", "link-token", "api-token", "installation"])
def test_missing_key_is_found(folder: Path, key: str) -> None:
    next(folder.glob(f"{key}-1.*")).unlink()
    message = only(checks.key_ring())
    assert message.id == "baken.E001"
    assert key in message.msg
    assert "create_keys" in message.msg


def test_missing_folder_is_found(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_DIR = tmp_path / "nowhere"
    assert {message.id for message in checks.key_ring()} == {"baken.E001"}


@pytest.mark.parametrize("material", [b"short", b"\0" * 32, b"ab" * 16], ids=["short", "zeros", "pattern"])
def test_weak_key_is_found(folder: Path, material: bytes) -> None:
    overwrite(folder / "draft-1.secret", material)
    assert only(checks.key_ring()).id == "baken.E002"


def test_damaged_key_is_found(folder: Path) -> None:
    path = folder / "draft-1.secret"
    path.chmod(0o600)
    path.write_text("?")
    path.chmod(0o400)
    assert only(checks.key_ring()).id == "baken.E002"


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o420, 0o644])
def test_key_that_others_can_read_is_found(folder: Path, mode: int) -> None:
    (folder / "link-token-1.secret").chmod(mode)
    message = only(checks.key_ring())
    assert message.id == "baken.E003"
    assert "chmod 400" in message.msg


def test_public_key_may_be_read_by_all(folder: Path) -> None:
    for path in folder.glob("*.public"):
        path.chmod(0o644)
    assert checks.key_ring() == []


def test_one_key_in_two_places_is_found(folder: Path) -> None:
    (folder / "draft-1.secret").unlink()
    shutil.copy(folder / "receipt-1.secret", folder / "draft-1.secret")
    message = only(checks.key_ring())
    assert message.id == "baken.E004"
    assert "draft" in message.msg
    assert "receipt" in message.msg


def test_halves_that_do_not_fit_are_found(folder: Path) -> None:
    public = next(folder.glob("sealing-*.public"))
    overwrite(public, os.urandom(1216))
    assert only(checks.key_ring()).id == "baken.E005"


def test_missing_private_half_is_found_where_it_should_be(folder: Path, settings: Settings) -> None:
    month = making.month_of(datetime.now(UTC))
    making.create_pair(f"{month}.2", datetime.now(UTC))
    (folder / f"sealing-{month}.private").unlink()
    assert only(checks.key_ring()).id == "baken.E005"
    settings.BAKEN_ROLE = "intake"
    assert checks.key_ring() == []


def test_keys_of_other_processes_are_none_of_our_business(folder: Path, settings: Settings) -> None:
    settings.BAKEN_ROLE = "monitor"
    (folder / "link-token-1.secret").chmod(0o644)
    next(folder.glob("sealing-*.private")).unlink()
    assert checks.key_ring() == []


def test_pair_that_was_not_rotated_for_long_is_a_warning(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = tmp_path
    making.create_missing(datetime(2026, 1, 1, tzinfo=UTC))
    message = only(checks.key_ring())
    assert (message.id, message.is_serious()) == ("baken.W001", False)
    assert "rotate_keys" in message.msg


def test_messages_hold_no_key(folder: Path) -> None:
    secrets = [path.read_text().split()[0] for path in folder.glob("*.secret")]
    for path in folder.glob("*.secret"):
        path.chmod(0o644)
    texts = " ".join(message.msg for message in checks.key_ring())
    assert texts
    assert not [secret for secret in secrets if secret in texts]


def test_every_field_of_every_model_has_a_class() -> None:
    assert checks.declared_fields() == []


def test_field_without_a_class_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    model = next(own_models())
    monkeypatch.setattr(model, "FIELD_CLASSES", {name: kind for name, kind in model.FIELD_CLASSES.items() if name != "id"})
    message = only(checks.declared_fields())
    assert message.id == "baken.E006"
    assert f"{model.__name__}.id" in message.msg
