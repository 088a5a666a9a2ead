"""Takes contributions out of links and counts while they are restricted, so that they can come back as they were.

Their features stay sealed, and people's decisions about them stay with their pairs; services.bring_back is the way back.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.matching import changes, pairs, persons, unlink
from intake.matching.portions import in_portions
from intake.models.matching import PersonContribution
from safeguards import audit
from safeguards.actors import Actor


def set_aside(*, contributions: Iterable[UUID], by: Actor) -> int:
    """Nothing joins through them any more; the others are grouped as if these were not here. Returns how many were linked."""
    permissions.require(by, Permission.HANDLE_RIGHTS)
    with transaction.atomic():
        changes.lock_register()
        leaving = set(contributions)
        before = persons.companions(leaving)
        linked = leaving & before.keys()
        disturbed = pairs.partners(leaving) | (before.keys() - leaving) | unlink.forget_tokens(leaving)
        pairs.set_aside(leaving)
        for portion in in_portions(leaving):
            PersonContribution.objects.filter(contribution__in=portion).delete()
        persons.delete_empty(before[contribution][0] for contribution in linked)
        grouped = persons.regroup(disturbed - leaving)
        audit.record_many((audit.Event(events.LINKAGE_SET_ASIDE, "contribution", one) for one in sorted(leaving)), by=by)
        changes.touch(grouped.touched | {before[contribution] for contribution in linked})
    return len(linked)
