"""Every periodic task in one table: name, how often, which kind of work. It runs nothing; jobs.schedule records each slot."""

from datetime import timedelta

from jobs import registry
from jobs.registry import Periodic

DAY = timedelta(days=1)
MORNING = timedelta(hours=6)
NIGHT = timedelta(hours=1)  # One o'clock UTC: two or three o'clock at night in the Netherlands.

TABLE: tuple[Periodic, ...] = (
    Periodic("statements lapsed", every=DAY, kind="consent.lapse", offset=NIGHT),
    Periodic("terms of consent ended", every=DAY, kind="consent.end-terms", offset=NIGHT),
    Periodic("people reminded", every=7 * DAY, kind="consent.remind", offset=MORNING),
    Periodic("drafts, looks and searches expired", every=timedelta(hours=1), kind="intake.expire"),
    Periodic("retention carried out", every=DAY, kind="intake.retention", offset=NIGHT),
    Periodic("uploads expired", every=timedelta(hours=1), kind="intake.expire-uploads"),
    Periodic("visitors' data expired", every=timedelta(minutes=15), kind="intake.visitors"),
    Periodic("outcomes carried out", every=timedelta(minutes=15), kind="intake.outcomes"),
    Periodic("watched folder read", every=timedelta(minutes=1), kind="intake.watch"),
    Periodic("reports linked", every=timedelta(minutes=15), kind="intake.link"),
    Periodic("links proved", every=DAY, kind="intake.prove", offset=NIGHT),
    Periodic("figures compared", every=DAY, kind="reports.rebuild", offset=NIGHT),
    Periodic("figures delivered", every=DAY, kind="reports.deliver-due", offset=MORNING),
    Periodic("extracts expired", every=timedelta(hours=1), kind="reports.expire-extracts"),
    Periodic("keys rotated", every=DAY, kind="safeguards.rotate", offset=NIGHT),
    Periodic("audit trail marked", every=timedelta(minutes=10), kind="safeguards.checkpoint"),
    Periodic("systems tidied up", every=timedelta(hours=1), kind="accounts.forget"),
    Periodic("figures refreshed", every=timedelta(minutes=15), kind="reports.refresh"),
)


def register() -> None:
    for row in TABLE:
        registry.periodic(row.task, every=row.every, kind=row.kind, offset=row.offset)
