"""What the demonstration makes up beside the published figures: it breaks no rule, and it says something."""

from collections import defaultdict
from datetime import UTC, datetime, time
from typing import Any

import pytest

from config.demonstration import comparison, register
from config.demonstration.chances import places, steps
from config.demonstration.sendings import Sending, sendings
from intake.codes import ages, lists
from intake.codes.ages import age_on
from intake.notifications import circumstances
from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import tables
from reports.personyears.derive import derive
from reports.personyears.merge import merge
from tests.unit.reports.contributions import Made

MADE_UP = ("S.10", *(f"S.{number}" for number in (*range(1, 9), *range(12, 19))))


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    by_person: dict[str, list[Sending]] = defaultdict(list)
    for sending in sendings():
        by_person[sending.report.person].append(sending)
    years = {person.id: person.year for person in register.persons()}
    counted = ((years[person], derive(merge(map(_made, sent)))) for person, sent in by_person.items())
    return as_json(tables(FIGURES, counters_of(counted)))


def _made(sending: Sending) -> Made:
    report, birth = sending.report, sending.notification.identity.birth
    group = lists.REPORTER_GROUPS.by_label(report.reporter) if report.source == "report" else ""
    age = age_on(report.date, year=birth.year, month=birth.month, day=birth.day).years
    return Made(
        source=report.source,
        group=group,
        unit=lists.POLICE_UNITS.by_label(report.unit) if group == "police" else "",
        legal_basis=report.legal_basis == "yes",
        date=report.date,
        recorded=datetime.combine(report.date, time(12), UTC),
        age=age,
        age_band=ages.band(age),
        characteristics=sending.notification.characteristics,
    )


@pytest.mark.parametrize("figure", MADE_UP)
def test_figure_that_no_registration_has_says_something(figures: dict[str, Any], figure: str) -> None:
    known = [counts for name, counts in figures[figure]["rows"].items() if name != "unknown"]
    assert any(any(counts.get("year", counts).values()) for counts in known)


def test_what_is_made_up_changes_no_published_number(figures: dict[str, Any]) -> None:
    found = list(comparison.cells(figures))
    assert len(found) > 800
    assert [cell for cell in found if cell.computed != cell.expected] == []


def test_chances_are_of_all_steps_and_places_that_there_are() -> None:
    assert {step.code for step in steps()} == lists.PHASE_CODES.keys()
    assert places().keys() == lists.EXPLOITATION_PLACES.rows.keys()


def test_answers_and_steps_break_no_rule() -> None:
    for sending in sendings():
        assert circumstances.problems(sending.notification.characteristics, sending.report.date) == ()
