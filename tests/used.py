"""Releases that used contributions, recorded as reports does it, and the duty that is left when one goes."""

from uuid import UUID, uuid4

from django.db import transaction

from intake import facts, uses
from intake.models.use import DutyToTell
from safeguards.actors import system
from tests import cast, linked


def used(contribution: UUID, release: UUID | None = None) -> UUID:
    """The same contribution, used by a release."""
    by = cast.actor(cast.APPROVER)
    facts.record_use(release=release or uuid4(), contributions=[contribution], by=by)
    return contribution


def a_duty() -> UUID:
    known = list(DutyToTell.objects.values_list("id", flat=True))
    with transaction.atomic():
        uses.must_be_told(contributions=[used(linked.linked())], by=system("tests"))
    return DutyToTell.objects.exclude(id__in=known).get().id
