"""The motivated look at one sealed identity: one person, one reason, a short time, in the audit trail before it is seen.

Reviewers open what waits for their review; everybody else needs a second person who grants it. It compares nothing, changes
nothing of the report, and finds nobody: who asks must already hold the contribution.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import permissions
from accounts.roles import Permission
from consent import gate
from intake import events
from intake.errors import NotForReviewError, OwnUnlockError, UnknownUnlockError
from intake.models.attachment import SealedAttachment
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.restriction import Restriction
from intake.models.rights import PersonSearch, RightsCase
from intake.models.unlock import Unlock
from intake.notifications import attachments as files
from intake.notifications import consents, identities
from intake.notifications.inputs import Attachment, Identity
from safeguards import audit, unsealing
from safeguards.actors import Actor
from safeguards.errors import Erased
from safeguards.places import Place

Motive = Unlock.Motive

REVIEW_LASTS = timedelta(minutes=15)
# Somebody who asks may have to wait for a colleague, and whoever was granted it may just have gone home.
WAITS = timedelta(days=7)
GRANT_LASTS = timedelta(hours=8)
KEPT = timedelta(days=1)
EXPIRE_CHUNK = 1000
SHOWN = 200
REVIEWS = (Motive.COMPARE_NAME, Motive.COMPARE_BIRTH, Motive.COMPARE_REPRESENTATIVE)
# Of two reports side by side; comparing opens those.
OF_PAIRS = (Motive.PAIR_DETAILS, Motive.PAIR_RELATIVES, Motive.PAIR_CONTRADICTS)
MOTIVES_WITH_SECOND_PERSON = tuple(motive for motive in Motive if motive not in REVIEWS + OF_PAIRS)


@dataclass(frozen=True)
class UnlockView:
    """What may be seen of an unlock without opening anything."""

    id: UUID
    contribution: UUID
    reference: str
    motive: Motive
    asked_by: str
    asked: datetime
    granted_by: str
    granted: datetime | None
    expires: datetime

    @property
    def review(self) -> bool:
        return self.motive in REVIEWS


@dataclass(frozen=True)
class NamedAttachment:
    """A file of a report as its reader chooses it; the name is the reporter's own."""

    id: UUID
    file: Attachment


def open_for_review(*, contribution: UUID, motive: Motive, by: Actor) -> UUID:
    """A reviewer opens what waits for the review; never a report of the own organisation."""
    with transaction.atomic():
        _check_review(_contribution(contribution), motive, by)
        now = timezone.now()
        return _store(contribution, motive, by, granted=now, expires=now + REVIEW_LASTS)


def ask(*, contribution: UUID, motive: Motive, by: Actor) -> UUID:
    """Nothing opens until a second person has granted it."""
    permissions.require(by, Permission.UNLOCK_IDENTITY)
    if motive not in MOTIVES_WITH_SECOND_PERSON:
        raise NotForReviewError
    with transaction.atomic():
        _contribution(contribution)
        return _store(contribution, motive, by, granted=None, expires=timezone.now() + WAITS)


def grant(*, unlock: UUID, by: Actor) -> None:
    """The second person; granted once, and never by who asked."""
    permissions.require(by, Permission.GRANT_UNLOCK)
    with transaction.atomic():
        now = timezone.now()
        row = Unlock.objects.select_for_update().filter(pk=unlock, granted=None, expires__gt=now).first()
        if row is None:
            raise UnknownUnlockError
        if row.asked_by == by.id:
            raise OwnUnlockError
        row.granted, row.granted_by, row.expires = now, by.id, now + GRANT_LASTS
        row.save(update_fields=["granted", "granted_by", "expires"])
        record(events.UNLOCK_GRANTED, row, by)


def open_found(*, search: UUID, contribution: UUID, by: Actor) -> UUID:
    """What a granted search found: its grant was the second person's, and lasts as long for what it found."""
    permissions.require(by, Permission.UNLOCK_IDENTITY)
    with transaction.atomic():
        hit = _granted_hit(search, contribution, by)
        row = Unlock(contribution_id=contribution, motive=Motive.RIGHTS_OF_PERSON, asked_by=by.id)
        row.granted, row.granted_by, row.expires = hit.granted, hit.granted_by, hit.expires
        row.save(force_insert=True)
        record(events.UNLOCK_GRANTED, row, by)
    return row.pk


def identity(*, unlock: UUID, by: Actor) -> Identity:
    """Each look is in the audit trail before the value is on the screen."""
    with transaction.atomic():
        row = _open(unlock, by)
        record(events.IDENTITY_SHOWN, row, by)
        sealed = SealedIdentity.objects.filter(contribution=row.contribution_id).values_list("blob", flat=True).first()
        if sealed is None:
            raise UnknownUnlockError
        content = unsealed([(sealed, identities.place_of(row.contribution_id, row.contribution.organisation_id))])
        return identities.from_bytes(content[0])


def attachments(*, unlock: UUID, by: Actor) -> tuple[NamedAttachment, ...]:
    """The files that came with the report. Their names are sealed as well, so that the list is a look by itself."""
    with transaction.atomic():
        row = _open(unlock, by)
        found = SealedAttachment.objects.filter(contribution=row.contribution_id).order_by("id")
        return _attachments(row, list(found), by)


def attachment(*, unlock: UUID, attachment: UUID, by: Actor) -> Attachment:
    with transaction.atomic():
        row = _open(unlock, by)
        found = list(SealedAttachment.objects.filter(contribution=row.contribution_id, pk=attachment))
        if not found:
            raise UnknownUnlockError
        return _attachments(row, found, by)[0].file


def opened(*, unlock: UUID, by: Actor) -> UnlockView:
    """The own unlock while it lasts."""
    return _view(_open(unlock, by))


def open_now(*, contribution: UUID, by: Actor) -> UnlockView | None:
    """The own unlock of this report that lasts longest, so that nobody has to give the reason twice."""
    rows = _lasting(by).filter(contribution=contribution).order_by("-expires")
    return next((_view(row) for row in rows if _still_needed(row, by)), None)


def for_rights(*, contribution: UUID, by: Actor) -> UnlockView | None:
    """The own unlock for a request of the person: one that a second person granted, never a review's."""
    rows = _lasting(by).filter(contribution=contribution, motive=Motive.RIGHTS_OF_PERSON).exclude(granted_by="")
    return next((_view(row) for row in rows.order_by("-expires") if _still_needed(row, by)), None)


def end_for_rights(*, contributions: Collection[UUID], by: Actor) -> None:
    """What these were granted for is done: whoever wants to look again asks again."""
    permissions.require(by, Permission.UNLOCK_IDENTITY)
    now = timezone.now()
    with transaction.atomic():
        rows = Unlock.objects.select_for_update().filter(contribution__in=contributions, motive=Motive.RIGHTS_OF_PERSON)
        ended = list(rows.filter(expires__gt=now).order_by("pk"))
        Unlock.objects.filter(pk__in=[row.pk for row in ended]).update(expires=now)
        for row in ended:
            record(events.UNLOCK_ENDED, row, by)


def of_reference(*, reference: str, by: Actor) -> UUID:
    """The report that a privacy officer was given the reference of; the reference alone opens nothing."""
    permissions.require(by, Permission.UNLOCK_IDENTITY)
    found = Contribution.objects.filter(reference=reference, leaving=False).values_list("pk", flat=True).first()
    if found is None:
        raise NotForReviewError
    return found


def has_attachments(contribution: UUID) -> bool:
    return SealedAttachment.objects.filter(contribution=contribution).exists()


def waiting(*, by: Actor) -> tuple[UnlockView, ...]:
    """What this person may grant: asked by others."""
    permissions.require(by, Permission.GRANT_UNLOCK)
    rows = Unlock.objects.filter(granted=None, expires__gt=timezone.now()).exclude(asked_by=by.id)
    return tuple(_view(row) for row in rows.select_related("contribution").order_by("asked", "id")[:SHOWN])


def own(*, by: Actor) -> tuple[UnlockView, ...]:
    """What this person asked for and was granted, or still waits for."""
    permissions.require(by, Permission.UNLOCK_IDENTITY)
    rows = Unlock.objects.filter(asked_by=by.id, motive__in=MOTIVES_WITH_SECOND_PERSON, expires__gt=timezone.now())
    return tuple(_view(row) for row in rows.select_related("contribution").order_by("asked", "id"))


def expire(*, by: Actor) -> int:
    """What nobody can open any more is deleted; the audit trail keeps who looked and why."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        over = Unlock.objects.filter(expires__lt=timezone.now() - KEPT).order_by("expires")
        doomed = list(over.values_list("pk", flat=True)[:EXPIRE_CHUNK])
        if doomed:
            Unlock.objects.filter(pk__in=doomed).delete()
            audit.record(events.UNLOCKS_EXPIRED, by=by, details={"count": len(doomed)})
    return len(doomed)


def _store(contribution: UUID, motive: Motive, by: Actor, *, granted: datetime | None, expires: datetime) -> UUID:
    row = Unlock(contribution_id=contribution, motive=motive, asked_by=by.id, granted=granted, expires=expires)
    row.save(force_insert=True)
    record(events.UNLOCK_OPENED if granted else events.UNLOCK_ASKED, row, by)
    return row.pk


def _granted_hit(search: UUID, contribution: UUID, by: Actor) -> PersonSearch:
    """The own search that found it, granted by somebody else, within its time and while its case is open."""
    done = PersonSearch.objects.filter(pk=search, state=PersonSearch.State.DONE, asked_by=by.id, expires__gt=timezone.now())
    row = (
        done.exclude(granted_by="")
        .filter(case__state=RightsCase.State.OPEN, hits__contribution=contribution, hits__contribution__leaving=False)
        .first()
    )
    if row is None:
        raise UnknownUnlockError
    return row


def _contribution(identifier: UUID) -> Contribution:
    row = Contribution.objects.filter(pk=identifier, leaving=False).first()
    if row is None:
        raise NotForReviewError
    return row


def _check_review(row: Contribution, motive: Motive, by: Actor) -> None:
    permissions.require(by, Permission.UNLOCK_FOR_REVIEW)
    if motive not in REVIEWS:
        raise NotForReviewError
    permissions.require(by, Permission.REVIEW_CONSENT)
    if not _waits_for(row, by):
        raise NotForReviewError


def _lasting(by: Actor) -> QuerySet[Unlock]:
    rows = Unlock.objects.filter(asked_by=by.id, granted__isnull=False, expires__gt=timezone.now(), pair=None)
    return rows.select_related("contribution")


def _open(unlock: UUID, by: Actor) -> Unlock:
    """The own one, granted, within its time, and still with a reason: roles and reports may have changed since."""
    row = _lasting(by).filter(pk=unlock).first()
    if row is None or not _still_needed(row, by):
        raise UnknownUnlockError
    return row


def _still_needed(row: Unlock, by: Actor) -> bool:
    """A review that is over, or a role that was taken away, closes what it opened."""
    if row.contribution.leaving:
        return False
    if row.motive not in REVIEWS:
        return permissions.has(by, Permission.UNLOCK_IDENTITY)
    return permissions.has(by, Permission.REVIEW_CONSENT) and _waits_for(row.contribution, by)


def _waits_for(row: Contribution, by: Actor) -> bool:
    """What is restricted is kept and not used, and what has no consent any more is about to go: nobody reviews them."""
    if by.organisation is None or row.organisation_id == by.organisation:
        return False
    if row.state != Contribution.State.HELD and not gate.confirmation_waits(row.pk):
        return False
    return not consents.any_ended([row.pk]) and not Restriction.objects.filter(contribution=row.pk).exists()


def _attachments(row: Unlock, found: Sequence[SealedAttachment], by: Actor) -> tuple[NamedAttachment, ...]:
    organisation = row.contribution.organisation_id
    record(events.ATTACHMENTS_SHOWN, row, by, count=len(found))
    contents = unsealed([(one.blob, files.place_of(one.pk, organisation)) for one in found])
    return tuple(NamedAttachment(one.pk, files.from_bytes(content)) for one, content in zip(found, contents, strict=True))


def unsealed(items: Sequence[tuple[unsealing.Sealed, Place]]) -> list[bytes]:
    """What was erased in the meantime is there no more, as the unlock that asked for it."""
    try:
        return unsealing.open_many(items)
    except Erased:
        raise UnknownUnlockError from None


def record(action: str, row: Unlock, by: Actor, **details: int) -> None:
    said: dict[str, audit.Detail] = {"motive": row.motive, "unlock": str(row.pk), **details}
    audit.record(action, by=by, object_type="contribution", object_id=row.contribution_id, details=said)


def _view(row: Unlock) -> UnlockView:
    return UnlockView(
        id=row.pk,
        contribution=row.contribution_id,
        reference=row.contribution.reference,
        motive=Motive(row.motive),
        asked_by=row.asked_by,
        asked=row.asked,
        granted_by=row.granted_by,
        granted=row.granted,
        expires=row.expires,
    )
