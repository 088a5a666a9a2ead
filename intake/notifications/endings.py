"""What ended for good does not come in again under the same own reference: one rule for form, interface, file and feed.

It knows the sender's own reference alone, never a person: the answer is the same whoever is known otherwise.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.ending import Ending
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.workflow import State

Rule = Ending.Rule

ERASED = Problem("own_reference", "erased-at-request")
CONSENT_WITHDRAWN = Problem("signed_on", "consent-withdrawn")


@dataclass(frozen=True)
class Ended:
    rule: str
    day: date

    @property
    def weight(self) -> tuple[bool, date]:
        return self.rule != Rule.CONSENT_WITHDRAWN, self.day


def leave(rows: Iterable[Contribution], rule: Rule) -> None:
    """Of rows that still have their digests. What has no own reference is known by its attempt alone, which is random."""
    today = timezone.localdate()
    Ending.objects.bulk_create(
        [
            Ending(
                organisation_id=row.organisation_id,
                own_reference_digest=row.own_reference_digest,
                source=row.source,
                rule=rule,
                day=today,
            )
            for row in rows
            if row.own_reference_digest and not row.without_own_reference
        ],
        update_conflicts=True,
        unique_fields=["organisation", "own_reference_digest"],
        update_fields=["rule", "day"],
    )


def known_as(digests: Collection[bytes], organisation: UUID) -> dict[bytes, Ended]:
    found = Ending.objects.filter(organisation=organisation, own_reference_digest__any_of=frozenset(digests))
    return {bytes(digest): Ended(rule, day) for digest, rule, day in found.values_list("own_reference_digest", "rule", "day")}


def problem(ended: Ended | None, notification: NotificationInput, way: State) -> Problem | None:
    """Why it stays out. A signal has nobody in it. Consent that was signed after the withdrawal is consent again."""
    if ended is None or way is State.SIGNAL:
        return None
    if ended.rule != Rule.CONSENT_WITHDRAWN:
        return ERASED
    signed_on = notification.consent.signed_on if notification.consent else None
    return CONSENT_WITHDRAWN if way is State.HELD and signed_on is not None and signed_on <= ended.day else None


def forget(endings: Collection[UUID]) -> None:
    Ending.objects.filter(id__in=endings).delete()
