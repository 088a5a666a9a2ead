"""Takes contributions out of links and counts while they are restricted, so that they can come back as they were.

Their features stay sealed, and people's decisions about them stay with their pairs; services.bring_back is the way back.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.matching import changes, pairs, person_events, persons, unlink
from intake.matching.person_events import Cause, Reason
from safeguards import audit
from safeguards.actors import Actor


def set_aside(*, contributions: Iterable[UUID], by: Actor) -> int:
    """Nothing joins through them any more; the others are grouped as if these were not here. Returns how many were linked."""
    permissions.require(by, Permission.HANDLE_RIGHTS)
    with transaction.atomic():
        changes.lock_register()
        leaving = set(contributions)
        taken = persons.take_out(leaving, forget=_forget, cause=Cause(Reason.SET_ASIDE, by))
        aside = [audit.Event(events.LINKAGE_SET_ASIDE, "contribution", one) for one in sorted(leaving)]
        audit.record_many(aside + person_events.told(taken.counted), by=by)
        changes.touch(taken.touched)
    return taken.linked


def _forget(leaving: set[UUID]) -> set[UUID]:
    disturbed = unlink.forget_tokens(leaving)
    pairs.set_aside(leaving)
    person_events.leave(leaving)
    return disturbed
