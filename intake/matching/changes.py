"""The numbered list of changed person-years, for all who change links. Whoever writes it holds the register's one lock."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from intake.linkage.fellegi_sunter import CURRENT
from intake.models.change import Change, Register
from jobs import services as jobs
from safeguards import bulk

PersonYear = tuple[UUID, int]

REFRESH = "reports.refresh"
NUMBERED = f"UPDATE {Register._meta.db_table} SET sequence = sequence + %s RETURNING sequence"  # noqa: S608


def lock_register() -> Register:
    """The row that orders all writers of links; held until the transaction ends, so that number order is commit order."""
    found = Register.objects.select_for_update().first()
    if found is None:
        Register.objects.bulk_create([Register(version=CURRENT)], ignore_conflicts=True)
        found = Register.objects.select_for_update().get()
    return found


def touch(keys: Iterable[PersonYear]) -> None:
    """Number the person-years as changed and ask for the figures to follow.

    Call it after the audit entry: the register is locked first, then the trail, then jobs, in every transaction.
    """
    changed = sorted(set(keys))
    if not changed:
        return
    first = _last_number(len(changed)) - len(changed) + 1
    bulk.insert(Change, ("sequence", "person", "year"), ((first + place, *key) for place, key in enumerate(changed)))
    jobs.record(REFRESH, key=REFRESH)


def _last_number(more: int) -> int:
    """Of so many more than there were."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERED, [more])
        found = cursor.fetchone()
    if found is None:
        lock_register()
        return _last_number(more)
    return int(found[0])
