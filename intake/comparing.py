"""The look at the identities of two reports side by side: one motive for both, recorded for each before it is seen.

For whoever the pair waits for, as long as it does. It decides nothing and marks nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import permissions
from accounts.roles import Permission
from intake import events, unlock
from intake.errors import NotForReviewError
from intake.matching import review
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import Pair
from intake.models.unlock import Unlock
from intake.notifications import consents, identities
from intake.notifications.inputs import Identity
from intake.unlock import Motive
from safeguards.actors import Actor

MOTIVES = unlock.OF_PAIRS


@dataclass(frozen=True)
class Both:
    """In the order of the pair. None where retention erased who it was, and linking went on by the features."""

    first: Identity | None
    second: Identity | None
    motive: Motive
    expires: datetime


def open_both(*, pair: UUID, motive: Motive, by: Actor) -> None:
    """Once for each pair: whoever has it open already keeps the motive and the time that were given."""
    permissions.require(by, Permission.UNLOCK_FOR_REVIEW)
    with transaction.atomic():
        # Two posts at once wait for each other, so that the second finds the look that the first opened.
        Pair.objects.select_for_update().filter(id=pair).first()
        row = _pair_for(pair, by)
        if row is None or motive not in MOTIVES:
            raise NotForReviewError
        if _lasting(row, by):
            return
        now = timezone.now()
        for side in (row.first, row.second):
            made = Unlock(contribution=side, pair=row, motive=motive, asked_by=by.id)
            made.granted, made.expires = now, now + unlock.REVIEW_LASTS
            made.save(force_insert=True)
            unlock.record(events.UNLOCK_OPENED, made, by)


def identities_of(*, pair: UUID, by: Actor) -> Both | None:
    """Each look is in the audit trail, for each of the two, before a value is on the screen. None where it is not open."""
    with transaction.atomic():
        row = _pair_for(pair, by)
        lasting = _lasting(row, by) if row else {}
        if row is None or lasting.keys() != {row.first_id, row.second_id}:
            return None
        for side in (row.first_id, row.second_id):
            unlock.record(events.IDENTITY_SHOWN, lasting[side], by)
        opened = _opened((row.first, row.second))
        first = lasting[row.first_id]
        return Both(opened.get(row.first_id), opened.get(row.second_id), Motive(first.motive), first.expires)


def _pair_for(pair: UUID, by: Actor) -> Pair | None:
    if not permissions.has(by, Permission.UNLOCK_FOR_REVIEW) or review.reading_of(pair=pair, by=by) is None:
        return None
    row = Pair.objects.select_related("first", "second").get(id=pair)
    own = by.organisation is None or by.organisation in (row.first.organisation_id, row.second.organisation_id)
    gone = row.first.leaving or row.second.leaving or consents.any_ended((row.first_id, row.second_id))
    return None if own or gone else row


def _lasting(row: Pair, by: Actor) -> dict[UUID, Unlock]:
    found = Unlock.objects.filter(pair=row, asked_by=by.id, expires__gt=timezone.now()).select_related("contribution")
    return {one.contribution_id: one for one in found}


def _opened(sides: tuple[Contribution, Contribution]) -> dict[UUID, Identity]:
    sealed = dict(SealedIdentity.objects.filter(contribution__in=sides).values_list("contribution", "blob"))
    kept = [side for side in sides if side.id in sealed]
    contents = unlock.unsealed([(sealed[side.id], identities.place_of(side.id, side.organisation_id)) for side in kept])
    return {side.id: identities.from_bytes(content) for side, content in zip(kept, contents, strict=True)}
