"""Reads and writes person-years, exact counters and progress, a block at a time. It decides nothing; services call it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min, QuerySet

from reports.figures.cells import PERSONS, Cell
from reports.figures.definitions import VERSION
from reports.models import ExactCell, PersonYear, Progress
from reports.personyears.derive import Counted
from safeguards import bulk

Key = tuple[UUID, int]

_COLUMNS = ("person", "year", "counted", "differs")
_ADD = """
    INSERT INTO reports_exactcell (figure, "row", year, form, count) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (figure, "row", year, form) DO UPDATE SET count = reports_exactcell.count + excluded.count
"""


@dataclass(frozen=True)
class StoredPersonYear:
    """A row as it is, or should be, stored. differs: known values contradict each other."""

    text: str
    differs: bool

    @property
    def counted(self) -> Counted:
        return Counted.from_text(self.text)


def locked_progress() -> Progress:
    """The one row, locked until the end of the transaction: one refresher at a time. At first nothing was ever counted."""
    Progress.objects.get_or_create(pk=1, defaults={"definitions": VERSION})
    return Progress.objects.select_for_update().get(pk=1)


def progress() -> Progress:
    return Progress.objects.filter(pk=1).first() or Progress()


def person_years_of(persons: Iterable[UUID]) -> dict[Key, StoredPersonYear]:
    """All years of these persons."""
    return _read(PersonYear.objects.filter(person__in=set(persons)))


def person_years_between(after: UUID | None, last: UUID | None) -> dict[Key, StoredPersonYear]:
    """All years of the persons after the one, up to and with the other; None is no limit."""
    rows = PersonYear.objects.order_by("person", "year")
    rows = rows.filter(person__gt=after) if after else rows
    return _read(rows.filter(person__lte=last) if last else rows)


def _read(rows: QuerySet[PersonYear]) -> dict[Key, StoredPersonYear]:
    found = rows.values_list("person", "year", "counted", "differs")
    return {(person, year): StoredPersonYear(text, differs) for person, year, text, differs in found}


def insert_person_years(rows: Iterable[tuple[UUID, int, str, bool]]) -> None:
    """Those that are not there yet: person, year, counted, differs."""
    bulk.insert(PersonYear, _COLUMNS, rows)


def save_person_years(rows: Mapping[Key, StoredPersonYear]) -> None:
    PersonYear.objects.bulk_create(
        [PersonYear(person=person, year=year, counted=row.text, differs=row.differs) for (person, year), row in rows.items()],
        update_conflicts=True,
        unique_fields=["person", "year"],
        update_fields=["counted", "differs"],
    )


def delete_person_years(keys: Iterable[Key]) -> None:
    for person, year in keys:
        PersonYear.objects.filter(person=person, year=year).delete()


def number_of_person_years(years: Iterable[int]) -> int:
    return PersonYear.objects.filter(year__in=set(years)).count()


def counted_in(years: Iterable[int]) -> Iterator[tuple[int, Counted, int]]:
    """What figures count of the person-years of these years, and of how many that is so."""
    rows = PersonYear.objects.filter(year__in=set(years)).values_list("year", "counted").annotate(Count("id"))
    return ((year, Counted.from_text(text), number) for year, text, number in rows.order_by().iterator())


def years() -> tuple[int, ...]:
    """From the first to the last year of the register."""
    found = ExactCell.objects.filter(count__gt=0).exclude(figure=PERSONS).aggregate(Min("year"), Max("year"))
    return tuple(range(found["year__min"], found["year__max"] + 1)) if found["year__min"] else ()


def forget() -> None:
    """Everything that can be rebuilt from the contributions."""
    PersonYear.objects.all().delete()
    ExactCell.objects.all().delete()


def counters(figure: str = "") -> dict[Cell, int]:
    """Of every figure, or of one and of distinct persons."""
    kept = ExactCell.objects.filter(figure__in=(figure, PERSONS)) if figure else ExactCell.objects.all()
    rows = kept.values_list("figure", "row", "year", "form", "count")
    return {Cell(figure, row, year, form): count for figure, row, year, form, count in rows if count}


def add_to_counters(difference: Mapping[Cell, int]) -> None:
    """One statement a cell, added to what stands there; sorted, so that two writers could not lock crosswise."""
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(*cell, amount) for cell, amount in sorted(difference.items())])
