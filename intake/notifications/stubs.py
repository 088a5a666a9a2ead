"""What its reporter still sees of a report that is gone, for a while: what became of it. It removes nothing."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.stub import Stub
from intake.notifications.workflow import State

STUB_DAYS = 90


def leave(rows: Iterable[Contribution], state: State) -> None:
    today = timezone.localdate()
    Stub.objects.bulk_create(
        Stub(
            organisation_id=row.organisation_id,
            own_reference_digest=row.own_reference_digest,
            reference=row.reference,
            state=state,
            day=today,
            expires=today + timedelta(days=STUB_DAYS),
        )
        for row in rows
    )
