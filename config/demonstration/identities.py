"""Gives every person of the reference register a made-up identity, the same at every run. No value describes anybody.

BSN are drawn from the 9999 range that test persons use, and V-numbers likewise start with 9999.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from config.demonstration import register
from config.demonstration.register import ReferencePerson
from intake.notifications.inputs import Identity, PartialDate

SEED = "baken-demonstration-1"
PREFIXES = ("van den ", "van der ", "van ", "de ", "'t ")
# What a woman's family name ends in where the language marks it.
FEMININE_ENDINGS = {"poland": (("ski", "ska"), ("cki", "cka")), "bulgaria": (("ov", "ova"), ("ev", "eva"))}
SHARE_WITH_SECOND_NAME = 0.35
SHARE_WITH_NUMBER = 0.5
SEXES = ("female", "male")


@dataclass(frozen=True)
class MadeUpPerson:
    """The true identity and nationality of one person of the register; country is empty where unknown."""

    identity: Identity
    country: str


@cache
def people() -> dict[str, MadeUpPerson]:
    """Person id to identity, for all persons. Full names are unique within a pool of names."""
    draw = random.Random(SEED)  # noqa: S311 made-up data has to be the same at every run
    names = {pool: _full_names(pool, draw) for pool in _pools()}
    turn: dict[str, int] = {}
    made: dict[str, MadeUpPerson] = {}
    for number, person in enumerate(register.persons()):
        choices = register.countries()[person.nationality]
        turn[person.nationality] = turn.get(person.nationality, 0) + 1
        country = choices[turn[person.nationality] % len(choices)]
        sex = person.sex if person.sex in SEXES else draw.choice(SEXES)
        given, family = next(names[country.name_pool][sex])
        made[person.id] = MadeUpPerson(_identity(person, number, draw, (given, family), country), country.code)
    return made


def _identity(
    person: ReferencePerson, number: int, draw: random.Random, name: tuple[tuple[str, ...], str], country: register.Country
) -> Identity:
    given, family = name
    prefix = next((p for p in PREFIXES if family.startswith(p)), "")
    with_number = draw.random() < SHARE_WITH_NUMBER
    return Identity(
        given_names=given,
        prefix=prefix.strip(),
        family_name=family.removeprefix(prefix),
        birth=_birth(person, draw),
        bsn=_bsn(number) if with_number and country.code == "NL" else "",
        v_number=f"9999{number:06d}" if with_number and country.code not in ("NL", "") else "",
    )


def _birth(person: ReferencePerson, draw: random.Random) -> PartialDate:
    """A day on which the person has the register's age at every one of the person's dates."""
    if person.age is None:
        return PartialDate()
    days = [report.date for report in register.reports_by_person()[person.id]]
    latest = _years_before(min(days), person.age)
    earliest = _years_before(max(days), person.age + 1) + timedelta(days=1)
    day = earliest + timedelta(days=draw.randrange((latest - earliest).days + 1))
    if (day.month, day.day) == (2, 29):
        day = day + timedelta(days=1) if day < latest else day - timedelta(days=1)
    return PartialDate(day.year, day.month, day.day)


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)


def _full_names(pool: str, draw: random.Random) -> dict[str, Iterator[tuple[tuple[str, ...], str]]]:
    names = _pools()[pool]
    return {sex: iter(_names_of(names[sex], names["family"], draw, FEMININE_ENDINGS.get(pool, ()), sex)) for sex in SEXES}


def _names_of(
    given: list[str], families: list[str], draw: random.Random, endings: tuple[tuple[str, str], ...], sex: str
) -> list[tuple[tuple[str, ...], str]]:
    pairs = [(first, _family(family, endings, sex)) for first in given for family in families]
    draw.shuffle(pairs)
    return [(_with_second_name(first, given, draw), family) for first, family in pairs]


def _with_second_name(first: str, given: list[str], draw: random.Random) -> tuple[str, ...]:
    second = draw.choice(given)
    return (first, second) if draw.random() < SHARE_WITH_SECOND_NAME and second != first else (first,)


def _family(family: str, endings: tuple[tuple[str, str], ...], sex: str) -> str:
    if sex == "female":
        for ending, feminine in endings:
            if family.endswith(ending):
                return family.removesuffix(ending) + feminine
    return family


def _bsn(number: int) -> str:
    """The number-th nine digits of the 9999 range that pass the eleven-test."""
    return _test_numbers()[number % len(_test_numbers())]


@cache
def _test_numbers() -> tuple[str, ...]:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    candidates = (f"9999{tail:05d}" for tail in range(100_000))
    return tuple(c for c in candidates if sum(int(d) * w for d, w in zip(c, weights, strict=True)) % 11 == 0)


@cache
def _pools() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = json.loads((register.DATA / "names.json").read_text(encoding="utf-8"))
    return loaded
