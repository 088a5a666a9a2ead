"""What the ledger keeps of the consent to reports, for the copy that their person asks for: codes and days, no sheet is opened.

Statements that another took the place of are in it too: they are kept.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count
from django.utils.functional import Promise

from consent import ledger
from consent.models import Confirmation, Statement, StatementEvent
from consent.statements import LABELS, Interpreter, Method, Witness, reason_name
from consent.texts import LANGUAGE_NAMES
from consent.workflow import AUDIT_EVENTS, Kind


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
        return reason_name(self.reason)


@dataclass(frozen=True)
class KeptConfirmation:
    """What the person, sixteen by then, said personally, once a reviewer accepted it; the codes are those of a statement."""

    notice_version: str
    language: str
    notice_digest: str
    method: str
    signed_on: date
    interpreter: str
    witness: str

    @property
    def how(self) -> str | Promise:
        return _label(self.method, Method)

    @property
    def text(self) -> str:
        return f"{LANGUAGE_NAMES.get(self.language, self.language)} ({self.notice_version})"

    @property
    def interpreted(self) -> str | Promise:
        return _label(self.interpreter, Interpreter)

    @property
    def heard(self) -> str | Promise:
        return _label(self.witness, Witness)


@dataclass(frozen=True)
class KeptStatement:
    """sheets is how many signed sheets lie sealed with it; method is how consent was given, and so what kind of sheet.

    confirmation is what the person said of it personally, where a representative signed.
    """

    id: UUID
    purpose: str
    state: str
    method: str
    signed_on: date | None
    sheets: int
    events: tuple[KeptEvent, ...]
    confirmation: KeptConfirmation | None = None

    @property
    def how(self) -> str | Promise:
        return _label(self.method, Method)


def of_reports(notifications: Collection[UUID]) -> Mapping[UUID, tuple[KeptStatement, ...]]:
    """The oldest first; a report that never needed consent is not in it."""
    rows = Statement.objects.filter(notification__in=notifications).annotate(sheets=Count("documents"))
    ordered = list(rows.order_by("recorded", "id").prefetch_related("events"))
    confirmed = ledger.confirmed(ordered)
    found: dict[UUID, tuple[KeptStatement, ...]] = {}
    for row in ordered:
        found[row.notification] = (*found.get(row.notification, ()), _kept(row, row.sheets, confirmed.get(row.pk)))
    return found


def _kept(row: Statement, sheets: int, confirmed: Confirmation | None) -> KeptStatement:
    events = sorted(row.events.all(), key=lambda event: event.pk)
    happened = tuple(map(_event, events))
    personally = _confirmation(confirmed) if confirmed else None
    return KeptStatement(row.pk, row.purpose, row.state, row.method, row.signed_on, sheets, happened, personally)


def _confirmation(row: Confirmation) -> KeptConfirmation:
    text = row.notice
    return KeptConfirmation(text.version, text.language, text.digest, row.method, row.signed_on, row.interpreter, row.witness)


def _event(event: StatementEvent) -> KeptEvent:
    return KeptEvent(event.kind, event.legal_date, event.recorded, event.reason)


def _label(code: str, answers: type[StrEnum]) -> str | Promise:
    return LABELS[answers(code)] if code in tuple(answers) else ""
