"""Settings are read with their types; what is missing or weak is told with its cure, never with its value."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

STRONG = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_missing_setting_names_itself_and_its_file() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"Set BAKEN_NOTHING, or BAKEN_NOTHING_FILE"):
        env.text("BAKEN_NOTHING")


def test_secret_is_read_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(STRONG + "\n")
    monkeypatch.setenv("BAKEN_SECRET_KEY_FILE", str(tmp_path / "secret"))
    assert env.secret("BAKEN_SECRET_KEY") == STRONG


def test_file_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_SECRET_KEY_FILE", "/nowhere/secret")
    with pytest.raises(ImproperlyConfigured, match="BAKEN_SECRET_KEY_FILE points to a file that cannot be read"):
        env.secret("BAKEN_SECRET_KEY")


@pytest.mark.parametrize("weak", ["short", "a" * 60, "abcabcabc" * 10, ""])
def test_weak_secret_is_refused_and_not_shown(weak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_SECRET_KEY", weak)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.secret("BAKEN_SECRET_KEY")
    assert "secrets.token_urlsafe" in str(refused.value)
    assert not weak or weak not in str(refused.value).replace("too short", "")


def test_weak_secret_in_the_data_folder_names_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BAKEN_SECRET_KEY", raising=False)
    (tmp_path / "secret-key").write_text("cut off")
    with pytest.raises(ImproperlyConfigured, match="secret-key is too short or too simple; remove it"):
        env.secret("BAKEN_SECRET_KEY", file=tmp_path / "secret-key")


def test_variable_goes_before_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret-key").write_text(STRONG)
    monkeypatch.setenv("BAKEN_SECRET_KEY", STRONG[::-1])
    assert env.secret("BAKEN_SECRET_KEY", file=tmp_path / "secret-key") == STRONG[::-1]


def test_choice_outside_its_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_ROLE", "everything")
    with pytest.raises(ImproperlyConfigured, match="BAKEN_ROLE must be one of: all, worker"):
        env.choice("BAKEN_ROLE", ("all", "worker"), "all")


def test_number_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_JOB_LEASE", "-1")
    with pytest.raises(ImproperlyConfigured, match="must be a whole number"):
        env.number("BAKEN_JOB_LEASE", 300)


def test_names_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_HOSTS", "one.example, two.example,")
    assert env.names("BAKEN_HOSTS") == ["one.example", "two.example"]
