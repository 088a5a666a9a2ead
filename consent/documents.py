"""Opens the signed sheet of a statement for its reviewer; each look is in the audit trail before the sheet is on the screen.

It keeps and destroys nothing: scans does. How a browser gets to see it is docs/adr/opening-files.md.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from consent import events, policies, scans
from consent.errors import UnknownDocumentError
from consent.models import Statement, StatementDocument
from consent.scans import Scan
from consent.statements import Method
from consent.workflow import WAITING, State
from safeguards import audit, unsealing
from safeguards.actors import Actor
from safeguards.errors import Erased

OBJECT = "consent.statement"


def of_statement(statement: UUID) -> Sequence[UUID]:
    """The sheets of a statement, the oldest first; which they are says nothing of what stands on them."""
    own = StatementDocument.objects.filter(statement=statement, confirmation=None)
    return list(own.order_by("id").values_list("id", flat=True))


def of_confirmation(confirmation: UUID) -> Sequence[UUID]:
    return list(StatementDocument.objects.filter(confirmation=confirmation).order_by("id").values_list("id", flat=True))


def sheet_lacks(row: Statement) -> bool:
    """Whether it was signed, on paper or electronically, and nothing of that was sent along. One sheet serves all purposes."""
    sheets = StatementDocument.objects.filter(statement__notification=row.notification, confirmation=None)
    return row.method != Method.ORAL and not sheets.exists()


def show(*, document: UUID, by: Actor) -> Scan:
    """Only while its statement or confirmation waits, and never to somebody of the organisation that sent it."""
    with transaction.atomic():
        row = StatementDocument.objects.select_related("statement", "confirmation").filter(pk=document).first()
        if row is None or not _waits(row):
            raise UnknownDocumentError
        policies.check_may_review(by, organisation=row.statement.organisation)
        details: dict[str, audit.Detail] = {"document": str(row.pk)}
        audit.record(events.DOCUMENT_SHOWN, by=by, object_type=OBJECT, object_id=row.statement_id, details=details)
        try:
            content = unsealing.open_sealed(row.blob, scans.place_of(row.pk, row.statement.organisation))
        except Erased:
            raise UnknownDocumentError from None
        return scans.from_bytes(content)


def _waits(row: StatementDocument) -> bool:
    if row.confirmation is None:
        return row.statement.state in WAITING
    return row.confirmation.waits and row.statement.state == State.APPROVED
