"""Reads the reference register: who the made-up persons are and who reported them when. It makes no identities."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from accounts.reporters import Source

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class ReferencePerson:
    """One row of persons.csv; empty values are unknown. types holds the exploitation types of the row."""

    id: str
    population: str
    year: int
    types: tuple[str, ...]
    form: str
    sex: str
    age: int | None
    nationality: str
    prostitution_sector: str
    labour_sector: str
    criminal_kind: str


@dataclass(frozen=True)
class ReferenceReport:
    """One row of reports.csv: what one reporter, EMM or OM sent about one person on one day."""

    id: str
    person: str
    date: date
    reporter: str
    unit: str
    legal_basis: str

    @property
    def source(self) -> Source:
        return {"EMM": Source.EMM, "OM": Source.OM}.get(self.reporter, Source.REPORT)


@dataclass(frozen=True)
class Country:
    """Where a person of a register's nationality may come from; the code is empty where the nationality is unknown."""

    nationality: str
    code: str
    name_pool: str


@cache
def persons() -> tuple[ReferencePerson, ...]:
    return tuple(_person(row) for row in _rows("persons.csv"))


@cache
def reports() -> tuple[ReferenceReport, ...]:
    return tuple(
        ReferenceReport(
            row["report_id"], row["person_id"], date.fromisoformat(row["date"]), row["source"], row["unit"], row["legal_basis"]
        )
        for row in _rows("reports.csv")
    )


@cache
def reports_by_person() -> dict[str, tuple[ReferenceReport, ...]]:
    found: dict[str, list[ReferenceReport]] = defaultdict(list)
    for report in reports():
        found[report.person].append(report)
    return {person: tuple(sent) for person, sent in found.items()}


@cache
def countries() -> dict[str, tuple[Country, ...]]:
    found: dict[str, list[Country]] = defaultdict(list)
    for row in _rows("countries.csv"):
        found[row["nationality"]].append(Country(row["nationality"], row["code"], row["name_pool"]))
    return {nationality: tuple(choices) for nationality, choices in found.items()}


@cache
def municipalities() -> dict[str, int]:
    """Larger municipalities with a weight that follows their size."""
    return {row["code"]: int(row["weight"]) for row in _rows("municipalities.csv")}


def _person(row: dict[str, str]) -> ReferencePerson:
    known_types = () if row["types"] == "unknown" else tuple(sorted(row["types"].split("+")))
    return ReferencePerson(
        id=row["person_id"],
        population=row["population"],
        year=int(row["year"]),
        types=known_types,
        form=row["form"],
        sex=row["sex"],
        age=int(row["age"]) if row["age"] else None,
        nationality=row["nationality"],
        prostitution_sector=row["prostitution_sector"],
        labour_sector=row["labour_sector"],
        criminal_kind=row["criminal_kind"],
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
