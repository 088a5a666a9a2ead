"""What the desk does beside deciding: approving after the checklist, asking the reporter, and the reporter's reply.

The decisions themselves are in services. Asking leaves the clock of lapse running: a question is no way to keep a statement.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reporters import Purpose
from consent import documents, ledger, policies, reminders, selectors, services
from consent.bases import CAPACITIES
from consent.checklist import points
from consent.errors import NoSheetError, UncheckedError, UnknownReasonError, UnknownStatementError
from consent.ledger import Step
from consent.models import Statement
from consent.statements import Capacity, QuestionReason, RejectionReason, Reply, WithoutSheet
from consent.workflow import Kind, State
from safeguards.actors import Actor


def approve(*, statement: UUID, checked: Collection[str], without_sheet: str = "", by: Actor) -> State:
    """After every point was looked at. What was signed and not sent along needs a word on how that is known."""
    with transaction.atomic():
        row = ledger.locked([statement])[0]
        policies.check_may_review(by, organisation=row.organisation)
        if set(points_of(row)) - set(checked):
            raise UncheckedError
        lacks = documents.sheet_lacks(row)
        if lacks and without_sheet not in tuple(WithoutSheet):
            raise NoSheetError
        return services.approve(statement=statement, remark=without_sheet if lacks else "", by=by)


def ask_back(*, statement: UUID, reason: str, by: Actor) -> None:
    """The reporter is asked; approvals by a first reviewer count no more, since the answer may change what was approved."""
    if reason not in tuple(QuestionReason):
        raise UnknownReasonError
    with transaction.atomic():
        row = ledger.locked([statement])[0]
        policies.check_may_review(by, organisation=row.organisation)
        ledger.decide([row], Step(Kind.ASKED_BACK, timezone.localdate(), reason), by)
        reminders.ask_to_tell(row.organisation)


def reply(*, notification: UUID, answer: str, by: Actor) -> None:
    """The reporter answers without correcting anything. Who may was checked by the caller, who holds the report."""
    if answer not in tuple(Reply):
        raise UnknownReasonError
    with transaction.atomic():
        found = ledger.locked_standing([notification])
        asked = [row for row in found.values() if row.state == State.ASKED_BACK]
        row = min(asked, key=selectors.order_of_questions, default=found[notification, Purpose.REGISTRATION])
        ledger.decide([row], Step(Kind.ANSWERED, timezone.localdate(), answer), by)


def points_of(row: Statement) -> tuple[RejectionReason, ...]:
    if row.signed_on is None:
        raise UnknownStatementError
    capacity = CAPACITIES.find(Capacity(row.capacity), row.signed_on)
    return tuple(points(proof=capacity.proof, method=row.method))
