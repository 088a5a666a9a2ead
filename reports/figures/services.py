"""Keeps person-years and exact counters right after every change, proves it nightly, and hands exact figures to who may.

Counters move by difference, in the one transaction that reads the changes: the cost does not grow with the register.
It publishes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from intake import facts
from intake.codes.lists import REPORTER_GROUPS
from jobs import services as jobs
from reports import events
from reports.figures import compute, rebuilding, storage
from reports.figures.cells import Cell
from reports.figures.cuts import Cut, CutError, Dimension, check_cut, table_of
from reports.figures.declaring import Figure
from reports.figures.definitions import FIGURES, VERSION
from reports.figures.policies import check_may_read_exact_figures
from reports.figures.rebuilding import Comparison
from reports.figures.recounting import recompute
from reports.figures.selectors import changes_waiting
from reports.figures.tables import Table, tables
from reports.models import Progress
from reports.personyears.derive import Counted
from safeguards import audit
from safeguards.actors import Actor

REFRESH = "reports.refresh"
CHANGES_AT_ONCE = 400
# Some seconds.
MOST_COUNTED_WHEN_ASKED = 100_000
EVERY_YEAR = range(1900, 2201)


@dataclass(frozen=True)
class ExactFigures:
    """Exact and live. as_of is the time up to which changes are counted; waiting says that newer ones are not yet."""

    tables: Mapping[str, Table]
    as_of: datetime
    waiting: bool


def refresh(limit: int = CHANGES_AT_ONCE) -> int:
    """Count the next changes of intake, in one transaction; returns how many there were. Asks for itself when more wait."""
    with transaction.atomic():
        progress = storage.locked_progress()
        _count_anew_under_other_definitions(progress)
        changes = facts.changes_since(progress.sequence, limit=limit)
        if not changes:
            return 0
        recompute({(change.person, change.year) for change in changes})
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
        _count_anew_under_other_definitions(progress)
        found = rebuilding.compare_and_repair(progress)
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
        counters = Counter(storage.counters()) + _signals()
        found = ExactFigures(
            tables=tables(FIGURES, counters),
            as_of=progress.refreshed,
            waiting=changes_waiting() > 0,
        )
        audit.record(events.EXACT_FIGURES_READ, by=by, details={"sequence": progress.sequence})
    return found


def exact_figure(*, figure: Figure, cut: Cut, by: Actor) -> ExactFigures:
    """One figure or a cut of it, exact and live; each look is in the audit trail. Raises CutError where it cannot be cut so."""
    check_may_read_exact_figures(by)
    with transaction.atomic():
        register = years_of_register()
        check_cut(figure, cut, register)
        progress = storage.progress()
        reported = _reported_by(figure, cut, register) if cut.group else Counter(storage.counters(figure.id))
        counters = reported + _signals(figure, cut.group) if figure.signals_by else reported
        found = ExactFigures(
            tables={figure.id: table_of(figure, counters, cut, register)},
            as_of=progress.refreshed,
            waiting=changes_waiting() > 0,
        )
        audit.record(events.EXACT_FIGURES_READ, by=by, details={"sequence": progress.sequence, "figure": figure.id})
    return found


@dataclass(frozen=True)
class CountedPersonYears:
    """rows: year, what figures count of a person-year, and of how many that is so. sequence: the last change in them."""

    rows: tuple[tuple[int, Counted, int], ...]
    sequence: int
    as_of: datetime


def counted_person_years(*, years: Iterable[int], by: Actor) -> CountedPersonYears:
    """The person-years of these years for who makes other counts of them, exact; each look is in the audit trail."""
    check_may_read_exact_figures(by)
    with transaction.atomic():
        progress = storage.progress()
        found = CountedPersonYears(tuple(storage.counted_in(years)), progress.sequence, progress.refreshed)
        audit.record(events.EXACT_FIGURES_READ, by=by, details={"sequence": progress.sequence})
    return found


def years_of_register() -> tuple[int, ...]:
    """From the first to the last year of which there is a contribution or a signal."""
    found = {*storage.years(), *facts.years_of_signals()}
    return tuple(range(min(found), max(found) + 1)) if found else ()


def _signals(figure: Figure | None = None, group: str = "") -> Counter[Cell]:
    """Counted when asked for: they are seldom written, change no person-year, and few are unlike."""
    found = [one for one in facts.signals(years=EVERY_YEAR) if group in ("", one.group)]
    return compute.counters_of_signals(found, FIGURES if figure is None else (figure,))


def _reported_by(figure: Figure, cut: Cut, register: Iterable[int]) -> Counter[Cell]:
    """Counted when asked for, as counters do not know the reporters. A register too long for that is cut by fewer years."""
    years = cut.years(register)
    if cut.group not in REPORTER_GROUPS:
        raise CutError(Dimension.GROUP)
    if storage.number_of_person_years(years) > MOST_COUNTED_WHEN_ASKED:
        raise CutError(Dimension.PERIOD)
    found: Counter[Cell] = Counter()
    for year, counted, number in storage.counted_in(years):
        if cut.group in counted.groups:
            for cell, amount in compute.cells(counted, year, (figure,)):
                found[cell] += amount * number
    return found


def _advance(progress: Progress, sequence: int) -> None:
    progress.sequence = sequence
    progress.refreshed = timezone.now()
    progress.save(update_fields=["sequence", "refreshed", "definitions"])


def _count_anew_under_other_definitions(progress: Progress) -> None:
    """What was counted under the old ones is forgotten and counted again."""
    if progress.definitions == VERSION:
        return
    sequence = facts.latest_sequence()
    rebuilding.count_anew()
    progress.definitions = VERSION
    _advance(progress, sequence)
