"""Where key material is read from: files in KEY_DIR, or variables BAKEN_KEY_<NAME>. It decides nothing about who may read."""

import base64
import binascii
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from safeguards.errors import KeyMissing, KeyUnusable
from safeguards.keyring.names import ALL_KEYS, KeyName, Part

FILE_NAME = re.compile(r"(?P<name>[a-z]+(?:-[a-z]+)*)-(?P<version>\d[\d.-]*)\.(?P<part>public|private|secret)")
VARIABLE = re.compile(
    r"BAKEN_KEY_(?P<name>[A-Z]+(?:_[A-Z]+)*?)(?:_(?P<version>\d[\d_]*?))?(?P<part>_PUBLIC|_PRIVATE)?(?:_FILE)?"
)
KEYS_BY_NAME = {(key.name, key.part): key for key in ALL_KEYS}
FEWEST_DISTINCT_BYTES = 8
OTHERS = 0o077

Index = Mapping[KeyName, Mapping[str, "Source"]]


@dataclass(frozen=True)
class Source:
    """One version of one key: the file it stands in, or the variable that holds it."""

    key: KeyName
    version: str
    file: Path | None = None
    variable: str = ""

    @property
    def label(self) -> str:
        return f"{self.key.name}-{self.version} ({self.key.part})"

    @property
    def file_name(self) -> str:
        return f"{self.key.name}-{self.version}.{self.key.part}"

    def text(self) -> str:
        if self.file is None:
            return os.environ[self.variable]
        try:
            return self.file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            raise KeyMissing(f"The key {self.label} cannot be read; give its file to the user that runs Baken.") from None

    def material(self) -> bytes:
        """The bytes of the key; the first line of its text."""
        first_line = self.text().strip().partition("\n")[0]
        try:
            material = base64.b64decode(first_line, validate=True)
        except (binascii.Error, ValueError):
            raise KeyUnusable(f"The key {self.label} is damaged; put it back from the key backup.") from None
        if len(material) != self.key.length:
            raise KeyUnusable(f"The key {self.label} has the wrong length; put it back from the key backup.")
        if len(set(material)) < FEWEST_DISTINCT_BYTES:
            raise KeyUnusable(f"The key {self.label} is weak; remove it and run manage.py create_keys.")
        return material

    def created(self) -> datetime | None:
        """When it was made, if the text says so on its second line."""
        moment = re.search(r"^created (\S+)$", self.text(), re.MULTILINE)
        return datetime.fromisoformat(moment.group(1)) if moment else None

    def open_to_others(self) -> bool:
        if self.key.part is Part.PUBLIC or self.file is None or not self.file.exists():
            return False
        return bool(self.file.stat().st_mode & OTHERS)


def version_order(version: str) -> tuple[int, ...]:
    """2026-11 < 2026-11.2 < 2026-12, and 2 < 10."""
    return tuple(int(part) for part in re.split(r"[.-]", version))


def find(folder: Path) -> Index:
    """Every key by version, oldest first; a variable goes before a file."""
    found: dict[KeyName, dict[str, Source]] = {key: {} for key in ALL_KEYS}
    for source in (*_in_folder(folder), *_in_environment()):
        found[source.key][source.version] = source
    return {key: dict(sorted(versions.items(), key=lambda item: version_order(item[0]))) for key, versions in found.items()}


def _in_folder(folder: Path) -> Iterator[Source]:
    names = os.listdir(folder) if folder.is_dir() else []
    for match in filter(None, map(FILE_NAME.fullmatch, names)):
        if key := KEYS_BY_NAME.get((match["name"], Part(match["part"]))):
            yield Source(key, match["version"], file=folder / match[0])


def _in_environment() -> Iterator[Source]:
    for match in filter(None, map(VARIABLE.fullmatch, os.environ)):
        name = match["name"].lower().replace("_", "-")
        part = (match["part"] or "_SECRET")[1:].lower()
        key = KEYS_BY_NAME.get((name, Part(part)))
        if key is not None:
            yield _from_variable(key, _version(match["version"] or "1"), match[0])


def _version(text: str) -> str:
    return text.replace("_", "-", 1).replace("_", ".")


def _from_variable(key: KeyName, version: str, variable: str) -> Source:
    if variable.endswith("_FILE"):
        return Source(key, version, file=Path(os.environ[variable]))
    return Source(key, version, variable=variable)
