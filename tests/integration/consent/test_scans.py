"""The signed sheet with its statement: sealed, carried along by a correction, and gone with everything that ends it."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from accounts.reporters import Purpose, ReporterGroup
from consent import gate, scans, services
from consent.models import Statement, StatementDocument
from consent.recording import NewStatement
from intake import outcomes
from intake.models.contribution import Contribution
from safeguards import unsealing
from safeguards.actors import system
from safeguards.models import DataKey
from tests import cast, statements
from tests.drafted import Writer

pytestmark = pytest.mark.django_db
SHEET = b"%PDF-1.7 signed by Zwaluwenburg"


def a_new_one(notification: UUID | None = None, content: bytes = SHEET) -> NewStatement:
    return NewStatement(
        notification=notification or uuid4(),
        organisation=cast.organisation(cast.SHELTER_TEAM),
        group=ReporterGroup.OTHER,
        answer=statements.GIVEN,
        reported_on=statements.REPORTED,
        scans=(gate.Scan("application/pdf", content),) if content else (),
    )


def recorded(new: NewStatement) -> UUID:
    return gate.open_statements(statements=[new], by=cast.actor(cast.OWNER))[0]


def opened(statement: UUID) -> list[bytes]:
    rows = StatementDocument.objects.filter(statement=statement).select_related("statement").order_by("id")
    sealed = [(row.blob, scans.place_of(row.id, row.statement.organisation)) for row in rows]
    return [scans.from_bytes(content).content for content in unsealing.open_many(sealed)]


def keys() -> int:
    return DataKey.objects.filter(purpose=DataKey.Purpose.STATEMENT).count()


def test_sheet_lies_sealed_under_a_key_of_its_own() -> None:
    statement = recorded(a_new_one())
    row = StatementDocument.objects.get()
    assert b"Zwaluwenburg" not in bytes(row.blob)
    assert DataKey.objects.get(purpose=DataKey.Purpose.STATEMENT).owner == row.id
    assert opened(statement) == [SHEET]


def test_statement_without_a_sheet_has_no_key() -> None:
    recorded(a_new_one(content=b""))
    assert keys() == 0


def ended_by(kind: str, statement: UUID, notification: UUID) -> None:
    by = statements.administrator()
    if kind == "rejection":
        services.reject(statement=statement, reason="unreadable", by=by)
    elif kind == "withdrawal":
        services.withdraw(statement=statement, on=date(2019, 7, 1), by=by)
    elif kind == "retraction":
        gate.correct_statements(statements=[], retracted=[notification], by=cast.actor(cast.OWNER))
    else:
        statements.recorded_earlier(statement, 1000)
        services.lapse_overdue(by=system("consent.lapse"))


@pytest.mark.parametrize("kind", ["rejection", "withdrawal", "retraction", "lapse"])
def test_sheet_and_key_go_with_what_ends_the_statement(kind: str) -> None:
    new = a_new_one()
    ended_by(kind, recorded(new), new.notification)
    outcomes.carry_out()
    assert (StatementDocument.objects.count(), keys()) == (0, 0)


def test_approval_keeps_the_sheet() -> None:
    statement = recorded(a_new_one())
    services.approve(statement=statement, by=statements.administrator())
    outcomes.carry_out()
    assert opened(statement) == [SHEET]


def test_correction_without_a_new_sheet_carries_the_old_one_along() -> None:
    first = a_new_one()
    before = recorded(first)
    corrected = replace(first, answer=replace(first.answer, method="electronic"), scans=())
    gate.correct_statements(statements=[corrected], retracted=[], by=cast.actor(cast.OWNER))
    after = Statement.objects.exclude(pk=before).get()
    assert opened(after.pk) == [SHEET]
    assert keys() == 1


def test_new_sheet_takes_the_place_of_the_old_one_though_nothing_else_changes() -> None:
    first = a_new_one()
    before = recorded(first)
    again = replace(first, scans=(gate.Scan("image/png", b"another sheet"),))
    gate.correct_statements(statements=[again], retracted=[], by=cast.actor(cast.OWNER))
    after = Statement.objects.exclude(pk=before).get()
    assert opened(after.pk) == [b"another sheet"]
    assert keys() == 1


def test_sheet_that_was_added_in_the_form_lies_with_the_statement_of_the_report() -> None:
    writer = Writer()
    writer.complete()
    writer.add_scan("blad.pdf", SHEET)
    assert writer.send().status_code == 302
    statement = Statement.objects.get(notification=Contribution.objects.get().id, purpose=Purpose.REGISTRATION)
    assert opened(statement.pk) == [SHEET]
