"""The watched folder: parcels that a feed dropped are taken in as deliveries, and answered by a receipt beside them.

<folder>/emm and <folder>/om hold files *.baken; receipts/<start of the parcel's SHA-256>.json says what became of each.
Only what is encrypted to Baken's delivery key is read; a file is removed when its delivery is committed, so that one taken
twice after a kill is known by its digest. Nothing of a file's name or content is kept, logged or written.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import selectors as organisations
from intake import events
from intake.enrichment import selectors, services
from intake.errors import UnreadableFileError
from intake.models.dropped_file import DroppedFile
from intake.notifications import policies
from safeguards import audit, parcels
from safeguards.actors import Actor
from safeguards.errors import SafeguardError
from safeguards.parcels import CutOff

FEEDS = ("emm", "om")
SUFFIX = ".baken"
RECEIPTS = "receipts"
AT_ONCE = 20
LARGEST_PARCEL = services.LARGEST_DELIVERY + 64 * 1024
# A parcel without its end is still being written, for this long.
PATIENCE_SECONDS = 600
RECEIPT_NAME_LENGTH = 32


def take(*, by: Actor) -> int:
    """The parcels that lie there, at most AT_ONCE a feed; gives how many were taken in or refused."""
    policies.check_may_run(by)
    return sum(_take_one(path, feed, by) for feed in FEEDS for path in _waiting(feed))


def answer(*, by: Actor) -> int:
    """Writes the receipt of each taken parcel whose delivery is over."""
    policies.check_may_run(by)
    with transaction.atomic():
        rows = DroppedFile.objects.select_for_update().filter(answered=False, delivery__finished__isnull=False)
        done = list(rows.select_related("delivery").order_by("taken")[:AT_ONCE])
        for row in done:
            found = selectors.delivery(batch=row.delivery_id, organisation=row.delivery.organisation_id, by=by)
            _write_receipt(row.feed, row.digest, _receipt_of(found))
        DroppedFile.objects.filter(digest__in=[row.digest for row in done]).update(answered=True)
        if done:
            audit.record(events.DROPPED_ANSWERED, by=by, details={"receipts": len(done)})
    return len(done)


def folder_of(feed: str) -> Path:
    """Made when it is not there, for Baken's own user and group alone."""
    path = Path(settings.BAKEN_DROP_FOLDER) / feed
    (path / RECEIPTS).mkdir(parents=True, exist_ok=True, mode=0o770)
    return path


def _waiting(feed: str) -> list[Path]:
    found = (path for path in folder_of(feed).iterdir() if path.suffix == SUFFIX and path.is_file() and not path.is_symlink())
    return sorted(found)[:AT_ONCE]


def _take_one(path: Path, feed: str, by: Actor) -> bool:
    """Whether the parcel is dealt with; one that is still being written is left where it is."""
    digest = _digest(path)
    try:
        lines = _opened(path)
        with transaction.atomic():
            if not DroppedFile.objects.filter(digest=digest).exists():
                batch = services.receive(lines=lines, organisation=_organisation(feed), by=by)
                DroppedFile.objects.create(digest=digest, feed=feed, delivery_id=batch)
                _write_receipt(feed, digest, {"levering": str(batch), "status": "ontvangen"})
            transaction.on_commit(partial(path.unlink, missing_ok=True))
    except CutOff:
        if _age(path) < PATIENCE_SECONDS:
            return False
        _refuse(path, feed, digest, "cut-off", by)
    except UnreadableFileError as error:
        _refuse(path, feed, digest, error.code, by)
    except SafeguardError:
        _refuse(path, feed, digest, "not-for-this-key", by)
    return True


def _opened(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_PARCEL:
        raise UnreadableFileError("too-large")
    with path.open("rb") as parcel:
        return b"".join(parcels.open_parts(parcel))


def _refuse(path: Path, feed: str, digest: str, code: str, by: Actor) -> None:
    """The sender has the original: what cannot be read is not kept here."""
    with transaction.atomic():
        audit.record(events.DROPPED_REFUSED, by=by, object_type="feed", object_id=feed, details={"code": code})
        _write_receipt(feed, digest, {"status": "geweigerd", "code": code})
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def _organisation(feed: str) -> UUID:
    """The one organisation that is this feed; a folder says no more than that."""
    found = [row.id for row in organisations.organisations() if row.feed == feed and row.active]
    if len(found) != 1:
        raise UnreadableFileError("no-such-feed")
    return found[0]


def _receipt_of(found: selectors.DeliveryView) -> dict[str, object]:
    return {
        "levering": str(found.id),
        "status": found.status,
        "aantallen": found.counts,
        "fouten": [{"regel": problem.row, "veld": problem.field, "code": problem.code} for problem in found.problems],
    }


def _write_receipt(feed: str, digest: str, content: Mapping[str, object]) -> None:
    """Whole or not at all: whoever reads it meanwhile sees the earlier one."""
    target = folder_of(feed) / RECEIPTS / f"{digest[:RECEIPT_NAME_LENGTH]}.json"
    written = target.with_suffix(".part")
    written.write_text(json.dumps({"sha256": digest, **content}, indent=1) + "\n", encoding="ascii")
    os.replace(written, target)


def _digest(path: Path) -> str:
    with path.open("rb") as parcel:
        return hashlib.file_digest(parcel, "sha256").hexdigest()


def _age(path: Path) -> float:
    return timezone.now().timestamp() - path.stat().st_mtime
