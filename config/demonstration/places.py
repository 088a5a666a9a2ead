"""Gives persons of the reference register a made-up municipality, the same at every run. The publication names none.

Where a police unit reported somebody it is often in the region of that unit, since the places are drawn so; the register
itself never takes a unit for a place.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from config.demonstration import register
from config.demonstration.identities import SEED
from config.demonstration.register import ReferenceReport
from intake.codes import lists


@dataclass(frozen=True)
class Chances:
    """That it is known where somebody was exploited or lives; that it happened in the region of the unit that reported it."""

    exploitation_known: float = 0.55
    residence_known: float = 0.35
    in_the_region: float = 0.7
    lives_there: float = 0.6


CHANCES = Chances()


def municipalities_of(person: str, reports: Sequence[ReferenceReport]) -> Iterator[tuple[str, str]]:
    """Of exploitation and of residence, by the name of the characteristic; those that are known."""
    draw = random.Random(f"{SEED}:{person}:municipality")  # noqa: S311 made-up data has to be the same at every run
    exploited = _drawn(draw, _region(reports) if draw.random() < CHANCES.in_the_region else "")
    lives = exploited if draw.random() < CHANCES.lives_there else _drawn(draw, "")
    if draw.random() < CHANCES.exploitation_known:
        yield "municipality_of_exploitation", exploited
    if draw.random() < CHANCES.residence_known:
        yield "municipality_of_residence", lives


def _region(reports: Sequence[ReferenceReport]) -> str:
    """Of the first police report; empty where there is none, or the national unit's."""
    unit = next((report.unit for report in reports if report.unit and report.reporter == "police"), "")
    code = lists.POLICE_UNITS.by_label(unit)
    return code if code in lists.POLICE_REGIONS else ""


def _drawn(draw: random.Random, region: str) -> str:
    codes, weights = _weights(region)
    return draw.choices(codes, weights)[0]


@cache
def _weights(region: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Municipalities of a region, of all where it is empty, with their weights."""
    rows = register.municipalities().items()
    codes, weights = zip(
        *((code, weight) for code, weight in rows if region in ("", lists.MUNICIPALITIES.get(code).region)), strict=True
    )
    return codes, weights
