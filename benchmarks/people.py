"""Made-up persons and how reporters write them down, with the truth: to develop and measure linkage. Resembles no register.

Errors are drawn independently of the engine's tables: typing errors, other spellings, initials, missing and swapped parts of
dates, 1 January, other nationality, names in each other's box, twins and namesakes.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from intake.linkage.engine import Details

CONSONANTS = (*"bdfghjklmnprstvwz", "ch", "sh", "dj", "kr", "tr", "st", "nd", "mb", "ng")
VOWELS = (*"aeiou", "aa", "ou", "ie", "ei")
COUNTRIES = ("NL", "NG", "PL", "RO", "BG", "HU", "SL", "GN", "ER", "VN", "SY", "UG")
SPELLINGS = (("ou", "u"), ("ie", "i"), ("dj", "j"), ("ch", "sh"), ("k", "c"), ("w", "v"), ("ei", "ij"), ("aa", "a"))


@dataclass(frozen=True)
class Reported:
    """One report: how the person was written down, and who it truly was."""

    id: UUID
    person: str
    details: Details


@dataclass(frozen=True)
class Rates:
    """How often a report that is not the first of its person has each difference."""

    typing_error: float = 0.10
    other_spelling: float = 0.08
    initial: float = 0.05
    no_given_name: float = 0.02
    swapped_names: float = 0.02
    one_given_name_less: float = 0.20
    no_day: float = 0.06
    year_only: float = 0.06
    no_date: float = 0.06
    swapped_day_and_month: float = 0.03
    first_of_january: float = 0.05
    wrong_day: float = 0.03
    no_sex: float = 0.15
    no_nationality: float = 0.15
    wrong_nationality: float = 0.02
    number_missing: float = 0.7


Change = Callable[[Details, random.Random], Details]


def reported_persons(persons: int, *, seed: str, rates: Rates = Rates()) -> list[Reported]:
    """So many persons with one to five reports each, in a random order, the same for the same seed."""
    draw = random.Random(seed)
    pools = {country: (_names(draw, 80), _names(draw, 150)) for country in COUNTRIES}
    reports = [
        (f"person {number}", details) for number in range(persons) for details in _reports(_person(draw, pools), draw, rates)
    ]
    draw.shuffle(reports)
    return [Reported(UUID(int=number), person, details) for number, (person, details) in enumerate(reports, start=1)]


def look_alikes() -> list[Reported]:
    """Twins, namesakes, brothers and sisters, a boat of people born on 1 January: each report is another person."""
    people = list(_look_alikes())
    return [Reported(UUID(int=10_000_000 + number), f"look-alike {number}", details) for number, details in enumerate(people)]


def _look_alikes() -> Iterator[Details]:
    born = {"year": 1999, "month": 6, "day": 14, "sex": "female", "nationalities": ("SL",)}
    for given in ("Hawa", "Isatu", "Hawanatu", "Adama", "Isata"):
        yield Details(given_names=(given,), family_name="Kargbo", **born)
    for given in (("Mary", "Jane"), ("Mary", "Ann")):
        yield Details(given_names=given, family_name="Turay", **born)
    for day, month in ((3, 2), (4, 2), (3, 11), (21, 9)):
        yield Details(given_names=("Anna",), family_name="Nowak", year=1997, month=month, day=day, nationalities=("PL",))
    for given in ("Tesfay", "Filmon", "Yonas", "Robel", "Merhawi", "Samuel", "Natnael", "Henok"):
        yield Details(given_names=(given,), family_name="Haile", year=2001, month=1, day=1, sex="male", nationalities=("ER",))
    for number in ("123456782", "111222333"):
        yield Details(given_names=("Sanne",), family_name="de Vries", year=1995, month=8, day=30, bsn=number)
    for _ in range(2):
        yield Details(given_names=("Maria",), family_name="Ionescu", nationalities=("RO",))


def _person(draw: random.Random, pools: dict[str, tuple[list[str], list[str]]]) -> Details:
    country = draw.choices(COUNTRIES, weights=range(len(COUNTRIES), 0, -1))[0]
    given, family = pools[country]
    age = min(69, 12 + int(draw.expovariate(1 / 14)))
    return Details(
        given_names=tuple(draw.sample(given, draw.choices((1, 2), (3, 1))[0])),
        prefix=draw.choice(("", "", "van", "van der", "de")) if country == "NL" else "",
        family_name=" ".join(draw.sample(family, draw.choices((1, 2), (9, 1))[0])),
        year=2018 - age,
        month=draw.randint(1, 12),
        day=draw.randint(1, 28),
        sex=draw.choices(("female", "male"), (3, 2))[0],
        nationalities=(country,),
        v_number=str(draw.randrange(10**9, 10**10)) if country != "NL" else "",
    )


def _reports(person: Details, draw: random.Random, rates: Rates) -> Iterator[Details]:
    for number in range(draw.choices((1, 2, 3, 4, 5), (60, 22, 10, 5, 3))[0]):
        written = replace(person, v_number="") if draw.random() < rates.number_missing else person
        yield _changed(written, draw, rates) if number else written


def _changed(details: Details, draw: random.Random, rates: Rates) -> Details:
    for name, change in CHANGES.items():
        if draw.random() < getattr(rates, name):
            details = change(details, draw)
    return details


def _names(draw: random.Random, number: int) -> list[str]:
    return sorted({_name(draw) for _ in range(number)})


def _name(draw: random.Random) -> str:
    syllables = (draw.choice(CONSONANTS) + draw.choice(VOWELS) for _ in range(draw.choice((2, 2, 3))))
    return ("".join(syllables) + draw.choice(("", "", "n", "s", "l", "r"))).capitalize()


def _typing_error(details: Details, draw: random.Random) -> Details:
    name = details.family_name
    place = draw.randrange(1, len(name) - 1)
    errors = (
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        name[:place] + draw.choice("aeinrst") + name[place + 1 :],
        name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
    )
    return replace(details, family_name=draw.choice(errors))


def _other_spelling(details: Details, draw: random.Random) -> Details:
    usual, other = draw.choice(SPELLINGS)
    return replace(
        details,
        family_name=details.family_name.replace(usual, other),
        given_names=tuple(name.replace(usual, other) for name in details.given_names),
    )


def _wrong_day(details: Details, draw: random.Random) -> Details:
    return replace(details, day=draw.randint(1, 28)) if details.day else details


CHANGES: dict[str, Change] = {
    "typing_error": _typing_error,
    "other_spelling": _other_spelling,
    "initial": lambda details, _: replace(details, given_names=(details.given_names[0][0] + ".",)),
    "one_given_name_less": lambda details, _: replace(details, given_names=details.given_names[:1]),
    "swapped_names": lambda details, _: replace(
        details, given_names=(details.family_name,), family_name=details.given_names[0], prefix=""
    ),
    "no_given_name": lambda details, _: replace(details, given_names=()),
    "wrong_day": _wrong_day,
    "swapped_day_and_month": lambda details, _: (
        replace(details, day=details.month, month=details.day) if (details.day or 13) <= 12 else details
    ),
    "first_of_january": lambda details, _: replace(details, day=1, month=1),
    "no_day": lambda details, _: replace(details, day=None),
    "year_only": lambda details, _: replace(details, day=None, month=None),
    "no_date": lambda details, _: replace(details, year=None, month=None, day=None),
    "no_sex": lambda details, _: replace(details, sex=""),
    "no_nationality": lambda details, _: replace(details, nationalities=()),
    "wrong_nationality": lambda details, draw: replace(details, nationalities=(draw.choice(COUNTRIES),)),
}
