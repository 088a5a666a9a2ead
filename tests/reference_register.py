"""The reference register as contribution facts, straight from its two files: every contribution says all that is known."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid5

from accounts.reporters import Source
from intake.codes import ages, lists
from intake.codes.characteristics import Characteristics
from intake.facts import ContributionFact

DATA = Path(__file__).resolve().parent.parent / "config" / "demonstration" / "data"
NAMESPACE = UUID("6f0f0a36-3f5c-4b8e-9f0e-0c1d6a2b9e11")


@cache
def facts_by_person_year() -> dict[tuple[UUID, int], tuple[ContributionFact, ...]]:
    characteristics = {row["person_id"]: (row["age"], found) for row, found in _persons()}
    found: dict[tuple[UUID, int], list[ContributionFact]] = defaultdict(list)
    for row in _rows("reports.csv"):
        fact = _fact(row, *characteristics[row["person_id"]])
        found[fact.person, fact.date.year].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def persons() -> list[dict[str, str]]:
    return _rows("persons.csv")


def reports() -> list[dict[str, str]]:
    return _rows("reports.csv")


def _persons() -> Iterator[tuple[dict[str, str], Characteristics]]:
    by_nationality: dict[str, list[str]] = defaultdict(list)
    for row in _rows("countries.csv"):
        by_nationality[row["nationality"]].append(row["code"])
    spread = {nationality: cycle(codes) for nationality, codes in by_nationality.items()}
    for row in _rows("persons.csv"):
        country = next(spread[row["nationality"]])
        yield (
            row,
            Characteristics(
                exploitation_types=() if row["types"] == "unknown" else tuple(sorted(row["types"].split("+"))),
                prostitution_sectors=_one(lists.PROSTITUTION_SECTORS, row["prostitution_sector"]),
                labour_sectors=_one(lists.LABOUR_SECTORS, row["labour_sector"]),
                criminal_kinds=_one(lists.CRIMINAL_KINDS, row["criminal_kind"]),
                sex=lists.SEXES.by_label(row["sex"]),
                nationalities=(country,) if country else (),
            ),
        )


def _one(codes: lists.CodeList, label: str) -> tuple[str, ...]:
    return (codes.by_label(label),) if label else ()


def _fact(row: dict[str, str], age: str, characteristics: Characteristics) -> ContributionFact:
    source = {"EMM": Source.EMM, "OM": Source.OM}.get(row["source"], Source.REPORT)
    group = lists.REPORTER_GROUPS.by_label(row["source"]) if source == Source.REPORT else ""
    day = date.fromisoformat(row["date"])
    years = int(age) if age else None
    return ContributionFact(
        contribution=uuid5(NAMESPACE, row["report_id"]),
        person=uuid5(NAMESPACE, row["person_id"]),
        source=source,
        group=group,
        other_kind="",
        unit=lists.POLICE_UNITS.by_label(row["unit"]) if group == "police" else "",
        legal_basis=row["legal_basis"] == "yes",
        date=day,
        recorded=datetime.combine(day, time(12), UTC),
        age=years,
        age_band=ages.band(years),
        characteristics=characteristics,
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
