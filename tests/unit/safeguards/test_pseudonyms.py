"""Pseudonyms for one recipient: as described, and never those of anybody else."""

from uuid import UUID

import pytest

from safeguards import keyring, pseudonyms
from tests.vectors.sealing import PSEUDONYM


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    material = bytes.fromhex(PSEUDONYM["keys"]["statistics-1.secret"])
    monkeypatch.setattr(keyring, "versions", lambda _: ("1",))
    monkeypatch.setattr(keyring, "version", lambda _, name, parse: keyring.Version(name, material))


def test_pseudonym_is_the_one_of_the_description(key: None) -> None:
    assert pseudonyms.for_statistics_netherlands(UUID(PSEUDONYM["of"])) == PSEUDONYM["pseudonym"]


def test_another_person_has_another_one(key: None) -> None:
    assert pseudonyms.for_statistics_netherlands(UUID(int=1)) != PSEUDONYM["pseudonym"]
