"""Gives persons of the reference register made-up steps with their days, residence procedures and dismissals, the same at every
run: the publication asks for them and no registration has any. It sends nothing.
"""

import random
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from accounts.reporters import Source
from config.demonstration import register
from config.demonstration.chances import REGIONS, happens, one_of, steps
from config.demonstration.identities import SEED
from config.demonstration.register import ReferencePerson
from intake.codes.characteristics import Characteristics
from intake.codes.lists import B8_STATES, PHASE_CODES
from intake.codes.regions import NETHERLANDS, region_of

# Of the countries that the register's persons come from: who needs no permit to stay.
FREE_TO_MOVE = frozenset({NETHERLANDS, "BG", "CZ", "HU", "LT", "LV", "PL", "RO", "SK"})
STEPS_KNOWN, ROUTE_KNOWN, FIRST_ASYLUM_KNOWN, ASKED_HERE_FIRST, REASON_KNOWN = 60, 60, 80, 75, 80
WITHOUT_DATE, MONTH_ALONE = 5, 8
ASYLUM, DUBLIN = "asylum", "dublin"
WITH_B8 = frozenset({"b8", DUBLIN})
DISMISSAL, PROSECUTION = "dismissal", "prosecution"
REFLECTION = frozenset({"reflection-offered", "reflection-accepted"})


def with_procedure(known: Characteristics, person: ReferencePerson, on: date) -> Characteristics:
    """What is known of the person, and what is made up beside it in a report of this day."""
    draw = random.Random(f"{SEED}:{person.id}:procedure")  # noqa: S311 made-up data has to be the same at every run
    route = _route(draw, known)
    further = [*known.further, *_about_residence(draw, route, known)]
    phases: list[tuple[str, str]] = []
    if happens(draw, STEPS_KNOWN):
        days = _days(draw, person, _never(person, known, route, on))
        phases = [(step, _written(draw, day)) for step, day in days.items() if step]
        if DISMISSAL in days and happens(draw, REASON_KNOWN):
            further.append(("dismissal-reason", one_of(draw, "dismissal-reason", person.form)))
    return replace(known, further=tuple(sorted(further)), phases=tuple(sorted(phases)))


def with_dismissal(known: Characteristics, person: ReferencePerson, on: date) -> Characteristics:
    """As a letter of the OM of this day says it."""
    draw = random.Random(f"{SEED}:{person.id}:dismissal")  # noqa: S311 made-up data has to be the same at every run
    reason = one_of(draw, "dismissal-reason", person.form)
    return replace(known, further=(("dismissal-reason", reason),), phases=((DISMISSAL, on.isoformat()),))


def origin_of(known: Characteristics) -> str:
    """The country of the person's nationality; empty where it is unknown."""
    return next(iter(known.nationalities), "")


def region_of_origin(known: Characteristics) -> str:
    """As routes.csv has it."""
    region = region_of(known.nationalities)
    return region if region in REGIONS else "other"


def _route(draw: random.Random, known: Characteristics) -> str:
    return "free-movement" if origin_of(known) in FREE_TO_MOVE else one_of(draw, "residence-route", region_of_origin(known))


def _about_residence(draw: random.Random, route: str, known: Characteristics) -> Iterator[tuple[str, str]]:
    if not happens(draw, ROUTE_KNOWN):
        return
    yield "residence-route", route
    if route in (ASYLUM, DUBLIN) and happens(draw, FIRST_ASYLUM_KNOWN):
        here = route == ASYLUM and happens(draw, ASKED_HERE_FIRST)
        yield "first-asylum-country", NETHERLANDS if here else one_of(draw, "first-asylum", region_of_origin(known))


def _never(person: ReferencePerson, known: Characteristics, route: str, on: date) -> Collection[str]:
    """Steps that this person did not take, or that others tell of: a dismissal is told by the letter, where there is one."""
    found = {code for code, step in PHASE_CODES.items() if not step.valid(on)}
    if route not in WITH_B8:
        found |= B8_STATES.rows.keys()
    if origin_of(known) == NETHERLANDS:
        found |= REFLECTION
    if any(report.source is Source.OM for report in register.reports_by_person()[person.id]):
        found |= {PROSECUTION, DISMISSAL}
    return found


def _days(draw: random.Random, person: ReferencePerson, never: Collection[str]) -> dict[str, date]:
    """The day of each step that was taken, from the first report on; that day itself is under the empty name."""
    reports = [report for report in register.reports_by_person()[person.id] if report.source is Source.REPORT]
    surely = REFLECTION if any(report.reporter == "ISZW-DO" for report in reports) else frozenset[str]()
    days = {"": min(report.date for report in reports)}
    for step in steps():
        possible = step.after in days and (not step.unless or step.unless not in days) and step.code not in never
        if step.code in surely or (possible and happens(draw, step.percents[person.form])):
            days[step.code] = days[step.after] + timedelta(days=draw.randint(step.least, step.most))
    return days


def _written(draw: random.Random, day: date) -> str:
    """Some days are not known, or only their month."""
    if happens(draw, WITHOUT_DATE):
        return ""
    return f"{day:%Y-%m}" if happens(draw, MONTH_ALONE) else day.isoformat()
