"""Start-up checks: keys that are missing, damaged, weak, alike or open to others; fields without a class. It cures nothing."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.core import checks as framework
from django.core.checks import CheckMessage, Error
from django.utils import timezone

from safeguards import key_pairs
from safeguards.classification import own_models, undeclared_fields
from safeguards.errors import SafeguardError
from safeguards.keyring import making
from safeguards.keyring.names import SEALING_PRIVATE, SEALING_PUBLIC, held
from safeguards.keyring.sources import Index, Source, find

RESTORE = "put it back from the key backup"
NEWEST_AGE_IN_MONTHS = 2


def register() -> None:
    """The keys are asked for where a process starts (config.soundness) and by check --deploy: a migration needs none."""
    framework.register(key_ring, deploy=True)
    framework.register(declared_fields)


def key_ring(**_: Any) -> list[CheckMessage]:
    """Of the keys that this process may hold; others are none of its business."""
    index = find(settings.KEY_DIR)
    mine = {key: index[key] for key in sorted(held(), key=str)}
    problems = chain(
        _missing(mine), _unusable(mine), _open_to_others(mine), _alike(mine), _halves_apart(mine), _out_of_date(mine)
    )
    return list(problems)


def declared_fields(**_: Any) -> list[CheckMessage]:
    undeclared = [f"{model._meta.label}.{name}" for model in own_models() for name in undeclared_fields(model)]
    return [
        Error(f"The field {name} has no class; add it to FIELD_CLASSES of its model.", id="baken.E006") for name in undeclared
    ]


def _missing(index: Index) -> Iterator[CheckMessage]:
    for key, versions in index.items():
        if not versions:
            message = f"The key {key} is missing in {settings.KEY_DIR}; run manage.py create_keys, or {RESTORE}."
            yield Error(message, id="baken.E001")


def _unusable(index: Index) -> Iterator[CheckMessage]:
    for source in _sources(index):
        try:
            source.material()
        except SafeguardError as error:
            yield Error(str(error), id="baken.E002")


def _open_to_others(index: Index) -> Iterator[CheckMessage]:
    for source in _sources(index):
        if source.open_to_others():
            yield Error(f"Others can read the key {source.label}; run chmod 400 {source.file}.", id="baken.E003")


def _alike(index: Index) -> Iterator[CheckMessage]:
    """One key in two places would undo their separation."""
    seen: dict[bytes, Source] = {}
    for source in _sources(index):
        material = _material(source)
        if material is not None and seen.setdefault(material, source) is not source:
            message = f"The keys {seen[material].label} and {source.label} are the same; {RESTORE}."
            yield Error(message, id="baken.E004")


def _halves_apart(index: Index) -> Iterator[CheckMessage]:
    publics = index.get(SEALING_PUBLIC, {})
    privates = index.get(SEALING_PRIVATE, {})
    for version, source in publics.items():
        private = _material(privates[version]) if version in privates else None
        if SEALING_PRIVATE in index and version not in privates:
            message = f"The private half of the key pair sealing-{version} is missing; {RESTORE}."
            yield Error(message, id="baken.E005")
        elif private is not None and key_pairs.public_bytes(private) != _material(source):
            yield Error(f"The two halves of the key pair sealing-{version} do not fit; {RESTORE}.", id="baken.E005")


def _out_of_date(index: Index) -> Iterator[CheckMessage]:
    newest = list(index.get(SEALING_PUBLIC, {}))[-1:]
    if newest and _months_between(newest[0], making.month_of(timezone.now())) >= NEWEST_AGE_IN_MONTHS:
        message = f"The newest key pair is of {newest[0]}; run manage.py rotate_keys, and hand its public half out."
        yield framework.Warning(message, id="baken.W001")


def _months_between(earlier: str, later: str) -> int:
    (year, month), (other_year, other_month) = (map(int, text.partition(".")[0].split("-")) for text in (earlier, later))
    return (other_year - year) * 12 + other_month - month


def _sources(index: Index) -> Iterator[Source]:
    return (source for versions in index.values() for source in versions.values())


def _material(source: Source) -> bytes | None:
    try:
        return source.material()
    except SafeguardError:
        return None
