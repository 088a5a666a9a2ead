"""Statements for the tests of consent, recorded through the gate as intake does."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from accounts.reporters import ReporterGroup
from consent import gate
from consent.models import Statement
from safeguards.actors import Actor
from tests import cast

SIGNED = date(2019, 6, 1)
REPORTED = date(2019, 6, 10)
GIVEN = gate.StatementInput("sixteen-or-older", "person", "written", gate.CURRENT_NOTICE, "nl", SIGNED)
UNKNOWN = UUID(int=7)


def given(
    *,
    notification: UUID | None = None,
    answer: gate.StatementInput = GIVEN,
    reported_on: date = REPORTED,
    by: cast.Person = cast.OWNER,
) -> UUID:
    actor = cast.actor(by)
    return gate.open_statement(
        notification=notification or uuid4(),
        organisation=cast.organisation(by.organisation),
        group=by.organisation.group or ReporterGroup.OTHER,
        answer=answer,
        reported_on=reported_on,
        by=actor,
    )


def recorded_earlier(statement: UUID, days: int) -> None:
    row = Statement.objects.get(pk=statement)
    Statement.objects.filter(pk=statement).update(recorded=row.recorded - timedelta(days=days))


def administrator() -> Actor:
    return cast.actor(cast.CONSENT_ADMINISTRATOR)
