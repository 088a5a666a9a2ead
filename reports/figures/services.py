"""Keeps person-years and exact counters right after every change, proves it nightly, and hands exact figures to who may.

Counters move by difference, in the one transaction that reads the changes: the cost does not grow with the register.
It publishes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from intake import facts
from jobs import services as jobs
from reports import events
from reports.figures import compute, storage
from reports.figures.cells import PERSONS, Cell
from reports.figures.definitions import FIGURES, VERSION
from reports.figures.policies import check_may_read_exact_figures
from reports.figures.selectors import changes_waiting
from reports.figures.storage import Key, StoredPersonYear
from reports.figures.tables import Table, tables
from reports.models import Progress
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge
from safeguards import audit
from safeguards.actors import Actor

REFRESH = "reports.refresh"
CHANGES_AT_ONCE = 400
REBUILD_BLOCK = 1000

PersonYears = Mapping[Key, StoredPersonYear]


@dataclass(frozen=True)
class ExactFigures:
    """Exact and live. as_of is the time up to which changes are counted; waiting says that newer ones are not yet."""

    tables: Mapping[str, Table]
    as_of: datetime
    waiting: bool


@dataclass(frozen=True)
class Comparison:
    """What a rebuild found different and repaired."""

    person_years: int
    wrong_person_years: int
    wrong_cells: int


def refresh(limit: int = CHANGES_AT_ONCE) -> int:
    """Count the next changes of intake, in one transaction; returns how many there were. Asks for itself when more wait."""
    with transaction.atomic():
        progress = storage.locked_progress()
        if progress.definitions != VERSION:
            _count_anew(progress)
        changes = facts.changes_since(progress.sequence, limit=limit)
        if not changes:
            return 0
        _recompute({(change.person, change.year) for change in changes})
        _advance(progress, changes[-1].sequence)
        if changes_waiting():
            jobs.record(REFRESH)
    return len(changes)


def rebuild_and_compare(*, by: Actor) -> Comparison:
    """Compute every person-year and counter from the contributions again; report and repair what differs.

    Changes that wait for their refresh are no differences. One transaction under the lock of progress.
    """
    require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        progress = storage.locked_progress()
        if progress.definitions != VERSION:
            _count_anew(progress)
        counted, wrong_person_years = _compare_person_years(progress)
        wrong_cells = _compare_counters()
        found = Comparison(counted, wrong_person_years, wrong_cells)
        audit.record(
            events.FIGURES_REBUILT,
            by=by,
            details={
                "person_years": found.person_years,
                "wrong_person_years": found.wrong_person_years,
                "wrong_cells": found.wrong_cells,
            },
        )
    return found


def exact_figures(*, by: Actor) -> ExactFigures:
    """Every figure, exact and live; each look is in the audit trail."""
    check_may_read_exact_figures(by)
    with transaction.atomic():
        progress = storage.progress()
        found = ExactFigures(
            tables=tables(FIGURES, storage.counters()),
            as_of=progress.refreshed,
            waiting=changes_waiting() > 0,
        )
        audit.record(events.EXACT_FIGURES_READ, by=by, details={"sequence": progress.sequence})
    return found


def _advance(progress: Progress, sequence: int) -> None:
    progress.sequence = sequence
    progress.refreshed = timezone.now()
    progress.save(update_fields=["sequence", "refreshed", "definitions"])


def _count_anew(progress: Progress) -> None:
    """The definitions changed: what was counted under the old ones is forgotten and counted again."""
    sequence = facts.latest_sequence()
    storage.forget()
    for block in _blocks(facts.all_person_years()):
        _recompute(block)
    progress.definitions = VERSION
    _advance(progress, sequence)


def _recompute(keys: Set[Key]) -> int:
    stored = storage.person_years_of(person for person, _ in keys)
    kept = {key: row for key, row in stored.items() if key not in keys}
    return _replace(stored, kept | _from_facts(keys))


def _compare_person_years(progress: Progress) -> tuple[int, int]:
    seen = wrong = 0
    for block in _blocks(facts.all_person_years()):
        seen += len(block)
        wrong += _repair(block, progress)
    if storage.number_of_person_years() > seen:
        for rows in storage.all_person_years(REBUILD_BLOCK):
            wrong += _repair(rows.keys(), progress)
    return seen, wrong


def _repair(keys: Set[Key], progress: Progress) -> int:
    stored = storage.person_years_of(person for person, _ in keys)
    fresh = _from_facts(keys)
    wrong = {key for key in keys if stored.get(key) != fresh.get(key)}
    if wrong:
        wrong -= _waiting(progress)
    return _recompute(wrong) if wrong else 0


def _waiting(progress: Progress) -> set[Key]:
    found: set[Key] = set()
    sequence = progress.sequence
    while changes := facts.changes_since(sequence, limit=REBUILD_BLOCK):
        found.update((change.person, change.year) for change in changes)
        sequence = changes[-1].sequence
    return found


def _compare_counters() -> int:
    """The counters against the stored person-years; those change only under the lock that is held here."""
    difference: Counter[Cell] = Counter()
    for rows in storage.all_person_years(REBUILD_BLOCK):
        difference.update(compute.counters_of(_counted(rows)))
        difference.update(_persons(rows))
    difference.subtract(storage.counters())
    wrong = {cell: amount for cell, amount in difference.items() if amount}
    storage.add_to_counters(wrong)
    return len(wrong)


def _blocks(keys: Iterator[Key]) -> Iterator[set[Key]]:
    while block := set(islice(keys, REBUILD_BLOCK)):
        yield block


def _from_facts(keys: Iterable[Key]) -> dict[Key, StoredPersonYear]:
    found = {}
    for key, contributions in facts.contributions_of(keys).items():
        merged = merge(contributions)
        found[key] = StoredPersonYear.of(derive(merged), merged)
    return found


def _replace(before: PersonYears, after: PersonYears) -> int:
    """Make the stored rows and counters those of after; both hold all years of the same persons. Returns how many differ."""
    gone = before.keys() - after.keys()
    changed = {key: row for key, row in after.items() if before.get(key) != row}
    old = {key: row for key, row in before.items() if key in changed or key in gone}
    storage.delete_person_years(gone)
    storage.save_person_years(changed)
    difference = Counter(compute.counters_of(_counted(changed)))
    difference.subtract(compute.counters_of(_counted(old)))
    difference.update(_persons(after))
    difference.subtract(_persons(before))
    storage.add_to_counters({cell: amount for cell, amount in difference.items() if amount})
    return len(changed) + len(gone)


def _counted(rows: PersonYears) -> Iterable[tuple[int, Counted]]:
    return ((year, row.counted) for (_, year), row in rows.items())


def _persons(rows: PersonYears) -> Mapping[Cell, int]:
    """Distinct persons of each population: rows must hold all years of their persons."""
    members = {(person, population) for (person, _), row in rows.items() for population in row.counted.populations}
    return Counter(Cell(PERSONS, population, 0, "") for _, population in members)
