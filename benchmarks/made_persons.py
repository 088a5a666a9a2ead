"""True persons of a made-up register, with twins, brothers and sisters, namesakes and couples among them. Nobody is real."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.populations import Drawn, Name, Population, names_of_the_dutch, nationalities, populations

AGE_WEIGHTS = (
    *(8, 12, 18, 23, 22, 23, 57), *(26, 31, 43, 46, 81, 23, 25, 38, 36, 35, 41, 65), *(9, 11, 17, 18, 18, 17, 23, 16, 18, 32),
    *(4, 4, 8, 8, 11, 6, 9, 8, 8, 5, 5, 4, 1, 1, 1),
)  # fmt: skip
AGES = Drawn(range(11, 55), AGE_WEIGHTS)
YEAR_OF_AGE = 2017
# Share of the persons who are like the person before them. Couples are like each other in the family name only.
LOOK_ALIKES = {"twin": 0.012, "sibling": 0.125, "namesake": 0.015, "couple": 0.020}


@dataclass(frozen=True)
class Person:
    """One true person. Born is (year, month, day); code is the nationality, population whose names the person has."""

    number: int
    code: str
    population: Population
    sex: str
    given: tuple[Name, ...]
    family: tuple[Name, ...]
    born: tuple[int, int, int]
    place: Name
    v_number: str
    bsn: str
    like: str = ""


def made_persons(persons: int, draw: random.Random) -> Iterator[Person]:
    """So many persons, one after the other; a person with `like` resembles the one just before."""
    numbers = _Numbers(draw)
    before = None
    for number in range(persons):
        like = _kind(draw) if before else ""
        person = LIKE[like](before, draw) if before and like else _person(draw)
        v_number, bsn = numbers.drawn(person.code)
        before = replace(person, number=number, like=like, v_number=v_number, bsn=bsn)
        yield before


def _kind(draw: random.Random) -> str:
    chance = draw.random()
    for kind, share in LOOK_ALIKES.items():
        chance -= share
        if chance < 0:
            return kind
    return ""


class _Numbers:
    """V-numbers and BSNs that no other person of this register has."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._used: set[int] = set()

    def drawn(self, code: str) -> tuple[str, str]:
        """V-number and BSN of a person with this nationality, either of which may be empty."""
        dutch = code == "NL"
        bsn = self._bsn() if self._draw.random() < (0.95 if dutch else 0.12) else ""
        has_v_number = not dutch and self._draw.random() < 0.62
        return str(self._fresh(2_600_000_000)) if has_v_number else "", bsn

    def _fresh(self, start: int) -> int:
        while (number := start + self._draw.randrange(250_000_000)) in self._used:
            continue
        self._used.add(number)
        return number

    def _bsn(self) -> str:
        while True:
            eight = f"{self._draw.randrange(10_000_000, 29_999_999)}"
            last = sum(int(digit) * weight for digit, weight in zip(eight, range(9, 1, -1), strict=True)) % 11
            if last < 10 and int(eight) not in self._used:
                self._used.add(int(eight))
                return f"{eight}{last}"


def passes_eleven_test(bsn: str) -> bool:
    """Nine digits of which 9, 8, ... 2 and -1 times the digits add up to a multiple of eleven."""
    if len(bsn) != 9 or not bsn.isdecimal():
        return False
    weights = (*range(9, 1, -1), -1)
    return sum(int(digit) * weight for digit, weight in zip(bsn, weights, strict=True)) % 11 == 0


def _person(draw: random.Random) -> Person:
    code = nationalities().draw(draw)
    population = populations()[names_of_the_dutch().draw(draw) if code == "NL" else code]
    sex = "O" if draw.random() < 0.008 else "V" if draw.random() < 0.67 else "M"
    return Person(
        number=0,
        code=code,
        population=population,
        sex=sex,
        given=_given(population, sex, draw),
        family=_family(population, sex, draw),
        born=_born(population, draw),
        place=populations()[code].places.draw(draw),
        v_number="",
        bsn="",
    )


def _given(population: Population, sex: str, draw: random.Random) -> tuple[Name, ...]:
    first = population.given(sex, draw)
    if draw.random() >= population.second_given_name:
        return (first,)
    second = population.given(sex, draw)
    return (first, second) if second != first else (first,)


def _family(population: Population, sex: str, draw: random.Random) -> tuple[Name, ...]:
    first = for_sex(population.family.draw(draw), population, sex)
    if draw.random() >= population.double_surname:
        return (first,)
    second = for_sex(population.family.draw(draw), population, sex)
    return (first, second) if second != first else (first,)


FEMININE = {
    "PL": (("ski", "ska"), ("cki", "cka"), ("zki", "zka"), ("zny", "zna")),
    "BG": (("v", "va"),),
    "UA": (("ov", "ova"),),
}


def for_sex(name: Name, population: Population, sex: str) -> Name:
    """The family name as a woman bears it, where the language makes a difference."""
    endings = FEMININE.get(population.code, ()) if sex == "V" else ()
    if not any(name.text.endswith(ending) for ending, _ in endings):
        return name
    return Name(_feminine(name.text, endings), (), (*(_feminine(text, endings) for text in name.spellings), name.text))


def _feminine(text: str, endings: tuple[tuple[str, str], ...]) -> str:
    for masculine, feminine in endings:
        if text.endswith(masculine):
            return text.removesuffix(masculine) + feminine
    return text


def _born(population: Population, draw: random.Random) -> tuple[int, int, int]:
    year = YEAR_OF_AGE - AGES.draw(draw) + draw.randint(-2, 2)
    if draw.random() < population.first_of_january:
        return year, 1, 1
    return year, draw.randint(1, 12), draw.randint(1, 28) if draw.random() < 0.93 else 29 if year % 4 == 0 else 28


def _twin(other: Person, draw: random.Random) -> Person:
    sex = other.sex if draw.random() < 0.7 else "M" if other.sex == "V" else "V"
    return replace(_same_parents(other, sex, draw), born=other.born, place=other.place)


def _sibling(other: Person, draw: random.Random) -> Person:
    sex = other.sex if draw.random() < 0.6 else "M" if other.sex == "V" else "V"
    year, _, _ = other.born
    _, month, day = _born(other.population, draw)
    born = (year + draw.choice((-6, -5, -4, -3, -2, -2, -1, 1, 2, 2, 3, 4, 5, 6)), month, day)
    place = other.place if draw.random() < 0.7 else populations()[other.code].places.draw(draw)
    return replace(_same_parents(other, sex, draw), born=born, place=place)


def _same_parents(other: Person, sex: str, draw: random.Random) -> Person:
    given = _given(other.population, sex, draw)
    while given[0].text == other.given[0].text:
        given = _given(other.population, sex, draw)
    family = other.family if sex == other.sex else tuple(_of_other_sex(name, other.population, sex) for name in other.family)
    return replace(other, sex=sex, given=given, family=family)


def _of_other_sex(name: Name, population: Population, sex: str) -> Name:
    """The masculine form is the last spelling of a feminine one."""
    endings = FEMININE.get(population.code, ())
    if sex == "V":
        return for_sex(name, population, sex)
    feminine = name.spellings and _feminine(name.spellings[-1], endings) == name.text
    return Name(name.spellings[-1], (), name.spellings[:-1]) if feminine else name


def _namesake(other: Person, draw: random.Random) -> Person:
    year, month, day = _born(other.population, draw)
    if draw.random() < 0.2:
        year = other.born[0]
    if (year, month, day) == other.born:
        day = day % 28 + 1
    second = _given(other.population, other.sex, draw)[1:]
    given = (other.given[0], *(name for name in second if name != other.given[0]))
    return replace(other, given=given, born=(year, month, day), place=populations()[other.code].places.draw(draw))


def _couple(other: Person, draw: random.Random) -> Person:
    sex = "M" if other.sex == "V" else "V"
    _, month, day = _born(other.population, draw)
    near = other.born[0] + draw.randint(-5, 5)
    return replace(_same_parents(other, sex, draw), born=(near, month, day), place=populations()[other.code].places.draw(draw))


LIKE = {"twin": _twin, "sibling": _sibling, "namesake": _namesake, "couple": _couple}
