"""Reads and writes person-years, exact counters and progress, a block at a time. It decides nothing; services call it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from reports.figures.cells import Cell
from reports.figures.definitions import VERSION
from reports.models import ExactCell, PersonYear, Progress
from reports.personyears.derive import Counted
from reports.personyears.merge import Merged

Key = tuple[UUID, int]

_ADD = """
    INSERT INTO reports_exactcell (figure, "row", year, form, count) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (figure, "row", year, form) DO UPDATE SET count = reports_exactcell.count + excluded.count
"""


@dataclass(frozen=True)
class StoredPersonYear:
    """A row as it is, or should be, stored."""

    counted: Counted
    merged: Mapping[str, Any]

    @classmethod
    def of(cls, counted: Counted, merged: Merged) -> "StoredPersonYear":
        return cls(counted, merged.to_json())

    @property
    def differs(self) -> bool:
        """Known values contradict each other: reports among themselves, or a feed and a report."""
        return bool(self.merged.get("conflicts") or self.merged.get("feed_differs"))


def locked_progress() -> Progress:
    """The one row, locked until the end of the transaction: one refresher at a time. At first nothing was ever counted."""
    Progress.objects.get_or_create(pk=1, defaults={"definitions": VERSION})
    return Progress.objects.select_for_update().get(pk=1)


def progress() -> Progress:
    return Progress.objects.filter(pk=1).first() or Progress()


def person_years_of(persons: Iterable[UUID]) -> dict[Key, StoredPersonYear]:
    """All years of these persons."""
    rows = PersonYear.objects.filter(person__in=set(persons)).values_list("person", "year", "counted", "merged")
    return {(person, year): StoredPersonYear(Counted.from_json(counted), merged) for person, year, counted, merged in rows}


def all_person_years(block: int) -> Iterator[dict[Key, StoredPersonYear]]:
    """Every stored person-year, in blocks that hold all years of their persons."""
    last: UUID | None = None
    while True:
        rows = PersonYear.objects.order_by("person")
        rows = rows.filter(person__gt=last) if last else rows
        persons = list(rows.values_list("person", flat=True).distinct()[:block])
        if not persons:
            return
        yield person_years_of(persons)
        last = persons[-1]


def save_person_years(rows: Mapping[Key, StoredPersonYear]) -> None:
    PersonYear.objects.bulk_create(
        [
            PersonYear(
                person=person,
                year=year,
                population=row.counted.population,
                form=row.counted.form,
                counted=row.counted.to_json(),
                merged=row.merged,
                differs=row.differs,
            )
            for (person, year), row in rows.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "year"],
        update_fields=["population", "form", "counted", "merged", "differs"],
    )


def delete_person_years(keys: Iterable[Key]) -> None:
    for person, year in keys:
        PersonYear.objects.filter(person=person, year=year).delete()


def number_of_person_years() -> int:
    return PersonYear.objects.count()


def forget() -> None:
    """Everything that can be rebuilt from the contributions."""
    PersonYear.objects.all().delete()
    ExactCell.objects.all().delete()


def counters() -> dict[Cell, int]:
    rows = ExactCell.objects.values_list("figure", "row", "year", "form", "count")
    return {Cell(figure, row, year, form): count for figure, row, year, form, count in rows if count}


def add_to_counters(difference: Mapping[Cell, int]) -> None:
    """One statement a cell, added to what stands there; sorted, so that two writers could not lock crosswise."""
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(*cell, amount) for cell, amount in sorted(difference.items())])
