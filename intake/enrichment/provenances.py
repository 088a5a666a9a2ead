"""Keeps beside a feed's record where it comes from. It changes no record, and audits nothing: its caller does."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from intake.enrichment.envelopes import Origin
from intake.models.provenance import Provenance


def store(origins: Mapping[UUID, Origin], *, delivery: UUID) -> frozenset[UUID]:
    """One write for all; gives the contributions that were kept before under another origin."""
    fields = ("contribution_id", "register", "valid_from", "valid_to")
    before = {row[0]: row[1:] for row in Provenance.objects.filter(contribution__in=list(origins)).values_list(*fields)}
    now = timezone.now()
    Provenance.objects.bulk_create(
        [
            Provenance(
                contribution_id=contribution,
                register=origin.register,
                valid_from=origin.valid_from,
                valid_to=origin.valid_to,
                delivery_id=delivery,
                delivered=now,
            )
            for contribution, origin in origins.items()
        ],
        update_conflicts=True,
        unique_fields=["contribution"],
        update_fields=["register", "valid_from", "valid_to", "delivery", "delivered"],
    )
    return frozenset(contribution for contribution, known in before.items() if known != _row(origins[contribution]))


def _row(origin: Origin) -> tuple[str, date | None, date | None]:
    return origin.register, origin.valid_from, origin.valid_to
