"""Files of reports on their way in, for the tests: uploaded by the officer's organisation, through the services only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from intake.batches import columns, selectors, services
from intake.batches.selectors import BatchView
from intake.notifications.inputs import NotificationInput, PartialDate
from jobs import services as jobs
from safeguards.actors import Actor
from tests import cast, reported

FIRST_NAMES = ("Anna", "Bilal", "Carmen", "Dragan", "Elena", "Fatou", "Goran", "Hoa", "Irina", "Joao")


def reports(count: int, *, prefix: str = "zaak") -> list[NotificationInput]:
    """Of as many people who do not look alike."""
    return [_report(number, f"{prefix} {number}") for number in range(count)]


def _report(number: int, reference: str) -> NotificationInput:
    name = "".join("BDFGHKLMNP"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{number:04}")
    identity = reported.person(
        given_names=(FIRST_NAMES[number % 10],),
        family_name=name,
        birth=PartialDate(1960 + number % 40, 1 + number % 12, 1 + number % 28),
        v_number="",
        own_reference=reference,
    )
    return reported.report(identity=identity, date=date(2018 + number % 2, 1 + number % 12, 5))


def changed(report: NotificationInput, **changes: Any) -> NotificationInput:
    return replace(report, identity=replace(report.identity, **changes))


def received(content: bytes, by: Actor | None = None, *, trial: bool = False) -> UUID:
    by = by or cast.actor(cast.OFFICER)
    assert by.organisation is not None
    return services.receive(parts=[content], organisation=by.organisation, trial=trial, by=by)


def checked(rows: Sequence[NotificationInput] | bytes, by: Actor | None = None) -> UUID:
    by = by or cast.actor(cast.OFFICER)
    batch = received(rows if isinstance(rows, bytes) else columns.write_csv(rows), by)
    services.check(batch=batch, by=by)
    return batch


def stored(rows: Sequence[NotificationInput] | bytes, by: Actor | None = None) -> UUID:
    by = by or cast.actor(cast.OFFICER)
    batch = checked(rows, by)
    services.confirm(batch=batch, leave_out_errors=True, by=by)
    jobs.drain(("files",))
    return batch


def view(batch: UUID) -> BatchView:
    by = cast.actor(cast.OFFICER)
    assert by.organisation is not None
    return selectors.batch(batch=batch, organisation=by.organisation, by=by)


def a_batch() -> dict[str, Any]:
    return {"batch": checked(reports(1))}
