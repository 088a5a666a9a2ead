"""Reports for which a guardian signed and whose person is sixteen by now, and confirmations of that, for the tests."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from consent import confirmations, gate, services
from consent.models import Statement
from consent.scans import Scan
from intake import outcomes
from intake.models.contribution import Contribution
from intake.notifications import later
from intake.notifications.inputs import PartialDate
from tests import cast, reported, reviewed
from tests.statements import administrator

Act = Callable[[], object]
BORN = PartialDate(2008, 2, 10)
CONFIRMED = date(2024, 5, 2)
SAID = gate.ConfirmationInput("written", gate.CURRENT_NOTICE, "nl", CONFIRMED)
SHEET = Scan("image/png", reviewed.PNG)
BY_GUARDIAN = {"capacity": "under-sixteen", "signer": "guardian", "representative_independent": "independent"}
# What its page sends.
SENT = {"answer": "yes", "method": "written", "language": "nl", "signed_on": "02-05-2024", "interpreter": "", "witness": ""}


def turned(birth: PartialDate = BORN, **said: Any) -> str:
    """A report of the owner's for which a guardian signed, approved and released; its reference."""
    answer, person = reported.answer(**BY_GUARDIAN, **said), reported.person(v_number="", birth=birth)
    reference = reported.sent(reported.report_with_consent(consent=answer, identity=person), by=cast.OWNER)
    services.approve(statement=statement_of(reference), by=administrator())
    outcomes.carry_out()
    return reference


def this_year() -> PartialDate:
    """Somebody of whom nothing but the year is known, and who turns sixteen in the course of this one."""
    return PartialDate(timezone.localdate().year - 16)


def contribution_of(reference: str) -> UUID:
    return Contribution.objects.get(reference=reference).id


def statement_of(reference: str) -> UUID:
    return Statement.objects.get(notification=contribution_of(reference), purpose="registration").pk


def sent(reference: str = "", *, said: gate.ConfirmationInput = SAID, sheets: tuple[Scan, ...] = (SHEET,)) -> UUID:
    """The statement of a report of which a confirmation waits."""
    reference = reference or turned()
    by, notification = cast.actor(cast.OWNER), contribution_of(reference)
    confirmations.send(notification=notification, said=said, sheets=sheets, by=by)
    return statement_of(reference)


def a_confirmation() -> dict[str, Any]:
    return {"statement": sent()}


def _send() -> Act:
    notification, by = contribution_of(turned()), cast.actor(cast.OWNER)
    return lambda: confirmations.send(notification=notification, said=SAID, sheets=(SHEET,), by=by)


def _confirm() -> Act:
    reference, by = turned(), cast.actor(cast.OWNER)
    where = cast.organisation(cast.SHELTER_TEAM)
    return lambda: later.confirm(reference=reference, said=SAID, sheets=(), organisation=where, by=by)


def _accept() -> Act:
    statement, by = sent(), administrator()
    return lambda: confirmations.accept(statement=statement, checked=reviewed.POINTS, by=by)


def _refuse() -> Act:
    statement, by = sent(), administrator()
    return lambda: confirmations.refuse(statement=statement, reason="not-signed", by=by)


ACTS: dict[str, Callable[[], Act]] = {
    "consent.confirmations.send": _send,
    "consent.confirmations.accept": _accept,
    "consent.confirmations.refuse": _refuse,
    "intake.notifications.later.confirm": _confirm,
}
# They only read, and leave no entry.
READS = {"consent.confirmations.waiting", "consent.confirmations.waiting_one"}
