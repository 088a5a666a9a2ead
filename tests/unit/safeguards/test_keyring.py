"""The key ring: newest seals, all open, what is not there or not allowed is an error that names the cure."""

import base64
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from safeguards import blind_index, fields, keyring
from safeguards.errors import KeyMissing, KeyUnusable
from safeguards.keyring import ring
from safeguards.keyring.names import ACCOUNT_SECRETS, ALL_KEYS, ALLOWED, DRAFT, SEALING_PRIVATE, SEALING_PUBLIC
from safeguards.keyring.sources import Source, find, version_order


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KEY_DIR = tmp_path
    return tmp_path


def write(folder: Path, name: str, material: bytes | None = None, mode: int = 0o400) -> bytes:
    made = material or os.urandom(32)
    path = folder / name
    path.unlink(missing_ok=True)
    path.write_text(base64.b64encode(made).decode())
    path.chmod(mode)
    keyring.forget()
    return made


def test_newest_version_seals_and_all_open(folder: Path) -> None:
    made = {number: write(folder, f"draft-{number}.secret") for number in (2, 10, 9)}
    assert keyring.versions(DRAFT) == ("2", "9", "10")
    assert keyring.newest(DRAFT, bytes) == keyring.Version("10", made[10])
    assert keyring.version(DRAFT, "2", bytes).key == made[2]


def test_months_and_what_follows_within_one_are_in_order() -> None:
    versions = ["2026-11.10", "2027-01", "2026-11", "2026-11.2", "2026-12", "2026-02"]
    assert sorted(versions, key=version_order) == ["2026-02", "2026-11", "2026-11.2", "2026-11.10", "2026-12", "2027-01"]


def test_value_sealed_under_an_old_version_opens_after_the_next_was_made(folder: Path) -> None:
    write(folder, "account-secrets-1.secret")
    write(folder, "installation-1.public", os.urandom(16), 0o444)
    sealed = fields.seal_secret("seed")
    write(folder, "account-secrets-2.secret")
    assert fields.open_secret(sealed) == "seed"
    assert keyring.newest(ACCOUNT_SECRETS, bytes).id == "2"


def test_digests_of_all_versions_find_what_an_old_one_stored(folder: Path) -> None:
    write(folder, "api-token-1.secret")
    stored = blind_index.digest(blind_index.Digest.API_TOKEN, "token")
    write(folder, "api-token-2.secret")
    newest = blind_index.digest(blind_index.Digest.API_TOKEN, "token")
    assert newest != stored
    assert blind_index.digests(blind_index.Digest.API_TOKEN, "token") == (stored, newest)


def test_missing_key_names_the_cure(folder: Path) -> None:
    with pytest.raises(KeyMissing, match="create_keys"):
        keyring.newest(DRAFT, bytes)


def test_missing_digest_key_is_an_error_and_not_nothing_found(folder: Path) -> None:
    with pytest.raises(KeyMissing):
        blind_index.digests(blind_index.Digest.API_TOKEN, "token")


def test_missing_version_is_an_error(folder: Path) -> None:
    write(folder, "draft-1.secret")
    with pytest.raises(KeyMissing, match="Version 2"):
        keyring.version(DRAFT, "2", bytes)


def test_key_made_later_is_found_without_a_restart(folder: Path) -> None:
    with pytest.raises(KeyMissing):
        keyring.newest(DRAFT, bytes)
    (folder / "draft-1.secret").write_text(base64.b64encode(os.urandom(32)).decode())
    (folder / "draft-1.secret").chmod(0o400)
    assert keyring.newest(DRAFT, bytes).id == "1"


def test_newer_pair_is_used_and_removed_one_forgotten_after_a_moment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ring, "LOOK_AGAIN_SECONDS", 0.0)
    write(folder, "draft-1.secret")
    assert keyring.newest(DRAFT, bytes).id == "1"
    path = folder / "draft-2.secret"
    path.write_text(base64.b64encode(os.urandom(32)).decode())
    path.chmod(0o400)
    os.utime(folder, ns=(1, 1))
    assert keyring.newest(DRAFT, bytes).id == "2"
    path.unlink()
    os.utime(folder, ns=(2, 2))
    assert keyring.versions(DRAFT) == ("1",)


def test_key_is_read_once(folder: Path) -> None:
    write(folder, "draft-1.secret")
    assert keyring.newest(DRAFT, bytes) is keyring.newest(DRAFT, bytes)


UNUSABLE = {
    "wrong length": (os.urandom(31), 0o400, "wrong length"),
    "weak": (b"\0" * 32, 0o400, "weak"),
    "a pattern": (b"abcd" * 8, 0o400, "weak"),
    "open to the group": (os.urandom(32), 0o440, "open to others"),
    "open to all": (os.urandom(32), 0o404, "open to others"),
}


@pytest.mark.parametrize(("material", "mode", "problem"), UNUSABLE.values(), ids=UNUSABLE)
def test_unusable_key_is_not_used(folder: Path, material: bytes, mode: int, problem: str) -> None:
    write(folder, "draft-1.secret", material, mode)
    with pytest.raises(KeyUnusable, match=problem) as error:
        keyring.newest(DRAFT, bytes)
    assert base64.b64encode(material).decode() not in str(error.value)


@pytest.mark.parametrize("text", ["", "not base64!", "Öztürk"])
def test_damaged_key_is_not_used(folder: Path, text: str) -> None:
    (folder / "draft-1.secret").write_text(text, encoding="utf-8")
    (folder / "draft-1.secret").chmod(0o400)
    with pytest.raises((KeyUnusable, KeyMissing)):
        keyring.newest(DRAFT, bytes)


def test_key_in_a_variable_goes_before_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "draft-1.secret")
    other = os.urandom(32)
    monkeypatch.setenv("BAKEN_KEY_DRAFT", base64.b64encode(other).decode())
    keyring.forget()
    assert keyring.newest(DRAFT, bytes).key == other
    keyring.forget()


VARIABLES = {
    "BAKEN_KEY_DRAFT": (DRAFT, "1"),
    "BAKEN_KEY_DRAFT_3": (DRAFT, "3"),
    "BAKEN_KEY_ACCOUNT_SECRETS_12": (ACCOUNT_SECRETS, "12"),
    "BAKEN_KEY_SEALING_2026_11_PUBLIC": (SEALING_PUBLIC, "2026-11"),
    "BAKEN_KEY_SEALING_2026_11_2_PRIVATE": (SEALING_PRIVATE, "2026-11.2"),
}


@pytest.mark.parametrize(("variable", "expected"), VARIABLES.items(), ids=VARIABLES)
def test_variable_names_a_key_and_its_version(
    variable: str, expected: tuple[keyring.KeyName, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "text")
    monkeypatch.setenv(f"{variable}_FILE", str(folder / "elsewhere"))
    key, version = expected
    assert find(folder)[key][version] in (
        Source(key, version, variable=variable), Source(key, version, file=folder / "elsewhere"),
    )  # fmt: skip


def test_variable_may_name_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = write(folder, "mounted")
    monkeypatch.setenv("BAKEN_KEY_RECEIPT_FILE", str(folder / "mounted"))
    keyring.forget()
    assert blind_index.KEYS[blind_index.Digest.RECEIPT] in find(folder)
    assert keyring.newest(blind_index.KEYS[blind_index.Digest.RECEIPT], bytes).key == made
    keyring.forget()


@pytest.mark.parametrize(
    "name", ["draft-1", "draft.secret", "draft-1.private", "unknown-1.secret", ".draft-1.secret.7", "made.txt"]
)
def test_other_files_are_no_keys(folder: Path, name: str) -> None:
    write(folder, name)
    assert not any(find(folder).values())


@pytest.mark.parametrize("role", [role for role in ALLOWED if role != "all"])
def test_nobody_but_the_embedded_default_may_hold_all(role: str) -> None:
    assert ALLOWED[role] < ALLOWED["all"] == ALL_KEYS


def test_worker_holds_what_its_queues_allow(settings: Settings) -> None:
    settings.BAKEN_ROLE, settings.BAKEN_QUEUES = "worker", ("files", "vault")
    assert keyring.held() == ALLOWED["files"] | ALLOWED["vault"]


@pytest.mark.parametrize(("role", "queues"), [("worker", ()), ("worker", ("",)), ("worker", ("all",)), ("nobody", ())])
def test_unknown_process_holds_nothing_secret(role: str, queues: tuple[str, ...], settings: Settings) -> None:
    settings.BAKEN_ROLE, settings.BAKEN_QUEUES = role, queues
    assert keyring.held() == frozenset()
