"""Consent's background work, each ten lines at most: an id in, one service called."""

from uuid import UUID

from consent import reminders, services, terms, withdrawals
from jobs import registry
from jobs import services as jobs
from safeguards.actors import system

LAPSE = "consent.lapse"
END_TERMS = "consent.end-terms"
REMIND = "consent.remind"


@registry.handler(LAPSE, queue="files")
def lapse(_: str) -> None:
    """One chunk; if more is overdue, the work is recorded again."""
    if services.lapse_overdue(by=system(LAPSE)) == services.LAPSE_CHUNK:
        jobs.record(LAPSE)


@registry.handler(END_TERMS, queue="files")
def end_terms(_: str) -> None:
    """As lapse, for what was approved for a term."""
    if terms.end_terms(by=system(END_TERMS)) == terms.CHUNK:
        jobs.record(END_TERMS)


@registry.handler(REMIND, queue="files")
def remind(_: str) -> None:
    reminders.remind(by=system(REMIND))


@registry.handler(reminders.TELL_REVIEWERS, queue="files")
def tell_reviewers(_: str) -> None:
    reminders.tell_reviewers(by=system(reminders.TELL_REVIEWERS))


@registry.handler(reminders.TELL_REPORTERS, queue="files")
def tell_reporters(identifier: str) -> None:
    reminders.tell_reporters(organisation=UUID(identifier), by=system(reminders.TELL_REPORTERS))


@registry.handler(reminders.MAIL, queue="files")
def mail_reminder(identifier: str) -> None:
    reminders.mail(recipient=UUID(identifier), by=system(reminders.MAIL))


@registry.handler(withdrawals.JOB, queue="files")
def withdraw_asked(identifier: str) -> None:
    withdrawals.carry_out_asked(request=UUID(identifier), by=system(withdrawals.JOB))
