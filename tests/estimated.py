"""A register whose lists overlap as those of a made-up population do, and estimates from it, for tests of runs and pages."""

import json
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid5

from jobs.services import drain
from reports.figures import services as figures
from reports.figures import storage
from reports.figures.compute import counters_of
from reports.figures.definitions import VERSION
from reports.models import EstimateRun, PersonYear, Progress
from reports.personyears.derive import Counted
from reports.prevalence import services
from reports.prevalence.parameters import Parameters
from tests import cast
from tests.overlaps import drawn

LISTS = ("police", "kmar", "care-coordinators", "other-reporters")
CHANCES = [0.3, 0.2, 0.25, 0.2]
SIZE = 1_000
YEARS = (2015, 2016)
SEXES = ("female", "male")
NAMESPACE = UUID("0b7d1c02-6a55-4e0c-8a63-3f2f3a7c9d10")

Act = Callable[[], object]


@cache
def counted(year: int) -> Sequence[Counted]:
    found = []
    for place, sex in enumerate(SEXES):
        table = drawn(SIZE, CHANCES, {}, year + place)
        for history, number in enumerate(table.counts):
            groups = tuple(code for bit, code in enumerate(LISTS) if history >> bit & 1)
            one = Counted(population="base", groups=groups, sex=sex, exploitation_types=("labour",), form="AU")
            found += [one] * int(number)
    return tuple(found)


def a_register(years: Sequence[int] = YEARS) -> None:
    """In the stored person-years and counters: how contributions come to be those is tested where that is done."""
    if PersonYear.objects.exists():
        return
    every = [(year, one) for year in years for one in counted(year)]
    rows = [(uuid5(NAMESPACE, str(number)), year, one.to_text(), False) for number, (year, one) in enumerate(every)]
    Progress.objects.get_or_create(pk=1, defaults={"definitions": VERSION})
    storage.insert_person_years(rows)
    storage.add_to_counters(counters_of(every))


def wanted(**more: Any) -> Parameters:
    return Parameters(**({"first_year": YEARS[0], "last_year": YEARS[-1], "lists": LISTS} | more))


def asked(**more: Any) -> UUID:
    a_register()
    return services.ask(asked=wanted(**more), by=cast.actor(cast.ANALYST))


def made(**more: Any) -> UUID:
    run = asked(**more)
    drain(["reports"])
    assert EstimateRun.objects.get(id=run).state == "done"
    return run


def a_waiting_run() -> dict[str, Any]:
    return {"run": asked()}


def a_run() -> dict[str, Any]:
    """Made once in a test."""
    there = EstimateRun.objects.filter(state="done").first()
    return {"run": there.id if there else made()}


def as_bytes(held: Any) -> bytes:
    return json.dumps(held).encode()


def exact(run: UUID) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(services.exact_table(run=run, make=as_bytes, by=cast.actor(cast.ANALYST)))
    return found


def _ask() -> Act:
    a_register()
    by = cast.actor(cast.ANALYST)
    return lambda: services.ask(asked=wanted(), by=by)


def _ask_sectors() -> Act:
    a_register()
    by = cast.actor(cast.ANALYST)
    return lambda: services.ask_sectors(asked=wanted(), by=by)


def _cancel() -> Act:
    run, by = asked(), cast.actor(cast.ANALYST)
    return lambda: services.cancel(run=run, by=by)


def _reads(service: Callable[..., object]) -> Act:
    run, by = made(), cast.actor(cast.ANALYST)
    return lambda: service(run=run, by=by)


def _counted_person_years() -> Act:
    from_whom = cast.actor(cast.ANALYST)
    return lambda: figures.counted_person_years(years=YEARS, by=from_whom)


ACTS: dict[str, Callable[[], Act]] = {
    "reports.prevalence.services.ask": _ask,
    "reports.prevalence.services.ask_sectors": _ask_sectors,
    "reports.prevalence.services.cancel": _cancel,
    "reports.prevalence.services.result": lambda: _reads(services.result),
    "reports.prevalence.services.exact_table": lambda: _reads(partial(services.exact_table, make=as_bytes)),
    "reports.prevalence.services.taken": lambda: _reads(partial(services.taken, make=as_bytes)),
    "reports.figures.services.counted_person_years": _counted_person_years,
}
