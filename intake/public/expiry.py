"""What visitors left behind goes when its time is over, and how many went is recorded. It decides no times."""

from django.db import transaction
from django.utils import timezone

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.models.visitors import Allowance, CallbackRequest, Invitation, UsedChallenge
from intake.notifications import drafts
from intake.public import callbacks, invitations
from safeguards import audit
from safeguards import drafts as sealed
from safeguards.actors import Actor

CHUNK = 200


def expire(*, by: Actor) -> int:
    """A chunk; how many requests and links went, so that the caller can ask for the rest. Keys go before rows."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    now = timezone.now()
    with transaction.atomic():
        calls = list(CallbackRequest.objects.filter(expires__lte=now).order_by("id").values_list("id", flat=True)[:CHUNK])
        links = list(Invitation.objects.filter(expires__lte=now).order_by("id").values_list("id", flat=True)[:CHUNK])
        for call in calls:
            callbacks.destroy(call)
        for link in links:
            sealed.destroy(link)
        drafts.discard_of(kind=invitations.LINK, owners=map(str, links), by=by)
        Invitation.objects.filter(id__in=links).delete()
        Allowance.objects.filter(expires__lte=now).delete()
        UsedChallenge.objects.filter(expires__lte=now).delete()
        if calls or links:
            audit.record(events.VISITORS_EXPIRED, by=by, details={"callbacks": len(calls), "links": len(links)})
    return len(calls) + len(links)
