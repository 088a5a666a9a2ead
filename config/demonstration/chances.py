"""Reads the chances by which the demonstration makes up what no registration has. They rest on no source (data/made_up)."""

import csv
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from config.demonstration.register import DATA

FOLDER = DATA / "made_up"
# What the columns of a file are: forms of exploitation, or regions of origin.
FORMS = ("BL-SU", "GO-SU", "AU", "CU", "unknown")
REGIONS = ("africa", "asia", "europe", "latin-america", "other")


@dataclass(frozen=True)
class Step:
    """percents, by form: of those who took the step before it (after; empty for all) and not unless. Days are since after."""

    code: str
    after: str
    unless: str
    least: int
    most: int
    percents: Mapping[str, int]


def one_of(draw: random.Random, question: str, column: str) -> str:
    """An answer to the question, by the weights of this form or region."""
    codes, weights = _weights()[question, column]
    return draw.choices(codes, weights)[0]


def happens(draw: random.Random, percent: int) -> bool:
    return draw.random() * 100 < percent


@cache
def places() -> Mapping[str, Mapping[str, int]]:
    """Percent that was exploited there, by place and form; several places can be one person's."""
    return {row["place"]: _by_form(row) for row in _rows("places.csv")}


@cache
def steps() -> tuple[Step, ...]:
    """In an order in which a step stands behind the one that it follows on."""
    return tuple(
        Step(row["step"], row["after"], row["unless"], int(row["least"]), int(row["most"]), _by_form(row))
        for row in _rows("steps.csv")
    )


@cache
def _weights() -> Mapping[tuple[str, str], tuple[list[str], list[int]]]:
    found: dict[tuple[str, str], tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
    for name, columns in (("answers.csv", FORMS), ("routes.csv", REGIONS)):
        for row in _rows(name):
            for column in columns:
                codes, weights = found[row["question"], column]
                codes.append(row["answer"])
                weights.append(int(row[column]))
    return dict(found)


def _by_form(row: Mapping[str, str]) -> Mapping[str, int]:
    return {form: int(row[form]) for form in FORMS}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
