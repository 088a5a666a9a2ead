"""Making keys: at every start, by two processes at once, killed at any moment; never over a key, never again what was lost."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from safeguards import key_pairs, keyring
from safeguards.errors import KeyMissing, KeyUnusable
from safeguards.keyring import files, handing_out, making
from safeguards.keyring.names import ALL_KEYS, ALLOWED, SEALING_PRIVATE, SEALING_PUBLIC
from safeguards.keyring.sources import find

NOW, NEXT_MONTH = datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
SECOND_PROCESS = """
import sys, django
django.setup()
from django.utils import timezone
from safeguards.keyring import making
sys.stdin.readline()
making.create_missing(timezone.now())
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KEY_DIR = tmp_path / "keys"
    return settings.KEY_DIR


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_key_is_made(folder: Path) -> None:
    made = making.create_missing(NOW)
    assert len(made) == len(ALL_KEYS)
    assert all(versions for versions in find(folder).values())


def test_second_start_makes_and_changes_nothing(folder: Path) -> None:
    making.create_missing(NOW)
    before = contents(folder)
    assert making.create_missing(NOW) == []
    assert contents(folder) == before


def test_no_two_keys_are_alike(folder: Path) -> None:
    making.create_missing(NOW)
    materials = [source.material() for versions in find(folder).values() for source in versions.values()]
    assert len(set(materials)) == len(ALL_KEYS)


def test_only_the_owner_reads_secrets(folder: Path) -> None:
    making.create_missing(NOW)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == {".public": 0o444, ".txt": 0o600}.get(path.suffix, 0o400)


def test_next_month_makes_one_pair_and_leaves_the_old(folder: Path) -> None:
    making.create_missing(NOW)
    before = contents(folder)
    assert making.create_missing(NEXT_MONTH) == ["sealing-2026-12 (private)", "sealing-2026-12 (public)"]
    assert {name: contents(folder)[name] for name in before if name != "made.txt"} == {
        name: content for name, content in before.items() if name != "made.txt"
    }


def test_halves_of_a_pair_fit(folder: Path) -> None:
    making.create_missing(NOW)
    private = keyring.newest(SEALING_PRIVATE, bytes).key
    assert key_pairs.public_bytes(private) == keyring.newest(SEALING_PUBLIC, bytes).key


@pytest.mark.parametrize("lost", ["link-token-1.secret", "draft-1.secret", "installation-1.public", "checkpoint-1.private"])
def test_lost_key_is_not_made_anew(folder: Path, lost: str) -> None:
    """Another key under the same name would make what the first one sealed look tampered with."""
    making.create_missing(NOW)
    (folder / lost).unlink()
    with pytest.raises(KeyMissing, match="back from the key backup"):
        making.create_missing(NOW)
    assert not (folder / lost).exists()


def test_lost_private_half_is_not_made_anew(folder: Path) -> None:
    making.create_missing(NOW)
    (folder / "sealing-2026-11.private").unlink()
    assert making.create_missing(NOW) == []
    assert not (folder / "sealing-2026-11.private").exists()


def test_lost_public_half_is_made_from_the_private_one(folder: Path) -> None:
    making.create_missing(NOW)
    before = contents(folder)["sealing-2026-11.public"]
    (folder / "sealing-2026-11.public").unlink()
    assert making.create_missing(NOW) == ["sealing-2026-11 (public)"]
    assert contents(folder)["sealing-2026-11.public"] == before


@pytest.mark.parametrize("broken_at", range(len(ALL_KEYS)))
def test_start_that_was_killed_between_two_keys_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch, broken_at: int) -> None:
    whole, calls = files.write_once, iter(range(100))

    def killed(path: Path, text: str, mode: int) -> bool:
        if next(calls) == broken_at:
            raise KeyboardInterrupt
        return whole(path, text, mode)

    monkeypatch.setattr(files, "write_once", killed)
    with pytest.raises(KeyboardInterrupt):
        making.create_missing(NOW)
    monkeypatch.setattr(files, "write_once", whole)
    making.create_missing(NOW)
    assert all(versions for versions in find(folder).values())


def test_key_from_a_variable_is_not_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_KEY_DRAFT", "text")
    making.create_missing(NOW)
    assert not (folder / "draft-1.secret").exists()


def test_many_processes_that_start_at_once_end_with_one_set(folder: Path) -> None:
    environment = {**os.environ, "BAKEN_KEYS": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SECOND_PROCESS], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    outcomes = [process.communicate(b"go\n", timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], outcomes
    index = find(folder)
    assert all(len(versions) == 1 for versions in index.values())
    private = next(iter(index[SEALING_PRIVATE].values())).material()
    assert key_pairs.public_bytes(private) == next(iter(index[SEALING_PUBLIC].values())).material()
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_file_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert files.write_once(path, "first", 0o400)
    assert not files.write_once(path, "second", 0o400)
    assert path.read_text() == "first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_destroyed_file_is_overwritten_before_it_is_removed(tmp_path: Path) -> None:
    path, link = tmp_path / "file", tmp_path / "link"
    files.write_once(path, "secret", 0o400)
    os.link(path, link)
    files.destroy(path)
    assert not path.exists()
    assert link.read_bytes() == b"\0" * 6


def test_keys_are_handed_out_by_the_table(folder: Path, tmp_path: Path) -> None:
    making.create_missing(NOW)
    counts = handing_out.hand_out(tmp_path / "out")
    assert counts == {name: len(keys) for name, keys in ALLOWED.items() if name != "all"}
    assert contents(tmp_path / "out" / "backoffice")["sealing-2026-11.private"] == contents(folder)["sealing-2026-11.private"]
    assert stat.S_IMODE((tmp_path / "out" / "backoffice" / "sealing-2026-11.private").stat().st_mode) == 0o400


def test_destroyed_key_is_destroyed_where_it_was_handed_out(folder: Path, tmp_path: Path) -> None:
    making.create_missing(NOW)
    handing_out.hand_out(tmp_path / "out")
    making.create_missing(NEXT_MONTH)
    files.destroy(folder / "sealing-2026-11.private")
    handing_out.hand_out(tmp_path / "out")
    vault = {path.name for path in (tmp_path / "out" / "vault").iterdir()}
    assert {name for name in vault if name.endswith(".private")} == {"sealing-2026-12.private", "checkpoint-1.private"}


def test_key_that_was_never_handed_out_is_not_destroyed(folder: Path, tmp_path: Path) -> None:
    making.create_missing(NOW)
    handing_out.hand_out(tmp_path / "out")
    stray = tmp_path / "out" / "vault" / "sealing-2027-01.private"
    stray.write_text("only copy")
    with pytest.raises(KeyUnusable, match="never handed out"):
        handing_out.hand_out(tmp_path / "out")
    assert stray.read_text() == "only copy"
