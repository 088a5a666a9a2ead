"""Statements on their way through the desk, for the tests of reviewing: checked, asked about, and for two pairs of eyes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from consent import checklist, documents, gate, reminders, reviews, scans
from consent.models import Statement
from consent.scans import Scan
from intake.notifications import later
from safeguards.actors import system
from tests import cast, reported, statements
from tests.statements import GIVEN, administrator, given

Act = Callable[[], object]
WORK = system("tests")
PNG = b"\x89PNG\r\n\x1a\n1"
ALL = tuple(checklist.POINTS)
# Those of a statement on paper that the person signed.
POINTS = [point.value for point in ALL if point != "proof-missing"]
# As its page sends it, of one without a sheet.
APPROVAL = {"checked": POINTS, "without_sheet": "seen-on-paper"}
# So late that a busy machine still shows the page before.
SOON = timedelta(seconds=20)
FOR_TWO = replace(
    GIVEN,
    capacity="adult-represented",
    signer="mentor",
    proof="court-decision",
    representative_independent="independent",
    view_of_person="agrees",
)


def for_two() -> UUID:
    """A statement that two different people have to approve."""
    return given(answer=FOR_TWO)


def with_sheet(statement: UUID) -> UUID:
    """A statement of the owner's, with its sheet."""
    scans.keep(statement=statement, organisation=cast.organisation(cast.SHELTER_TEAM), scans=[Scan("image/png", PNG)])
    return statement


def a_document() -> dict[str, UUID]:
    """A sheet that lies with a statement of the owner's."""
    statement = with_sheet(given())
    return {"document": documents.of_statement(statement)[0]}


def asked(statement: UUID | None = None, reason: str = "scan-unreadable") -> UUID:
    """A statement whose reporter was asked something."""
    statement = statement or given(notification=uuid4())
    reviews.ask_back(statement=statement, reason=reason, by=administrator())
    return statement


def asked_report(reason: str = "scan-unreadable") -> str:
    """The reference of a report of the owner's about which something was asked."""
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    asked(Statement.objects.get().pk, reason)
    return reference


def _approve() -> Act:
    statement, by = given(), administrator()
    return lambda: reviews.approve(statement=statement, checked=ALL, without_sheet="seen-on-paper", by=by)


def _ask_back() -> Act:
    statement, by = given(), administrator()
    return lambda: reviews.ask_back(statement=statement, reason="day-unclear", by=by)


def _reply() -> Act:
    notification, by = uuid4(), cast.actor(cast.OWNER)
    asked(given(notification=notification))
    return lambda: reviews.reply(notification=notification, answer=gate.Reply.AS_IT_STANDS, by=by)


def _reply_to_report() -> Act:
    by, reference = cast.actor(cast.OWNER), asked_report()
    assert by.organisation
    where = by.organisation
    return lambda: later.reply(reference=reference, answer="as-it-stands", organisation=where, by=by)


def _remind() -> Act:
    statements.recorded_earlier(given(), days=8)
    administrator()
    return lambda: reminders.remind(by=WORK)


def _tell() -> Act:
    cast.user(cast.OWNER)
    return lambda: reminders.tell_reporters(organisation=cast.organisation(cast.SHELTER_TEAM), by=WORK)


def _tell_reviewers() -> Act:
    administrator()
    return lambda: reminders.tell_reviewers(by=WORK)


def _mail() -> Act:
    recipient = cast.user(cast.OWNER).id
    return lambda: reminders.mail(recipient=recipient, by=WORK)


ACTS: dict[str, Callable[[], Act]] = {
    "consent.reviews.approve": _approve,
    "consent.reviews.ask_back": _ask_back,
    "consent.reviews.reply": _reply,
    "intake.notifications.later.reply": _reply_to_report,
    "consent.reminders.remind": _remind,
    "consent.reminders.tell_reporters": _tell,
    "consent.reminders.tell_reviewers": _tell_reviewers,
    "consent.reminders.mail": _mail,
}
