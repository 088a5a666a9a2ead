"""What the ledger keeps of the consent to reports, for the copy that their person asks for: codes and days, no sheet is opened.

Statements that another took the place of are in it too: they are kept.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.utils.functional import Promise

from consent.models import Statement, StatementEvent
from consent.statements import (
    LABELS,
    InvalidationReason,
    Method,
    NoConsentReason,
    QuestionReason,
    RejectionReason,
    Reply,
    WithdrawalReason,
)
from consent.workflow import AUDIT_EVENTS, Kind

_REASONS = (RejectionReason, QuestionReason, Reply, WithdrawalReason, InvalidationReason, NoConsentReason)


@dataclass(frozen=True)
class KeptEvent:
    """What happened to a statement; action is its name in the audit trail."""

    kind: str
    day: date
    recorded: datetime
    reason: str

    @property
    def action(self) -> str:
        return AUDIT_EVENTS[Kind(self.kind)]

    @property
    def why(self) -> str | Promise:
        found = next((member for reasons in _REASONS for member in reasons if member.value == self.reason), None)
        return LABELS[found] if found is not None else ""


@dataclass(frozen=True)
class KeptStatement:
    """sheets is how many signed sheets lie sealed with it; method is how consent was given, and so what kind of sheet."""

    id: UUID
    purpose: str
    state: str
    method: str
    signed_on: date | None
    sheets: int
    events: tuple[KeptEvent, ...]

    @property
    def how(self) -> str | Promise:
        return LABELS[Method(self.method)] if self.method in tuple(Method) else ""


def of_reports(notifications: Collection[UUID]) -> Mapping[UUID, tuple[KeptStatement, ...]]:
    """The oldest first; a report that never needed consent is not in it."""
    rows = Statement.objects.filter(notification__in=notifications).annotate(sheets=Count("documents"))
    found: dict[UUID, tuple[KeptStatement, ...]] = {}
    for row in rows.order_by("recorded", "id").prefetch_related("events"):
        found[row.notification] = (*found.get(row.notification, ()), _kept(row, row.sheets))
    return found


def _kept(row: Statement, sheets: int) -> KeptStatement:
    events = sorted(row.events.all(), key=lambda event: event.pk)
    happened = tuple(map(_event, events))
    return KeptStatement(row.pk, row.purpose, row.state, row.method, row.signed_on, sheets, happened)


def _event(event: StatementEvent) -> KeptEvent:
    return KeptEvent(event.kind, event.legal_date, event.recorded, event.reason)
