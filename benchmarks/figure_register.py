"""A made-up register of any size, straight into the tables as linking would leave it: what figures are rebuilt from.

The same number and seed give the same rows. Persons have one report or more, most within a year, as in made-up registers for
linkage; what a report says is drawn from the code lists, with much of what is seldom known left open.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation
from accounts.reporters import ReporterGroup
from benchmarks.populations import Drawn
from benchmarks.registers import DAYS, FIRST_DAY, FURTHER_REPORT
from intake.codes import ages, lists
from intake.codes.characteristics import Characteristics
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.matching import Person, PersonContribution
from safeguards import bulk

AT_ONCE = 20_000
RECORDED = datetime(2020, 1, 1, tzinfo=UTC)
NOON = time(12, tzinfo=UTC)
# Source and group, with the reports of the publication's years as weights; a basis is of police, KMar and ISZW-DO.
SENDERS = Drawn(
    [
        ("report", "police"), ("report", "kmar"), ("report", "iszw-do"), ("report", "care-coordinators"),
        ("report", "fairwork"), ("report", "other-reporters"), ("emm", ""), ("om", ""),
    ],
    [3300, 950, 320, 560, 210, 580, 1700, 90],
)  # fmt: skip
WITH_BASIS = frozenset({"police", "kmar", "iszw-do"})
WITHOUT_BASIS = tuple(group.value for group in ReporterGroup if group not in WITH_BASIS)
TYPES = Drawn(
    [("sexual",), ("labour",), ("criminal",), (), ("labour", "sexual"), ("criminal", "sexual"), ("organ", "sexual")],
    [600, 190, 80, 90, 20, 15, 5],
)
NATIONALITIES = Drawn(
    [("NL",), ("NG",), ("PL",), ("RO",), ("UG",), ("BG",), ("MA", "NL"), ()], [260, 160, 70, 60, 50, 45, 10, 60]
)
COLUMNS = (
    "id", "source", "organisation_id", "group", "other_kind", "unit", "legal_basis", "reference", "date", "recorded", "state",
    "age", "age_band", "characteristics", "schema_version", "needs_linking", "leaving", "without_own_reference", "released",
)  # fmt: skip
# One for so many contributions.
SIGNALS = 20
SIGNAL_COLUMNS = ("id", "year", "quarter", "group", "form", "age_band", "region", "police_region")
# Days from a report to its being recorded, and from there to the review of its consent, on the average.
RECORDED_AFTER, REVIEWED_AFTER = 4, 30


@transaction.atomic
def fill(contributions: int, *, seed: int) -> None:
    """So many contributions and their persons; nothing is counted of them yet."""
    organisation = Organisation.objects.create(name="Everybody who reports here").pk
    draw = random.Random(seed)
    bulk.insert(AnonymousSignal, SIGNAL_COLUMNS, [_signal(draw) for _ in range(contributions // SIGNALS)])
    rows = _rows(draw, organisation)
    wanted = islice(rows, contributions)
    last: UUID | None = None
    while block := list(islice(wanted, AT_ONCE)):
        persons = sorted({person for person, _ in block} - {last})
        last = block[-1][0]
        bulk.insert(Person, ("id", "created"), [(person, RECORDED) for person in persons])
        bulk.insert(Contribution, COLUMNS, [row for _, row in block])
        links = [(row[0], person, row[COLUMNS.index("date")].year) for person, row in block]
        bulk.insert(PersonContribution, ("contribution_id", "person_id", "year"), links)


def _rows(draw: random.Random, organisation: UUID) -> Iterator[tuple[UUID, tuple[Any, ...]]]:
    """Person and row of Contribution, person by person."""
    while True:
        person, age = UUID(int=draw.getrandbits(128)), draw.randint(12, 55)
        known = _person(draw)
        day = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
        yield person, _row(draw, organisation, day, age, known)
        while draw.random() < FURTHER_REPORT:
            yield person, _row(draw, organisation, day + timedelta(days=int(draw.expovariate(1 / 150))), age, known)


def _row(draw: random.Random, organisation: UUID, day: date, age: int, person: dict[str, Any]) -> tuple[Any, ...]:
    source, group = SENDERS.draw(draw)
    unit = draw.choice(lists.POLICE_UNITS.codes) if group == "police" else ""
    stated = age if draw.random() < 0.85 else None
    said = Characteristics(**person, **_said(draw)).to_json()
    number = UUID(int=draw.getrandbits(128))
    recorded = day + _days(draw, RECORDED_AFTER)
    released = recorded + _days(draw, REVIEWED_AFTER) if group and group not in WITH_BASIS else None
    return (
        number, source, organisation, group, "shelter" if group == "other-reporters" else "", unit, group in WITH_BASIS,
        number.hex[:16], day, datetime.combine(recorded, NOON), "accepted", stated, ages.band(stated), said, 2, False, False,
        False, released,
    )  # fmt: skip


def _days(draw: random.Random, mean: int) -> timedelta:
    return timedelta(days=int(draw.expovariate(1 / mean)))


def _signal(draw: random.Random) -> tuple[Any, ...]:
    """As a reporter without a legal basis leaves one."""
    day = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
    drawn = (draw.choice(codes.codes) for codes in (lists.FORMS, lists.AGE_BANDS, lists.REGIONS, lists.POLICE_REGIONS))
    return UUID(int=draw.getrandbits(128)), day.year, (day.month + 2) // 3, draw.choice(WITHOUT_BASIS), *drawn


def _person(draw: random.Random) -> dict[str, Any]:
    sex = draw.choices(["female", "male", ""], [70, 25, 5])[0]
    nationalities = NATIONALITIES.draw(draw) if draw.random() < 0.7 else (draw.choice(lists.COUNTRIES.codes),)
    return {"sex": sex, "nationalities": nationalities, "exploitation_types": TYPES.draw(draw)}


def _said(draw: random.Random) -> dict[str, Any]:
    """What each report about a person says by itself."""
    found: dict[str, Any] = {
        "prostitution_sectors": _some(draw, lists.PROSTITUTION_SECTORS, 0.4),
        "labour_sectors": _some(draw, lists.LABOUR_SECTORS, 0.15),
        "criminal_kinds": _some(draw, lists.CRIMINAL_KINDS, 0.08),
        "platforms": _some(draw, lists.PLATFORMS, 0.3),
        "exploitation_places": _some(draw, lists.EXPLOITATION_PLACES, 0.5),
        "exploitation_countries": _some(draw, lists.COUNTRIES, 0.2),
        "municipality_of_exploitation": "".join(_some(draw, lists.MUNICIPALITIES, 0.5)),
        "further": tuple(
            (question, draw.choice(lists.FURTHER_QUESTIONS[question].codes))
            for question in ("investigative-leads", "technology-control", "technology-role")
            if draw.random() < 0.3
        ),
    }
    if draw.random() < 0.5:
        found["phases"] = (("signalled", f"20{draw.randint(15, 19)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"),)
    return found


def _some(draw: random.Random, codes: lists.CodeList, share: float) -> tuple[str, ...]:
    return (draw.choice(codes.codes),) if draw.random() < share else ()
