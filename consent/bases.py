"""The legal-basis table: on what basis a reporter may do what on a date, and who signs where consent is needed.

The rules are data (tables/legal-basis.csv and tables/capacity.csv, readable for a lawyer); this module reads, checks and asks
them. It knows no statement and decides no case of its own.
"""

import csv
from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from accounts.reporters import Purpose, ReporterGroup, Source
from consent.statements import Capacity, Signer

TABLES = Path(__file__).parent / "tables"


class Kind(StrEnum):
    STATUTORY = "statutory"
    CONSENT = "consent"
    NONE = "none"


class Number(StrEnum):
    """Identity numbers: rows of the same table."""

    BSN = "bsn"
    V_NUMBER = "v-number"
    DOCUMENT_NUMBER = "document-number"


FEEDS = (Source.EMM.value, Source.OM.value)
REPORTERS = (*(group.value for group in ReporterGroup), *FEEDS)
ITEMS = (*(purpose.value for purpose in Purpose), *(number.value for number in Number))


class TableError(ValueError):
    """A table has a gap, an overlap or a value that is not known; names the row or the question."""


class Dated(Protocol):
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


@dataclass(frozen=True)
class BasisRow:
    """One rule. organisation is empty for the whole group; valid_to is the first day on which it no longer holds."""

    id: str
    reporter: str
    organisation: str
    item: str
    kind: Kind
    citation_nl: str
    citation_en: str
    confirmed: bool
    valid_from: date | None
    valid_to: date | None
    note_nl: str
    note_en: str
    valid_years: int | None = None

    def end_of_term(self, signed_on: date) -> date | None:
        """The first day on which what was signed holds no longer; None where the row sets no term."""
        if self.valid_years is None:
            return None
        year = signed_on.year + self.valid_years
        leap_day = (signed_on.month, signed_on.day) == (2, 29) and not isleap(year)
        return date(year, 3, 1) if leap_day else signed_on.replace(year=year)


@dataclass(frozen=True)
class CapacityRow:
    """Who signs for a person of this capacity, and the ages that fit it."""

    id: str
    capacity: Capacity
    youngest: int
    oldest: int
    signers: tuple[Signer, ...]
    proof: bool
    citation_nl: str
    citation_en: str
    confirmed: bool
    valid_from: date | None
    valid_to: date | None
    note_nl: str
    note_en: str
    reviewers: int = 1

    @property
    def signed_by_person(self) -> bool:
        return self.signers == (Signer.PERSON,)


@dataclass(frozen=True)
class BasisTable:
    rows: tuple[BasisRow, ...]

    def find(self, *, reporter: str, item: str, on: date, organisation: str = "") -> BasisRow:
        """The one rule that holds; a row of the organisation itself goes before its group's."""
        matching = [row for row in self.rows if row.reporter == reporter and row.item == item and holds(row, on)]
        own = [row for row in matching if organisation and row.organisation == organisation]
        found = own or [row for row in matching if not row.organisation]
        if len(found) != 1:
            raise TableError(f"{reporter}, {item}, {on.isoformat()}: {len(found)} rows hold")
        return found[0]


@dataclass(frozen=True)
class CapacityTable:
    rows: tuple[CapacityRow, ...]

    def find(self, capacity: Capacity, on: date) -> CapacityRow:
        found = [row for row in self.rows if row.capacity is capacity and holds(row, on)]
        if len(found) != 1:
            raise TableError(f"{capacity}, {on.isoformat()}: {len(found)} rows hold")
        return found[0]


def holds(row: Dated, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on < row.valid_to)


def read_bases(path: Path) -> BasisTable:
    table = BasisTable(tuple(_basis_row(row) for row in _rows(path)))
    questions = {(row.reporter, row.organisation, row.item) for row in table.rows}
    questions |= {(reporter, "", item) for reporter in REPORTERS for item in ITEMS}
    for reporter, organisation, item in sorted(questions):
        rows = [row for row in table.rows if (row.reporter, row.organisation, row.item) == (reporter, organisation, item)]
        _check_days(f"{reporter} {organisation} {item}", rows, always=not organisation)
    return table


def read_capacities(path: Path) -> CapacityTable:
    table = CapacityTable(tuple(_capacity_row(row) for row in _rows(path)))
    for capacity in Capacity:
        _check_days(capacity, [row for row in table.rows if row.capacity is capacity], always=True)
    return table


def _check_days(question: str, rows: Sequence[Dated], *, always: bool) -> None:
    """Exactly one row on every day; for one organisation at most one."""
    ordered = sorted(rows, key=lambda row: row.valid_from or date.min)
    whole = bool(ordered) and ordered[0].valid_from is None and ordered[-1].valid_to is None
    follows = all(
        earlier.valid_to is not None and later.valid_from is not None and earlier.valid_to <= later.valid_from
        for earlier, later in pairwise(ordered)
    )
    joined = all(earlier.valid_to == later.valid_from for earlier, later in pairwise(ordered))
    if not follows or (always and not (whole and joined)):
        raise TableError(f"{question}: a day without a row, or with two")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _basis_row(row: dict[str, str]) -> BasisRow:
    if row["reporter"] not in REPORTERS or row["item"] not in ITEMS:
        raise TableError(f"{row['id']}: unknown reporter or item")
    return BasisRow(
        id=row["id"],
        reporter=row["reporter"],
        organisation=row["organisation"],
        item=row["item"],
        kind=Kind(row["kind"]),
        citation_nl=row["citation_nl"],
        citation_en=row["citation_en"],
        confirmed=row["confirmed"] == "yes",
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        note_nl=row["note_nl"],
        note_en=row["note_en"],
        valid_years=int(row["valid_years"]) if row["valid_years"] else None,
    )


def _capacity_row(row: dict[str, str]) -> CapacityRow:
    person = row["signer"] == Signer.PERSON
    return CapacityRow(
        id=row["id"],
        capacity=Capacity(row["capacity"]),
        youngest=int(row["from_age"] or 0),
        oldest=int(row["to_age"] or 200),
        signers=(Signer.PERSON,) if person else tuple(Signer(signer) for signer in row["representatives"].split()),
        proof=row["proof"] == "yes",
        citation_nl=row["citation_nl"],
        citation_en=row["citation_en"],
        confirmed=row["confirmed"] == "yes",
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        note_nl=row["note_nl"],
        note_en=row["note_en"],
        reviewers=int(row["reviewers"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


BASES = read_bases(TABLES / "legal-basis.csv")
CAPACITIES = read_capacities(TABLES / "capacity.csv")
