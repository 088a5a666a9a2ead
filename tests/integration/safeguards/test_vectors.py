"""Known answers that need the database: sealed values, drafts and a checkpoint of version 1 open as they always did."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from safeguards import checkpoints, drafts, unsealing
from safeguards.errors import KeyMissing, Tampered
from safeguards.models import DataKey
from tests.vectors.sealing import CONTENT, PLACE, VECTORS, blob, data_key, write_keys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_keys(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = write_keys(tmp_path)
    settings.BAKEN_CHECKPOINTS = tmp_path / "checkpoints.txt"


def test_sealed_value_opens() -> None:
    data_key(DataKey.Purpose.IDENTITY).save()
    assert unsealing.open_sealed(blob("data"), PLACE) == CONTENT


def test_sealed_value_without_organisation_opens() -> None:
    data_key(DataKey.Purpose.IDENTITY).save()
    place = replace(PLACE, organisation=None)
    assert unsealing.open_sealed(blob("data", "blob_without_organisation"), place) == CONTENT


def test_sealed_value_does_not_open_at_another_installation(settings: Settings) -> None:
    data_key(DataKey.Purpose.IDENTITY).save()
    installation = settings.KEY_DIR / "installation-1.public"
    installation.unlink()
    installation.write_text(base64.b64encode(bytes(range(16))).decode())
    with pytest.raises(Tampered):
        unsealing.open_sealed(blob("data"), PLACE)


def test_sealed_value_does_not_open_without_its_private_key(settings: Settings) -> None:
    data_key(DataKey.Purpose.IDENTITY).save()
    (settings.KEY_DIR / "sealing-2026-11.private").unlink()
    with pytest.raises(KeyMissing):
        unsealing.open_sealed(blob("data"), PLACE)


def test_draft_opens() -> None:
    data_key(DataKey.Purpose.DRAFT).save()
    assert drafts.decrypt(blob("draft"), PLACE) == CONTENT


def test_checkpoint_is_accepted(settings: Settings) -> None:
    settings.BAKEN_CHECKPOINTS.write_text(VECTORS["checkpoint"], encoding="utf-8")
    [mark] = checkpoints.read()
    assert mark.sequence == 2
    assert mark.digest.hex() == VECTORS["audit"][1]["digest"]
    assert checkpoints.note(mark) == VECTORS["checkpoint"]
