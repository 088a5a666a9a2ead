"""The numbered list of changed person-years, for all who change links. Whoever writes it holds the register's one lock."""

from collections.abc import Iterable
from uuid import UUID

from intake.linkage.fellegi_sunter import CURRENT
from intake.models.change import Change, Register
from jobs import services as jobs
from safeguards import bulk

PersonYear = tuple[UUID, int]

REFRESH = "reports.refresh"


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
    register = lock_register()
    first = register.sequence + 1
    bulk.insert(Change, ("sequence", "person", "year"), ((first + place, *key) for place, key in enumerate(changed)))
    Register.objects.filter(pk=register.pk).update(sequence=register.sequence + len(changed))
    jobs.record(REFRESH, key=REFRESH)
