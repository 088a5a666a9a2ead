"""Estimates of who was not seen: asked for by an analyst, made by jobs a step at a time, cancelled, and read.

What was counted is stored with what was asked and the version of the programme; each step is stored with the job for the next,
so that work that is killed anywhere goes on from there. It never changes the register.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from secrets import token_bytes
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from intake import facts
from intake.errors import GoneMeanwhileError
from jobs import services as jobs
from reports import events
from reports.estimation.answer import VICTIMS
from reports.estimation.histories import BadTableError
from reports.figures import services as figures
from reports.models import EstimateRun
from reports.personyears.derive import Counted
from reports.prevalence import errors, overlaps, parameters, protecting, sectors, steps
from reports.prevalence.errors import EstimateError, UnknownRunError
from reports.prevalence.parameters import Parameters
from reports.prevalence.policies import check_may_estimate
from reports.prevalence.steps import Work
from reports.releases import services as releases
from reports.releases.services import Kind as LedgerKind
from reports.releases.services import Leaving, Purpose
from safeguards import audit, fields
from safeguards.actors import Actor, system
from safeguards.fields import Kind

JOB = "reports.estimate"
WORKER = system("estimates")

State = EstimateRun.State
Effect = Callable[[], None]
Rows = Sequence[tuple[int, Counted, int]]


@dataclass(frozen=True)
class Making:
    """How a kind of run is counted from person-years, and made in steps."""

    count: Callable[[Rows, Parameters], dict[str, Any]]
    plan: Callable[[Work], Sequence[object]]
    carry_out: Callable[[Work], Any]
    assembled: Callable[[Work], dict[str, Any]]


def ask(*, asked: Parameters, by: Actor) -> UUID:
    """Count the overlap as the register is now, and have jobs estimate from it. Raises EstimateError."""
    check_may_estimate(by)
    parameters.check(asked, figures.years_of_register())
    return _asked(EstimateRun.Kind.POPULATION, asked, by)


def ask_sectors(*, asked: Parameters, by: Actor) -> UUID:
    """Count sectors as the register is now, and have jobs impute those unknown. Lists and search do not matter to it."""
    check_may_estimate(by)
    parameters.check_period(asked, figures.years_of_register())
    return _asked(EstimateRun.Kind.SECTORS, asked, by)


def _asked(kind: EstimateRun.Kind, asked: Parameters, by: Actor) -> UUID:
    with transaction.atomic():
        counted = figures.counted_person_years(years=asked.years, by=by)
        inputs, identifier = MAKING[kind].count(counted.rows, asked), uuid4()
        row = EstimateRun.objects.create(
            id=identifier,
            kind=kind,
            asked_by=by.id,
            code=settings.BAKEN_VERSION,
            as_of=counted.as_of,
            sequence=counted.sequence,
            parameters=asked.to_json(),
            inputs=inputs,
            seed=fields.seal_secret(_seed().hex(), Kind.EDITION, row=_row_of(identifier)),
            total=len(MAKING[kind].plan(Work(asked, inputs))),
        )
        _use(row.id, asked.years, by)
        jobs.record(JOB, row.id)
        _audit(events.ESTIMATE_ASKED, row.id, by)
    return row.id


def _use(run: UUID, years: range, by: Actor) -> None:
    """So that a withdrawal finds what was counted, once something of it is taken along."""
    try:
        facts.record_use(release=run, contributions=facts.linked_ids(years=years), by=by, left=False)
    except GoneMeanwhileError:
        raise errors.register_changes() from None


def cancel(*, run: UUID, by: Actor) -> None:
    """What is done of it is dropped; what was asked and by whom stays. Raises EstimateError, UnknownRunError."""
    check_may_estimate(by)
    with transaction.atomic():
        row = _found(EstimateRun.objects.select_for_update().filter(id=run))
        if row.state != State.RUNNING:
            raise errors.over()
        row.state, row.partial, row.finished = State.CANCELLED, [], timezone.now()
        row.save(update_fields=["state", "partial", "finished"])
        _audit(events.ESTIMATE_CANCELLED, run, by)


def next_step(run: UUID) -> Effect:
    """Works out the next step of this run, changing nothing; the effect stores it. Of one that is over, nothing."""
    row = EstimateRun.objects.filter(id=run, state=State.RUNNING).first()
    if row is None:
        return _nothing
    return partial(_store, run, row.done, _making(row).carry_out(_work(row)))


def result(*, run: UUID, by: Actor) -> dict[str, Any]:
    """The result of a run that is done; each look is in the audit trail. Raises EstimateError, UnknownRunError."""
    return _read(run, by, events.ESTIMATE_READ).result or {}


def taken(*, run: UUID, make: Callable[[dict[str, Any]], bytes], by: Actor) -> bytes:
    """What make writes of the result, to be taken along: it stands in the ledger of what left."""
    with transaction.atomic():
        content = make(result(run=run, by=by))
        _leaves(run, "estimate", f"rounded to base {protecting.BASE_OF_ROUNDING}", content, by)
    return content


def exact_table(*, run: UUID, make: Callable[[dict[str, Any]], bytes], by: Actor) -> bytes:
    """The overlap of the whole period, exact, in what manage.py estimate_population reads; in the trail and in the ledger."""
    with transaction.atomic():
        inputs = _read(run, by, events.ESTIMATE_TABLE_READ).inputs
        if "parts" not in inputs:
            raise UnknownRunError
        whole = inputs["parts"][0]
        content = make({"about": VICTIMS, "lists": whole["lists"], "counts": whole["counts"]})
        _leaves(run, "exact overlap of lists", releases.UNPROTECTED, content, by)
    return content


def _leaves(run: UUID, what: str, protection: str, content: bytes, by: Actor) -> None:
    leaving = Leaving(
        release=run,
        kind=LedgerKind.TABLES,
        what=what,
        recipient=by.id,
        purpose=Purpose.OWN_ANALYSIS,
        protection=protection,
        digest=hashlib.sha256(content).hexdigest(),
    )
    releases.record_release(leaving=leaving, by=by)
    facts.record_left(release=run, by=by)


def _read(run: UUID, by: Actor, event: str) -> EstimateRun:
    check_may_estimate(by)
    with transaction.atomic():
        row = _found(EstimateRun.objects.filter(id=run))
        if row.state != State.DONE:
            raise errors.not_done()
        _audit(event, run, by)
    return row


def _counted(rows: Rows, asked: Parameters) -> dict[str, Any]:
    try:
        return overlaps.counted(rows, asked)
    except BadTableError as error:
        raise EstimateError("table", str(error)) from None


def _sectors(rows: Rows, asked: Parameters) -> dict[str, Any]:
    return overlaps.sectors(rows)


def _making(row: EstimateRun) -> Making:
    return MAKING[EstimateRun.Kind(row.kind)]


def _store(run: UUID, step: int, found: Any) -> None:
    with transaction.atomic():
        row = EstimateRun.objects.select_for_update().filter(id=run, state=State.RUNNING, done=step).first()
        if row is None:
            return
        row.partial.append(found)
        row.done += 1
        if row.done < row.total:
            jobs.record(JOB, run)
        else:
            _finish(row)
        row.save(update_fields=["partial", "done", "state", "result", "finished"])


def _finish(row: EstimateRun) -> None:
    row.result = _making(row).assembled(_work(row))
    if row.kind == EstimateRun.Kind.POPULATION:
        row.result |= {"overlap": protecting.shown(row.inputs["parts"], _seed_of(row))}
    row.state, row.partial, row.finished = State.DONE, [], timezone.now()
    _audit(events.ESTIMATE_MADE, row.id, WORKER)


def _work(row: EstimateRun) -> Work:
    return Work(Parameters.from_json(row.parameters), row.inputs, row.partial)


def _seed() -> bytes:
    """One for all runs, so that equal counts are rounded the same way in each."""
    last = EstimateRun.objects.order_by("asked", "id").first()
    return _seed_of(last) if last else token_bytes(32)


def _seed_of(row: EstimateRun) -> bytes:
    return bytes.fromhex(fields.open_secret(row.seed, Kind.EDITION, row=_row_of(row.id)))


def _row_of(run: UUID) -> str:
    return f"{run} estimate seed"


def _found(rows: Iterable[EstimateRun]) -> EstimateRun:
    for row in rows:
        return row
    raise UnknownRunError


def _audit(event: str, run: UUID, by: Actor) -> None:
    audit.record(event, by=by, object_type="estimate", object_id=run)


def _nothing() -> None:
    """For a run that was cancelled, or is done."""


MAKING = {
    EstimateRun.Kind.POPULATION: Making(_counted, steps.plan, steps.carry_out, steps.assembled),
    EstimateRun.Kind.SECTORS: Making(_sectors, sectors.plan, sectors.carry_out, sectors.assembled),
}
