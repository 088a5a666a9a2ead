"""Gives persons of the reference register made-up answers about technology, meeting place, demand, money and places, the same
at every run: the publication asks for them and no registration has any. Steps and procedures are made up in procedures.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from config.demonstration.chances import happens, one_of, places
from config.demonstration.identities import SEED
from config.demonstration.procedures import FREE_TO_MOVE, origin_of, region_of_origin
from config.demonstration.register import ReferencePerson
from intake.codes.characteristics import Characteristics
from intake.codes.regions import NETHERLANDS

# Percent of a year's persons of whom a question is answered: it is asked ever more often.
ANSWERED: Mapping[int, int] = {2015: 20, 2016: 30, 2017: 40, 2018: 55, 2019: 65}
MET_AT_SEVERAL, COUNTRIES_KNOWN, ORGAN_REMOVAL_KNOWN = 15, 80, 70
NO_ROLE, NO_CONTROL, OFFLINE = "none", "none", "offline"
IN_THE_NETHERLANDS, OF_ORIGIN, ON_THE_WAY = "netherlands", "country-of-origin", "on-the-way"


def with_circumstances(known: Characteristics, person: ReferencePerson) -> Characteristics:
    """What is known of the person, and what is made up beside it."""
    draw = random.Random(f"{SEED}:{person.id}:circumstances")  # noqa: S311 made-up data has to be the same at every run
    percent = ANSWERED[person.year]
    role = one_of(draw, "technology-role", person.form)
    found: dict[str, Any] = {}
    if happens(draw, percent):
        found["platforms"] = _platforms(draw, person.form, role)
    if happens(draw, percent):
        found |= _where(draw, person.form, known)
    if "organ" in person.types and happens(draw, ORGAN_REMOVAL_KNOWN):
        found["organ_removal"] = one_of(draw, "organ-removal", person.form)
    further = [answer for answer in _answers(draw, person.form, role) if happens(draw, percent)]
    return replace(known, **found, further=tuple(sorted((*known.further, *further))))


def _answers(draw: random.Random, form: str, role: str) -> Iterator[tuple[str, str]]:
    yield "technology-role", role
    yield "technology-control", NO_CONTROL if role == NO_ROLE else one_of(draw, "technology-control", form)
    for question in ("demand-channel", "money-flow", "investigative-leads"):
        yield question, one_of(draw, question, form)


def _platforms(draw: random.Random, form: str, role: str) -> tuple[str, ...]:
    if role == NO_ROLE:
        return (OFFLINE,)
    met = [one_of(draw, "platforms", form) for _ in range(1 + happens(draw, MET_AT_SEVERAL))]
    return tuple(sorted(set(met)))


def _where(draw: random.Random, form: str, known: Characteristics) -> dict[str, tuple[str, ...]]:
    """Places, and mostly their countries. Who has a Dutch municipality of exploitation was exploited in the Netherlands too."""
    origin = origin_of(known)
    impossible = {OF_ORIGIN} if origin in ("", NETHERLANDS) else set()
    if origin in FREE_TO_MOVE:
        impossible.add(ON_THE_WAY)
    found = {place for place, percents in places().items() if happens(draw, percents[form])} - impossible
    if known.municipality_of_exploitation or not found:
        found.add(IN_THE_NETHERLANDS)
    there = tuple(sorted(found))
    countries = {_country(draw, place, known) for place in there}
    where = {"exploitation_places": there}
    return where | {"exploitation_countries": tuple(sorted(countries))} if happens(draw, COUNTRIES_KNOWN) else where


def _country(draw: random.Random, place: str, known: Characteristics) -> str:
    if place == IN_THE_NETHERLANDS:
        return NETHERLANDS
    return origin_of(known) if place == OF_ORIGIN else one_of(draw, place, region_of_origin(known))
