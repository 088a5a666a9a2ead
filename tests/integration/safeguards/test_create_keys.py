"""manage.py create_keys as it is called at every start."""

import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from safeguards import sealing
from safeguards.keyring.names import ALL_KEYS
from safeguards.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KEY_DIR = tmp_path / "keys"
    return settings.KEY_DIR


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("create_keys", *arguments, stdout=out)
    return out.getvalue()


def test_first_start_makes_all_and_the_second_none(folder: Path) -> None:
    assert run() == f"Made {len(ALL_KEYS)} keys in {folder}.\n"
    assert run() == "All keys are there.\n"


def test_empty_folder_beside_sealed_data_stops_the_start(folder: Path) -> None:
    sealing_keys = folder.with_name("before")
    run()
    sealing.fresh_key(uuid4(), DataKey.Purpose.IDENTITY).row.save()
    folder.rename(sealing_keys)
    with pytest.raises(CommandError, match="put the keys back from the key backup"):
        run()
    assert not folder.exists()


def test_lost_key_stops_the_start(folder: Path) -> None:
    run()
    (folder / "link-token-1.secret").unlink()
    with pytest.raises(CommandError, match=r"link-token-1\.secret back"):
        run()


def test_other_roles_make_no_keys(folder: Path, settings: Settings) -> None:
    settings.BAKEN_ROLE = "intake"
    assert run() == "Keys are made where BAKEN_ROLE is all, not by role intake.\n"
    assert not folder.exists()


def test_keys_are_handed_out(folder: Path, tmp_path: Path) -> None:
    run("--hand-out", str(tmp_path / "out"))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "backoffice", "files", "intake", "monitor", "outgoing", "reports", "vault",
    ]  # fmt: skip
