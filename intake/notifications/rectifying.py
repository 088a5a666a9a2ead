"""Puts right what a report says of the person or the circumstances, at the person's own request; the report is linked anew.

It decides nothing of the request, and opens nothing: who calls it holds what stood there before.
"""

from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.reporters import Source
from accounts.roles import Permission
from consent import gate
from intake import events
from intake.codes.characteristics import Characteristics
from intake.errors import UnknownReportError
from intake.models.contribution import Contribution
from intake.notifications import cleaning, consents, history, rules, storing
from intake.notifications.inputs import Attachment, Identity, NotificationInput
from intake.notifications.policies import Reporter
from intake.notifications.rules import Invalid
from intake.notifications.services import LINK_JOB
from intake.notifications.storing import Entry
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

Files = tuple[Attachment, ...]


def rectify(*, contribution: UUID, identity: Identity, files: Files, by: Actor) -> None:
    """Another identity under a new key, with the same files; by the rules of a first report. Raises Invalid."""
    permissions.require(by, Permission.HANDLE_RIGHTS)
    with transaction.atomic():
        row = _locked(contribution)
        wanted = cleaning.clean(
            NotificationInput(row.date, identity, Characteristics.from_json(row.characteristics), None, row.age_band, files)
        )
        if problems := tuple(rules.identity_problems(wanted.identity, row.date, _basis(row))):
            raise Invalid(problems)
        history.keep([row.id], history.Change.CORRECTED, by, person_replaced=True)
        storing.replace([_entry(row, wanted)], _reporter(row))
        _recorded(row, by, "person")


def rectify_codes(*, contribution: UUID, characteristics: Characteristics, by: Actor) -> None:
    """Other circumstances for the same person. Raises Invalid."""
    permissions.require(by, Permission.HANDLE_RIGHTS)
    with transaction.atomic():
        row = _locked(contribution)
        cleaned = cleaning.clean_characteristics(characteristics)
        wanted = NotificationInput(row.date, Identity(), cleaned, age_band=row.age_band)
        if problems := tuple(rules.coded_problems(wanted, _reporter(row))):
            raise Invalid(problems)
        history.keep([row.id], history.Change.CORRECTED, by, person_replaced=False)
        storing.replace_codes(row.id, cleaned, row.age_band)
        _recorded(row, by, "circumstances")


def _locked(contribution: UUID) -> Contribution:
    row = Contribution.objects.select_for_update(no_key=True).filter(id=contribution, leaving=False).first()
    if row is None:
        raise UnknownReportError
    return row


def _reporter(row: Contribution) -> Reporter:
    """In whose name it came in, as it was then: the organisation may be closed by now."""
    return Reporter(row.organisation_id, Source(row.source), row.group, row.other_kind, row.unit)


def _basis(row: Contribution) -> gate.Basis:
    kept = gate.standing_statements([row.id]).get(row.id) if not row.legal_basis else None
    return consents.basis_of(_reporter(row), row.date, consents.answer_of(kept) if kept else None)


def _entry(row: Contribution, wanted: NotificationInput) -> Entry:
    """What the reporter sent stays known by its digests: the same file again does not bring the old person back."""
    return Entry(
        contribution=row.id,
        notification=wanted,
        legal_basis=row.legal_basis,
        held=row.state == Contribution.State.HELD,
        own_reference_digest=_bytes(row.own_reference_digest),
        row_digest=_bytes(row.row_digest),
        correction_digest=_bytes(row.correction_digest),
        without_own_reference=row.without_own_reference,
    )


def _recorded(row: Contribution, by: Actor, what: str) -> None:
    details: dict[str, audit.Detail] = {"what": what}
    audit.record(events.NOTIFICATION_RECTIFIED, by=by, object_type="contribution", object_id=row.id, details=details)
    if row.state == Contribution.State.ACCEPTED:
        jobs.record(LINK_JOB, key=LINK_JOB)


def _bytes(column: bytes | memoryview | None) -> bytes | None:
    return bytes(column) if column else None
