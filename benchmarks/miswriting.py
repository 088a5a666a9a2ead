"""How a reporter writes a person down: each error with its name and its share, so that recall by error can be measured."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.error_shares import (
    GROUPS,
    LISTED_ALIAS,
    LISTED_WORK_NAME,
    NEAR_ANONYMOUS,
    NOBODY,
    PREFIXES,
    SHORT,
    TAKEN_FOR,
    UNNAMED,
)
from benchmarks.made_persons import Person
from benchmarks.populations import Name, populations
from benchmarks.respelling import in_script, mistyped, plain, respelt


@dataclass(slots=True)
class Written:
    """What stands on one report, and the names of the errors made on it."""

    given: list[str]
    family: str
    born: tuple[int, int, int]
    nationality: str
    place: str
    estimated: bool = False
    aliases: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """The person, what only some reporters know of them, and the random numbers."""

    person: Person
    married_name: str
    work_name: str
    draw: random.Random

    @property
    def style(self) -> str:
        return self.person.population.style


Error = Callable[[Written, Case], bool]


def written(case: Case, carelessness: float, language: str) -> Written:
    """One report. Carelessness multiplies every error's share; language is that of the nationality's name: nl or en."""
    person, draw = case.person, case.draw
    form = Written(
        given=[name.text for name in person.given],
        family=_joined(person.family, draw),
        born=person.born,
        nationality=_nationality(person.code, language, draw),
        place=person.place.text,
    )
    if person.born[1:] == (1, 1):
        form.estimated = draw.random() < 0.4
    if draw.random() < LISTED_ALIAS:
        form.aliases.append(_called(person.given[0], draw) or case.work_name)
    elif draw.random() < LISTED_WORK_NAME:
        form.aliases.append(case.work_name)
    if draw.random() < NEAR_ANONYMOUS * carelessness:
        return _near_anonymous(form, draw)
    whole = _apply("whole", form, case, carelessness)
    groups = ("date", "nationality", "place") if whole else ("given", "family", "date", "nationality", "place")
    for group in groups:
        _apply(group, form, case, carelessness)
    return form


def _apply(group: str, form: Written, case: Case, carelessness: float) -> bool:
    chance = case.draw.random() / carelessness
    for kind, share in GROUPS[group].items():
        chance -= share
        if chance < 0:
            made = ERRORS[group][kind](form, case)
            if made and kind not in UNNAMED:
                form.errors.append(kind)
            return made
    return False


def _joined(family: tuple[Name, ...], draw: random.Random) -> str:
    if len(family) == 1:
        return family[0].text
    return ("-" if draw.random() < 0.3 else " ").join(name.text for name in family)


def _nationality(code: str, language: str, draw: random.Random) -> str:
    """Files give Dutch name, Dutch adjective, English name, English adjective, code, official name, Dutch for one of them."""
    dutch, dutch_adjective, english, english_adjective, short, official, other = populations()[code].nationality
    chance = draw.random()
    if chance < 0.08:
        return short if chance < 0.04 else official if chance < 0.05 else other
    if language == "en":
        return english if chance < 0.7 else english_adjective
    return dutch if chance < 0.7 else dutch_adjective


def _near_anonymous(form: Written, draw: random.Random) -> Written:
    known_as = form.given[0] if draw.random() < 0.5 else draw.choice(NOBODY)
    form.given, form.family, form.place = [known_as] if known_as else [], draw.choice(NOBODY), ""
    form.aliases = []
    form.born = (form.born[0], 0, 0) if draw.random() < 0.4 else (0, 0, 0)
    form.errors.append("near_anonymous")
    return form


def _swapped(form: Written, case: Case) -> bool:
    form.given, form.family = [form.family], " ".join(form.given)
    return True


def _script(form: Written, case: Case) -> bool:
    given, family = (in_script(text, case.style) for text in (" ".join(form.given), form.family))
    if given.isascii():
        return False
    form.given, form.family = [given], family
    return True


def _work_name(form: Written, case: Case) -> bool:
    if case.draw.random() < 0.35:
        form.aliases.append(form.given[0])
    form.given = [case.work_name]
    if case.draw.random() < 0.3:
        form.family = ""
    return True


def _nickname(form: Written, case: Case) -> bool:
    short = _called(case.person.given[0], case.draw)
    if short in ("", form.given[0]):
        return False
    if case.draw.random() < 0.1:
        form.aliases.append(short)
        return False
    form.given = [short]
    return True


def _called(name: Name, draw: random.Random) -> str:
    """Mostly a nickname that begins otherwise, as Gosia for Małgorzata; the first letters where the lists know none."""
    if not name.nicknames:
        return plain(name.text)[: draw.choice((3, 4))] if draw.random() < 0.5 else ""
    unlike = [nickname for nickname in name.nicknames if nickname[:2] != name.text[:2]]
    return draw.choice(unlike if unlike and draw.random() < 0.8 else name.nicknames)


def _other_spelling(name: Name, case: Case) -> str:
    if name.spellings and case.draw.random() < 0.6:
        return case.draw.choice(name.spellings)
    return respelt(name.text, case.style, case.draw)


def _given_spelling(form: Written, case: Case) -> bool:
    form.given[0] = _other_spelling(case.person.given[0], case)
    return True


def _family_spelling(form: Written, case: Case) -> bool:
    family = case.person.family
    form.family = " ".join((_other_spelling(family[0], case), *(name.text for name in family[1:])))
    return True


def _given_typing(form: Written, case: Case) -> bool:
    form.given[0] = mistyped(form.given[0], case.draw)
    return True


def _family_typing(form: Written, case: Case) -> bool:
    form.family = mistyped(form.family, case.draw)
    return True


def _initial(form: Written, case: Case) -> bool:
    dot = "." if case.draw.random() < 0.8 else ""
    form.given = ["".join(plain(name)[0] + dot for name in form.given)]
    return True


def _no_given(form: Written, case: Case) -> bool:
    form.given = []
    return True


def _no_family(form: Written, case: Case) -> bool:
    if not form.given:
        return False
    form.family = ""
    return True


def _one_given_name(form: Written, case: Case) -> bool:
    parts = " ".join(form.given).split()
    if len(parts) < 2:
        return False
    form.given = [parts[0] if case.draw.random() < 0.7 else parts[-1]]
    return True


def _compound(form: Written, case: Case) -> bool:
    if len(form.given) < 2:
        return False
    form.given = [case.draw.choice(("-", "")).join(form.given)]
    return True


def _prefix(form: Written, case: Case) -> bool:
    prefix = next((prefix for prefix in PREFIXES if form.family.startswith(prefix)), "")
    if not prefix or not form.given:
        return False
    name, chance = form.family.removeprefix(prefix), case.draw.random()
    if chance < 0.35:
        form.family = name
    elif chance < 0.55:
        form.family = f"{name}, {prefix.strip()}"
    elif chance < 0.75:
        form.family = SHORT.get(prefix, prefix.replace("-", " ")) + name
    elif chance < 0.90:
        form.family = prefix.replace(" ", "").replace("-", "").capitalize() + name.lower()
    else:
        form.given, form.family = [*form.given, prefix.strip()], name
    return True


def _double_surname(form: Written, case: Case) -> bool:
    family = case.person.family
    if len(family) < 2:
        return False
    chance = case.draw.random()
    both = f"{family[1].text} {family[0].text}"
    form.family = family[0].text if chance < 0.5 else family[1].text if chance < 0.8 else both
    return True


def _other_surname(form: Written, case: Case) -> bool:
    if not case.married_name:
        return False
    if case.draw.random() < 0.2:
        form.family = f"{case.married_name}-{form.family}"
    else:
        form.family = case.married_name
    return True


def _year_only(form: Written, case: Case) -> bool:
    form.born = (form.born[0], 0, 0)
    return True


def _estimated(form: Written, case: Case) -> bool:
    year = form.born[0] + case.draw.choice((-3, -2, -2, -1, -1, 1, 1, 2, 2, 3))
    form.born = (year, 1, 1) if case.draw.random() < 0.5 else (year, 0, 0)
    form.estimated = True
    return True


def _first_of_january(form: Written, case: Case) -> bool:
    if form.born[1:] == (1, 1):
        return False
    form.born = (form.born[0], 1, 1)
    form.estimated = case.draw.random() < 0.5
    return True


def _day_month_swapped(form: Written, case: Case) -> bool:
    year, month, day = form.born
    if day > 12 or day == month:
        return False
    form.born = (year, day, month)
    return True


def _wrong_year(form: Written, case: Case) -> bool:
    year, month, day = form.born
    form.born = (year + case.draw.choice((-10, -7, -5, -4, -3, -2, -1, -1, 1, 1, 2, 3, 4, 5, 7, 10)), month, day)
    return True


def _wrong_day(form: Written, case: Case) -> bool:
    year, month, day = form.born
    if case.draw.random() < 0.35:
        form.born = (year, month % 12 + 1, min(day, 28))
    else:
        other = day + case.draw.choice((-10, -2, -1, -1, 1, 1, 2, 10))
        form.born = (year, month, other if 1 <= other <= 28 else day % 28 + 1)
    return True


def _year_and_month(form: Written, case: Case) -> bool:
    form.born = (*form.born[:2], 0)
    return True


def _missing_date(form: Written, case: Case) -> bool:
    form.born = (0, 0, 0)
    return True


def _wrong_nationality(form: Written, case: Case) -> bool:
    form.nationality = case.draw.choice(TAKEN_FOR[case.person.code])
    return True


def _nationality_respelt(form: Written, case: Case) -> bool:
    if len(form.nationality) < 4:
        return False
    form.nationality = mistyped(form.nationality, case.draw)
    return True


def _missing_nationality(form: Written, case: Case) -> bool:
    form.nationality = ""
    return True


def _missing_place(form: Written, case: Case) -> bool:
    form.place = ""
    return True


def _place_respelt(form: Written, case: Case) -> bool:
    spellings = case.person.place.spellings
    form.place = case.draw.choice(spellings) if spellings else mistyped(form.place, case.draw)
    return True


def _other_place(form: Written, case: Case) -> bool:
    form.place = populations()["NL"].places.draw(case.draw).text
    return True


ERRORS: Mapping[str, Mapping[str, Error]] = {
    "whole": {"swapped": _swapped, "script": _script, "work_name": _work_name},
    "given": {
        "nickname": _nickname,
        "transliteration": _given_spelling,
        "typing_error": _given_typing,
        "initial": _initial,
        "missing_name": _no_given,
        "one_given_name": _one_given_name,
        "compound": _compound,
    },
    "family": {
        "transliteration": _family_spelling,
        "typing_error": _family_typing,
        "prefix": _prefix,
        "double_surname": _double_surname,
        "other_surname": _other_surname,
        "missing_name": _no_family,
    },
    "date": {
        "year_only": _year_only,
        "estimated": _estimated,
        "first_of_january": _first_of_january,
        "day_month_swapped": _day_month_swapped,
        "wrong_year": _wrong_year,
        "wrong_day": _wrong_day,
        "year_and_month": _year_and_month,
        "missing_date": _missing_date,
    },
    "nationality": {
        "wrong_nationality": _wrong_nationality,
        "nationality_respelt": _nationality_respelt,
        "missing_nationality": _missing_nationality,
    },
    "place": {"missing_place": _missing_place, "place_respelt": _place_respelt, "other_place": _other_place},
}
