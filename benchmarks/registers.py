"""Made-up registers to develop linkage on, with the truth: `python -m benchmarks.registers PERSONS SEED FOLDER`.

Writes reports.csv in the columns of `manage.py link_file`, truth.csv, kinds.csv (the errors of each true pair) and
lookalikes.csv (pairs of different persons who resemble each other). The same persons and seed give the same files.
"""

import csv
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.error_shares import MISTYPED_NUMBER, WORK_NAMES
from benchmarks.made_persons import Person, made_persons
from benchmarks.miswriting import Case, Written, written
from benchmarks.populations import Drawn
from benchmarks.respelling import plain

# A further report follows with this chance: geometric, which gives 1.538 reports and 0.828 true pairs to a person.
FURTHER_REPORT = 0.35
FIRST_DAY = date(2015, 1, 1)
DAYS = 5 * 365


class Row(NamedTuple):
    """One line of reports.csv."""

    report_id: str
    report_date: str
    organisation: str
    given_name: str
    family_name: str
    aliases: str
    date_of_birth: str
    dob_estimated: str
    sex: str
    nationality: str
    place: str
    v_number: str
    bsn: str


class LookAlike(NamedTuple):
    """Reports of two different persons who resemble each other: twin, sibling, namesake or couple."""

    report_id_a: str
    report_id_b: str
    kind: str


Pair = tuple[str, str]


@dataclass(frozen=True)
class Register:
    """Rows in random order; truth from report to person; the errors of both reports for every true pair."""

    rows: Sequence[Row]
    truth: dict[str, str]
    look_alikes: Sequence[LookAlike]
    kinds: dict[Pair, tuple[str, ...]]


@dataclass(frozen=True)
class Organisation:
    """A reporter's habits: carelessness multiplies errors; how often it writes a number it could know."""

    name: str
    carelessness: float
    v_number: float
    bsn: float
    language: str = "nl"
    ascii_only: bool = False
    capitals: bool = False


def _organisations() -> Drawn[Organisation]:
    police = [Organisation(f"police unit {number}", 0.65, 0.20, 0.25, ascii_only=number % 2 == 0) for number in range(1, 11)]
    border = [
        Organisation(f"marechaussee {number}", 0.55, 0.35, 0.10, capitals=number == 3, ascii_only=True) for number in (1, 2, 3)
    ]
    care = [Organisation(f"care coordinator {number}", 1.0, 0.15, 0.0, ascii_only=number % 3 == 0) for number in range(1, 13)]
    labour = [Organisation("labour inspectorate", 0.8, 0.10, 0.15, capitals=True, ascii_only=True)]
    refugees = [
        Organisation(f"refugee council {number}", 1.2, 0.35, 0.0, "en" if number == 2 else "nl") for number in (1, 2, 3)
    ]
    shelters = [Organisation(f"shelter {number}", 1.9, 0.12, 0.0, ("nl", "en")[number % 2]) for number in range(1, 9)]
    others = [Organisation(f"other reporter {number}", 2.4, 0.05, 0.0, ("nl", "en")[number % 2]) for number in range(1, 7)]
    groups = ((police, 34), (border, 14), (care, 18), (labour, 6), (refugees, 8), (shelters, 12), (others, 8))
    weights = [weight / len(members) for members, weight in groups for _ in members]
    return Drawn([member for members, _ in groups for member in members], weights)


ORGANISATIONS = _organisations()


@dataclass(frozen=True)
class _Report:
    person: Person
    row: tuple[str, ...]
    errors: tuple[str, ...]


def make_register(persons: int, *, seed: int) -> Register:
    """A register of so many persons, about 1.54 reports and 0.83 true pairs to each; the same for the same seed."""
    draw = random.Random(seed)
    reports = list(_reports(persons, draw))
    order = list(range(1, len(reports) + 1))
    draw.shuffle(order)
    names = [f"R{number:08d}" for number in order]
    rows = [Row(name, *report.row) for name, report in zip(names, reports, strict=True)]
    truth = {name: f"P{report.person.number:08d}" for name, report in zip(names, reports, strict=True)}
    kinds, look_alikes = _pairs(names, reports)
    rows.sort()
    return Register(rows, truth, look_alikes, kinds)


def _reports(persons: int, draw: random.Random) -> Iterator[_Report]:
    sizes = _sizes(persons, draw)
    for person, size in zip(made_persons(persons, draw), sizes, strict=True):
        married = _married_name(person, draw)
        first = FIRST_DAY + timedelta(days=int(draw.random() * DAYS))
        case = Case(person, married, draw.choice(WORK_NAMES), draw)
        for number in range(size):
            on = first + timedelta(days=int(draw.expovariate(1 / 150)) * min(number, 1))
            yield _report(case, on)


def _sizes(persons: int, draw: random.Random) -> list[int]:
    """Reports per person, geometric; in its exact shares, so that registers of one size have nearly as many reports."""
    sizes, start = [], 0
    left, number = float(persons), 0
    while start < persons:
        number += 1
        left *= FURTHER_REPORT
        end = persons if left < 0.35 else round(persons - left)
        sizes += [number] * (end - start)
        start = end
    draw.shuffle(sizes)
    return sizes


def _married_name(person: Person, draw: random.Random) -> str:
    if person.sex != "V" or draw.random() < 0.3:
        return ""
    return person.population.family.draw(draw).text


def _report(case: Case, on: date) -> _Report:
    draw, person, organisation = case.draw, case.person, ORGANISATIONS.draw(case.draw)
    form = written(case, organisation.carelessness, organisation.language)
    named = "near_anonymous" not in form.errors
    row = (
        on.isoformat(),
        organisation.name,
        _text(" ".join(form.given), organisation, form),
        _text(form.family, organisation, form),
        ";".join(form.aliases),
        _date(form.born),
        "1" if form.estimated else "0",
        "" if draw.random() < 0.10 else person.sex,
        form.nationality,
        _text(form.place, organisation, None),
        _number(person.v_number, organisation.v_number, form, draw) if named else "",
        _number(person.bsn, organisation.bsn, form, draw) if named else "",
    )
    return _Report(person, row, tuple(form.errors))


def _text(text: str, organisation: Organisation, form: Written | None) -> str:
    if organisation.ascii_only and not text.isascii():
        without = plain(text)
        if form and without != text and "diacritics" not in form.errors:
            form.errors.append("diacritics")
        text = without
    return text.upper() if organisation.capitals else text


def _date(born: tuple[int, int, int]) -> str:
    year, month, day = born
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}" if month else str(year or "")


def _number(number: str, known: float, form: Written, draw: random.Random) -> str:
    if not number or draw.random() >= known:
        return ""
    if draw.random() >= MISTYPED_NUMBER:
        return number
    form.errors.append("mistyped_number")
    place = draw.randrange(1, len(number) - 1)
    if number[place] != number[place + 1] and draw.random() < 0.5:
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:place] + str((int(number[place]) + draw.randrange(1, 10)) % 10) + number[place + 1 :]


def _pairs(names: list[str], reports: list[_Report]) -> tuple[dict[Pair, tuple[str, ...]], list[LookAlike]]:
    """Reports come person by person, and a person who resembles another comes right after that one."""
    kinds: dict[Pair, tuple[str, ...]] = {}
    look_alikes: list[LookAlike] = []
    before: list[int] = []
    for group in _by_person(reports):
        for one, other in combinations(group, 2):
            pair = (min(names[one], names[other]), max(names[one], names[other]))
            kinds[pair] = tuple(sorted({*reports[one].errors, *reports[other].errors}))
        if kind := reports[group[0]].person.like:
            look_alikes += [LookAlike(names[one], names[other], kind) for one in before for other in group]
        before = group
    return kinds, look_alikes


def _by_person(reports: list[_Report]) -> Iterator[list[int]]:
    group: list[int] = []
    for place, report in enumerate(reports):
        if group and reports[group[0]].person.number != report.person.number:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def write_register(register: Register, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "reports.csv", Row._fields, register.rows)
    write_rows(folder / "truth.csv", ("report_id", "person_id"), register.truth.items())
    write_rows(folder / "lookalikes.csv", LookAlike._fields, register.look_alikes)
    kinds = ((*pair, kind) for pair, found in register.kinds.items() for kind in found or ("none",))
    write_rows(folder / "kinds.csv", ("report_id_a", "report_id_b", "kind"), kinds)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def main(persons: str, seed: str, folder: str) -> None:
    write_register(make_register(int(persons), seed=int(seed)), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
