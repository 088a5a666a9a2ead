"""Data keys through their life: destroyed, which is the erasure, and re-sealed month by month. It opens no sealed value."""

import hmac
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NoReturn
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeguards import audit, keyring, wrapping
from safeguards.actions import action
from safeguards.actors import system
from safeguards.errors import Erased, SafeguardError, Tampered
from safeguards.keyring.names import SEALING_PRIVATE
from safeguards.models import DataKey, Tombstone

logger = logging.getLogger(__name__)

ROTATION = system("key-rotation")
REWRAPPED = action("keys.rewrapped", _("Data keys sealed anew under the newest key"))
SEALING_KEY = "sealing-key"
AT_ONCE = 5000
UPDATES_AT_ONCE = 200


def destroy(owners: Iterable[UUID], purposes: Iterable[DataKey.Purpose] | None = None) -> int:
    """Erase: what was sealed under these keys is closed for good. All purposes, unless some are named."""
    kinds = list(purposes) if purposes is not None else list(DataKey.Purpose)
    with transaction.atomic():
        return sum(_destroy(chunk, kinds) for chunk in _chunks(owners))


def explain_missing(key: UUID, what: str) -> NoReturn:
    """A data key that is gone was destroyed on purpose, or somebody altered what names it."""
    if Tombstone.objects.filter(key=key).exists():
        raise Erased(f"The data key of {what} is destroyed; nobody can open it any more.")
    raise Tampered(f"What is stored as {what} names a data key that never was here.")


def rewrap(limit: int) -> int:
    """Re-seal live data keys to the newest pair, each verified and singly; gives how many. One whole step a call.

    A batch key is not re-sealed, or it would open what a backup still holds of rows that were erased: its rows leave it,
    and then it is destroyed.
    """
    newest = wrapping.newest_pair()
    old = [wrapping.SEALING + version for version in keyring.versions(SEALING_PRIVATE)]
    leaving = [key for key in old if key != newest]
    batch_keys = DataKey.objects.filter(purpose=DataKey.Purpose.BATCH, wrapping_key__in=leaving)
    shared = [wrapping.batch_name(key) for key in batch_keys.order_by("id").values_list("id", flat=True)[:AT_ONCE]]
    waiting = DataKey.objects.filter(wrapping_key__in=[*leaving, *shared]).exclude(purpose=DataKey.Purpose.BATCH).order_by("id")
    after = UUID(int=0)
    with transaction.atomic():
        while rows := list(waiting.select_for_update(skip_locked=True).filter(id__gt=after)[:limit]):
            if done := _rewrap(rows, newest):
                return done
            after = rows[-1].id
        _destroy_left(shared)
    return 0


def _destroy_left(shared: Sequence[str]) -> None:
    """Batch keys that no row is under any more."""
    used = set(DataKey.objects.filter(wrapping_key__in=shared).values_list("wrapping_key", flat=True).distinct())
    _bury([UUID(name.removeprefix(wrapping.BATCH)) for name in shared if name not in used])


def _rewrap(rows: Sequence[DataKey], newest: str) -> int:
    moved_from = {row: row.wrapping_key for row in rows}
    pairs = {name: _pair_of(name) for name in set(moved_from.values())}
    unwrapper = wrapping.Unwrapper(rows)
    moved = [row for row in rows if _rewrapped(row, unwrapper)]
    DataKey.objects.bulk_update(moved, ["wrapping_key", "wrapped"], batch_size=UPDATES_AT_ONCE)
    counts = Counter(pairs[moved_from[row]] for row in moved)
    events = [audit.Event(REWRAPPED, SEALING_KEY, key, {"to": newest, "count": count}) for key, count in counts.items()]
    audit.record_many(events, by=ROTATION)
    return len(moved)


def _pair_of(name: str) -> str:
    """The pair that a key rests on, through its batch key or at once: the entry says when a pair was left."""
    if not name.startswith(wrapping.BATCH):
        return name
    return DataKey.objects.values_list("wrapping_key", flat=True).get(id=UUID(name.removeprefix(wrapping.BATCH)))


def _rewrapped(row: DataKey, unwrapper: wrapping.Unwrapper) -> bool:
    """A key that does not open stays as it is: the others go on, and the old pair stays until somebody has looked."""
    try:
        data_key = unwrapper.unwrap(row)
        wrapping.wrap(row, data_key)
        return hmac.compare_digest(wrapping.unwrap(row), data_key)
    except SafeguardError as error:
        logger.error("The data key %s cannot be re-sealed: %s.", row.id, type(error).__name__)
        return False


def _destroy(owners: Sequence[UUID], purposes: Sequence[DataKey.Purpose]) -> int:
    return _bury(list(DataKey.objects.filter(owner__in=owners, purpose__in=purposes).values_list("id", flat=True)))


def _bury(doomed: Sequence[UUID]) -> int:
    now = timezone.now()
    Tombstone.objects.bulk_create([Tombstone(key=key, destroyed=now) for key in doomed], ignore_conflicts=True)
    return DataKey.objects.filter(id__in=doomed).delete()[0]


def _chunks(owners: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(owners)
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk
