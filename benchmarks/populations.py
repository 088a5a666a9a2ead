"""The names, places and nationalities that made-up persons are drawn from: one file per nationality in benchmarks/names.

Lists are in order of frequency. A name is written `Name=nickname/nickname~other spelling/other spelling`. Nothing here is
taken from, or shown to, the linkage engine: its tables know other nicknames and spellings than these.
"""

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

FOLDER = Path(__file__).parent / "names"
LISTS = ("places", "female", "male", "family")
# A list names the common values only. Counting from this rank on makes the commonest as common as in a longer list.
RANK_OF_THE_FIRST = 3
WEIGHTS = {
    "NL": 266, "NG": 170, "PL": 62, "RO": 54, "UG": 51, "BG": 40, "GN": 26, "HU": 23, "SL": 24, "VN": 18, "GM": 16, "PH": 16,
    "ER": 24, "SY": 22, "CN": 26, "GH": 20, "SO": 14, "MA": 16, "AL": 16, "AF": 8, "ET": 10, "TR": 8, "SR": 8, "UA": 10,
    "BR": 18, "IN": 12,
}  # fmt: skip
# Dutch persons whose names are from elsewhere: share of the population with Dutch nationality.
DUTCH_NAMED_FROM = {"NL": 74, "MA": 9, "TR": 7, "SR": 8, "SO": 2}

Value = TypeVar("Value")


@dataclass(frozen=True)
class Name:
    text: str
    nicknames: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


class Drawn(Generic[Value]):
    """Values with weights, drawn with one random number."""

    def __init__(self, values: Sequence[Value], weights: Sequence[float]) -> None:
        self.values = tuple(values)
        self._bounds = list(accumulate(weights))
        self._total = self._bounds[-1]

    def draw(self, draw: random.Random) -> Value:
        return self.values[bisect(self._bounds, draw.random() * self._total)]


@dataclass(frozen=True)
class Population:
    """One nationality: what it is called, and the names and places its people have."""

    code: str
    nationality: tuple[str, ...]
    style: str
    second_given_name: float
    double_surname: float
    first_of_january: float
    places: Drawn[Name]
    female: Drawn[Name]
    male: Drawn[Name]
    family: Drawn[Name]

    def given(self, sex: str, draw: random.Random) -> Name:
        return (self.male if sex == "M" else self.female).draw(draw)


@cache
def populations() -> dict[str, Population]:
    return {code: _read(code) for code in WEIGHTS}


@cache
def nationalities() -> Drawn[str]:
    return Drawn(tuple(WEIGHTS), tuple(WEIGHTS.values()))


@cache
def names_of_the_dutch() -> Drawn[str]:
    return Drawn(tuple(DUTCH_NAMED_FROM), tuple(DUTCH_NAMED_FROM.values()))


def _read(code: str) -> Population:
    fields: dict[str, str] = {}
    heading = ""
    for line in (FOLDER / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        head, colon, rest = line.partition(":")
        if colon:
            heading, line = head, rest
        fields[heading] = fields.get(heading, "") + line
    of_given, of_family = (float(part) for part in fields["skew"].split())
    slopes = {"places": 1.0, "female": of_given, "male": of_given, "family": of_family}
    return Population(
        code=code,
        nationality=tuple(part.strip() for part in fields["nationality"].split(",")),
        style=fields["style"].strip(),
        second_given_name=float(fields["second"]),
        double_surname=float(fields["double"]),
        first_of_january=float(fields["first_of_january"]),
        **{heading: _drawn(fields[heading], slopes[heading]) for heading in LISTS},
    )


def _drawn(line: str, slope: float) -> Drawn[Name]:
    names = {name.text: name for name in map(_name, line.split(","))}
    weights = [(rank + RANK_OF_THE_FIRST) ** -slope for rank in range(len(names))]
    return Drawn(tuple(names.values()), weights)


def _name(entry: str) -> Name:
    start, _, spellings = entry.strip().partition("~")
    text, _, nicknames = start.partition("=")
    return Name(text, _parts(nicknames, text), _parts(spellings, text))


def _parts(joined: str, text: str) -> tuple[str, ...]:
    return tuple(part for part in joined.split("/") if part and part != text)
