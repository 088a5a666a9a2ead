"""The texts that people sign, one file for each version and language, their digests, and what is known beside them.

A version that was used never changes: SHA256SUMS pins every text, and a stored notice keeps the digest it was signed under.
It stores nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "notices"
CURRENT = "2"
BULLET = "- "


class Translation(StrEnum):
    """How far a text may be relied on."""

    SOURCE = "source"
    DRAFT = "draft"
    SWORN = "sworn"


@dataclass(frozen=True)
class Text:
    version: str
    language: str
    content: str
    digest: str
    translation: Translation

    @property
    def is_draft(self) -> bool:
        return self.translation is Translation.DRAFT


@dataclass(frozen=True)
class SheetWords:
    """What the sheet says around the text, in its own language."""

    yes: str
    no: str
    answer: str
    name: str
    date: str
    signature: str
    representative: str
    witness: str


@dataclass(frozen=True)
class CertificateWords:
    """What proves a withdrawal to the person, in the language that was signed in. Days and moments are filled in."""

    title: str
    code: str
    as_of: str
    one_purpose: str
    destroyed: str
    kept: str
    copies: str


@dataclass(frozen=True)
class Language:
    code: str
    own_name: str
    direction: str
    words_per_minute: int
    sheet: SheetWords
    receipt: str
    certificate: CertificateWords


@dataclass(frozen=True)
class Facts:
    """What a record of consent says about the processing, whatever the language of the text."""

    controller: str
    data_categories: tuple[str, ...]
    special_categories: tuple[str, ...]
    recipients: tuple[str, ...]
    storage: str
    retention: str
    jurisdiction: str
    collection: str
    withdrawal: str
    rights: tuple[str, ...]
    authority: str


@dataclass(frozen=True)
class Block:
    """A paragraph, which is one line, or a list of points."""

    points: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]


# For who chooses one in the language of the site.
LANGUAGE_NAMES: Mapping[str, str | Promise] = {
    "nl": _("Dutch"),
    "en": _("English"),
    "ar": _("Arabic"),
    "bg": _("Bulgarian"),
    "es": _("Spanish"),
    "fr": _("French"),
    "hu": _("Hungarian"),
    "pl": _("Polish"),
    "ro": _("Romanian"),
}


def _language(code: str, known: dict[str, Any]) -> Language:
    words = {"sheet": SheetWords(**known["sheet"]), "certificate": CertificateWords(**known["certificate"])}
    return Language(**{**known, "code": code, **words})


def _facts(known: dict[str, Any]) -> Facts:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}
    return Facts(**values)


def _read(path: Path) -> Text:
    version, language, _ending = path.name.split(".")
    content = path.read_bytes()
    state = Translation(_KNOWN["status"][version][language])
    return Text(version, language, content.decode("utf-8"), sha256(content).hexdigest(), state)


_KNOWN = tomllib.loads((FOLDER / "notices.toml").read_text(encoding="utf-8"))
BY_LANGUAGE: Mapping[str, Language] = {code: _language(code, known) for code, known in _KNOWN["languages"].items()}
LANGUAGES = tuple(BY_LANGUAGE)
FACTS = _facts(_KNOWN["facts"])
_TEXTS = {(found.version, found.language): found for found in map(_read, sorted(FOLDER.glob("*.txt")))}


def text(version: str, language: str) -> Text | None:
    """None for a version or language that does not exist."""
    return _TEXTS.get((version, language))


def versions() -> tuple[str, ...]:
    return tuple(sorted({version for version, _language in _TEXTS}))


def title_of(content: str) -> str:
    return content.split("\n", 1)[0]


def sections_of(content: str) -> tuple[Section, ...]:
    """The headings of a text after its title, with what stands under each."""
    return tuple(_section(part.split("\n")) for part in content.strip().split("\n\n")[1:])


def _section(lines: list[str]) -> Section:
    runs = groupby(lines[1:], key=lambda line: line.startswith(BULLET))
    return Section(lines[0], tuple(_block(points, tuple(run)) for points, run in runs))


def _block(points: bool, lines: tuple[str, ...]) -> Block:
    """A point is one line; the lines of a paragraph were broken where they are long."""
    return Block(points, tuple(line.removeprefix(BULLET) for line in lines) if points else (" ".join(lines),))
