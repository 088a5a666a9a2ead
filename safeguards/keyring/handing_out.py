"""Copies of the keys for each process that runs apart, in a folder of its own: only what the table allows it. It makes none."""

from pathlib import Path

from django.conf import settings

from safeguards.errors import KeyUnusable
from safeguards.keyring import files
from safeguards.keyring.making import PRIVATE, PUBLIC, manifest
from safeguards.keyring.names import ALLOWED, KeyName, Part
from safeguards.keyring.sources import FILE_NAME, Source, find


def hand_out(target: Path) -> dict[str, int]:
    """A folder for each role and queue; what was destroyed here is destroyed there. Gives the number of keys in each."""
    return {process: _fill(target / process, keys) for process, keys in ALLOWED.items() if process != "all"}


def _fill(folder: Path, keys: frozenset[KeyName]) -> int:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = {source.file_name: source for source in _in_key_folder(keys)}
    for path in folder.iterdir():
        if FILE_NAME.fullmatch(path.name) and path.name not in wanted:
            _destroy(path)
    for name, source in wanted.items():
        files.write_once(folder / name, source.text(), PUBLIC if source.key.part is Part.PUBLIC else PRIVATE)
    return len(wanted)


def _destroy(path: Path) -> None:
    """Only what was here once: a key that this folder never had must not be lost."""
    if path.name not in manifest():
        raise KeyUnusable(f"{path} was never handed out; move it to the key folder, or away.")
    files.destroy(path)


def _in_key_folder(keys: frozenset[KeyName]) -> list[Source]:
    return [source for key, versions in find(Path(settings.KEY_DIR)).items() if key in keys for source in versions.values()]
