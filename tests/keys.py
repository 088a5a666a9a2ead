"""Throw-away keys for the tests: a folder of their own, gone with it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from safeguards import keyring
from safeguards.keyring import making

FOLDERS = ("KEY_DIR", "BAKEN_CHECKPOINTS", "BAKEN_DROP_FOLDER")


@contextmanager
def throw_away_keys(folder: Path) -> Iterator[Path]:
    """Make every key in the folder and point the settings, and the processes that tests start, at it and at no other place."""
    before, variable = [getattr(settings, name) for name in FOLDERS], os.environ.get("BAKEN_KEYS")
    settings.KEY_DIR, settings.BAKEN_CHECKPOINTS, settings.BAKEN_DROP_FOLDER = (
        folder,
        folder / "checkpoints.txt",
        folder / "dropped",
    )
    os.environ["BAKEN_KEYS"] = str(folder)
    making.create_missing(timezone.now())
    try:
        yield folder
    finally:
        for name, value in zip(FOLDERS, before, strict=True):
            setattr(settings, name, value)
        os.environ.pop("BAKEN_KEYS") if variable is None else os.environ.update(BAKEN_KEYS=variable)
        keyring.forget()
