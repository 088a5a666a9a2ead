"""The life of the month's key pair: made, used, emptied by re-sealing, destroyed after the term of the key backup."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from safeguards import audit, keyring, wrapping
from safeguards.actions import action
from safeguards.data_keys import REWRAPPED, ROTATION, SEALING_KEY
from safeguards.errors import KeyMissing
from safeguards.keyring import files, making
from safeguards.keyring.names import SEALING_PRIVATE, SEALING_PUBLIC
from safeguards.keyring.sources import Source
from safeguards.models import AuditEntry, DataKey

MADE = action("keys.made", _("Sealing key made"))
DESTROYED = action("keys.destroyed", _("Sealing key destroyed"))


def ensure_pair(now: datetime) -> str | None:
    """This month's pair, made if it is not there and keys are made here; its version if it was made now."""
    month = making.month_of(now)
    return _make_pair(month, now) if _is_keeper() and month not in keyring.versions(SEALING_PRIVATE) else None


def another_pair(now: datetime) -> str:
    """A pair within the month, for when the present one may be known to others: 2026-11.2 follows 2026-11."""
    if not _is_keeper():
        raise KeyMissing("Key pairs are made where BAKEN_ROLE is all; run rotate_keys there.")
    month = making.month_of(now)
    present = sum(1 for version in keyring.versions(SEALING_PRIVATE) if version.partition(".")[0] == month)
    return _make_pair(f"{month}.{present + 1}" if present else month, now)


def destroy_expired(now: datetime) -> list[str]:
    """Old pairs that nothing rests on and whose term is over; what a backup still holds under them is closed for good."""
    old = keyring.versions(SEALING_PRIVATE)[:-1] if _is_keeper() else ()
    return [version for version in old if _is_expired(version, now) and _destroy(version)]


def _is_keeper() -> bool:
    """Keys are made and destroyed in one place and handed out from there; a worker re-seals with what it was handed."""
    return bool(settings.BAKEN_ROLE == "all")


def keys_left() -> int:
    """Data keys that still wait to be re-sealed to the newest pair."""
    prefix, newest = wrapping.SEALING, wrapping.newest_pair()
    return DataKey.objects.filter(wrapping_key__startswith=prefix).exclude(wrapping_key=newest).count()


def unused_in_environment() -> list[str]:
    """Versions that nothing rests on but that only the operator can remove."""
    old = keyring.versions(SEALING_PRIVATE)[:-1]
    return [version for version in old if not _in_use(version) and keyring.source(SEALING_PRIVATE, version).file is None]


def _make_pair(version: str, now: datetime) -> str:
    with transaction.atomic():
        audit.record(MADE, by=ROTATION, object_type=SEALING_KEY, object_id=wrapping.SEALING + version)
        making.create_pair(version, now)
    return version


def _in_use(version: str) -> bool:
    return DataKey.objects.filter(wrapping_key=wrapping.SEALING + version).exists()


def _is_expired(version: str, now: datetime) -> bool:
    last_use = _last_use(version)
    term = timedelta(days=settings.BAKEN_OLD_KEY_DAYS)
    return last_use is not None and now - last_use >= term and not _in_use(version)


def _last_use(version: str) -> datetime | None:
    """When a data key was last re-sealed away from it, or when its successor was made if none ever was; None: unknown."""
    entries = AuditEntry.objects.filter(object_type=SEALING_KEY, object_id=wrapping.SEALING + version, action=REWRAPPED)
    moments = [entries.order_by("-sequence").values_list("time", flat=True).first(), _succeeded(version)]
    return None if moments[1] is None else max(moment for moment in moments if moment is not None)


def _succeeded(version: str) -> datetime | None:
    versions = keyring.versions(SEALING_PRIVATE)
    return keyring.source(SEALING_PRIVATE, versions[versions.index(version) + 1]).created()


def _destroy(version: str) -> bool:
    """On record first: a process that is killed in between destroys at the next turn, and never without an entry."""
    paths = list(_files(version))
    if not paths:
        return False
    with transaction.atomic():
        audit.record(DESTROYED, by=ROTATION, object_type=SEALING_KEY, object_id=wrapping.SEALING + version)
        transaction.on_commit(partial(_remove, paths))
    return True


def _remove(paths: list[Path]) -> None:
    for path in paths:
        files.destroy(path)
    keyring.forget()


def _files(version: str) -> Iterator[Path]:
    """The private half first; nothing where it stands outside the key folder."""
    for key in (SEALING_PRIVATE, SEALING_PUBLIC):
        if version in keyring.versions(key):
            source: Source = keyring.source(key, version)
            if source.file is not None and source.file.parent == Path(settings.KEY_DIR):
                yield source.file
