"""The numbered list of changed person-years, for all who change links. Whoever writes it holds the register's one lock."""

from collections.abc import Iterable
from uuid import UUID

from intake.linkage.fellegi_sunter import CURRENT
from intake.models.change import Change, Register
from jobs import services as jobs

PersonYear = tuple[UUID, int]

REFRESH = "reports.refresh"


def lock_register() -> Register:
    """The row that orders all writers of links; held until the transaction ends, so that number order is commit order."""
    found = Register.objects.select_for_update().first()
    if found is None:
        Register.objects.bulk_create([Register(version=CURRENT)], ignore_conflicts=True)
        found = Register.objects.select_for_update().get()
    return found


def touch(keys: Iterable[PersonYear]) -> int:
    """Number the person-years as changed and ask for the figures to follow; the last number is returned.

    Call it after the audit entry: the register is locked first, then the trail, then jobs, in every transaction.
    """
    changed = sorted(set(keys))
    register = lock_register()
    if changed:
        first = register.sequence + 1
        Change.objects.bulk_create(
            Change(sequence=number, person=person, year=year) for number, (person, year) in enumerate(changed, start=first)
        )
        register.sequence += len(changed)
        register.save(update_fields=["sequence"])
        jobs.record(REFRESH, key=REFRESH)
    return register.sequence
