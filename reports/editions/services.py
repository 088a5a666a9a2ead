"""Publishes and withdraws editions, and opens the exact ones for who may. What was frozen it never changes."""

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from intake import facts
from reports import events
from reports.editions import auditing, errors, reading
from reports.editions.errors import EditionError, UnknownEditionError
from reports.editions.policies import check_may_publish, check_may_see_exact, check_may_withdraw
from reports.editions.printed import from_bytes
from reports.editions.protecting import listed
from reports.editions.revisions import Axis, CellPlace, Revised, Why
from reports.editions.workflow import EVENTS, State, possible, state_of
from reports.figures.tables import Table
from reports.models import Edition, EditionStep, Freeze
from reports.releases import services as releases
from reports.releases.services import EVERYBODY, Kind, Leaving, Purpose
from safeguards import audit
from safeguards.actors import Actor

LONGEST_REASON = 400


def publish(*, edition: UUID, reason: str, by: Actor) -> None:
    """The one published before is superseded by it, for the same reason.

    Refused, with the reason in the ledger of releases, where an input is here no more, or where the attack finds that it tells
    of somebody, alone or together with what was published before.
    """
    try:
        with transaction.atomic():
            _publish(_locked(edition), reason, by)
    except EditionError as error:
        if error.code in errors.KEPT_IN_LEDGER:
            releases.record_refusal(leaving=_leaving(_found(edition)), reason=str(error), by=by)
        raise


def _publish(row: Edition, reason: str, by: Actor) -> None:
    check_may_publish(by, frozen_by=row.frozen_by)
    before = reading.newest_published()
    if before is not None and not reason.strip():
        raise errors.reason_missing()
    # First: a withdrawal at this moment has done all that it does, or waits for this.
    facts.record_left(release=row.id, by=by)
    if gone := row.inputs - reading.number_of_inputs(row.id):
        raise errors.inputs_gone(gone)
    if possible(state_of(_steps(row)), State.PUBLISHED):
        auditing.check(row)
    _step(row, State.PUBLISHED, reason, by)
    if before is not None and possible(state_of(_steps(before)), State.SUPERSEDED):
        _step(before, State.SUPERSEDED, reason, by)
    releases.record_release(leaving=_leaving(row), by=by)
    auditing.ask_again()


def _leaving(row: Edition) -> Leaving:
    """Its uses were recorded when it was frozen, under its own id, and that they left just now."""
    return Leaving(
        release=row.id,
        kind=Kind.EDITION,
        what=row.name,
        recipient=EVERYBODY,
        purpose=Purpose.PUBLICATION,
        protection=f"{row.method}, base {row.base}",
        parameters={"edition": row.number, "first_year": row.first_year, "last_year": row.last_year},
        digest=hashlib.sha256(bytes(row.protected)).hexdigest(),
    )


def withdraw(*, edition: UUID, reason: str, by: Actor) -> None:
    """Nobody but who makes editions reads its figures any more; that it was there stays in the list, with the reason."""
    check_may_withdraw(by)
    if not reason.strip():
        raise errors.reason_missing()
    with transaction.atomic():
        _step(_locked(edition), State.WITHDRAWN, reason, by)


def exact_tables(*, edition: UUID, by: Actor) -> Mapping[str, Table]:
    """The exact figures as they were frozen; each look is in the audit trail."""
    check_may_see_exact(by)
    with transaction.atomic():
        row = _found(edition)
        audit.record(events.EDITION_READ_EXACT, by=by, object_type="edition", object_id=row.id)
        tables = from_bytes(reading.open_exact(row)).tables
    return {identifier: listed(table) for identifier, table in tables.items()}


def exact_revision(*, edition: UUID, by: Actor) -> tuple[Revised, ...]:
    """What changed since the edition before it, exact and with reasons; each look is in the audit trail."""
    check_may_see_exact(by)
    with transaction.atomic():
        row = _found(edition)
        audit.record(events.EDITION_READ_EXACT, by=by, object_type="edition", object_id=row.id)
        stored = json.loads(reading.open_revision(row)) if row.revision else []
    return tuple(
        Revised(CellPlace(figure, code, Axis(axis), column), was, now, {Why(why): effect for why, effect in reasons.items()})
        for figure, code, axis, column, was, now, reasons in stored
    )


def _step(row: Edition, step: State, reason: str, by: Actor) -> None:
    if not possible(state_of(_steps(row)), step):
        raise errors.step_not_possible()
    EditionStep.objects.create(edition=row, kind=step, by=by.id, reason=reason.strip()[:LONGEST_REASON])
    audit.record(EVENTS[step], by=by, object_type="edition", object_id=row.id, details={"name": row.name})


def _steps(row: Edition) -> list[str]:
    return list(EditionStep.objects.filter(edition=row).values_list("kind", flat=True))


def _locked(edition: UUID) -> Edition:
    """The freeze is locked for it, which can be: steps of one edition are taken one after the other."""
    Freeze.objects.select_for_update().filter(id=edition).first()
    return _found(edition)


def _found(edition: UUID) -> Edition:
    row: Edition | None = Edition.objects.filter(id=edition).first()
    if row is None:
        raise UnknownEditionError
    return row
