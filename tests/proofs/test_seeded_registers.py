"""Registers of other seeds have figures of their own: every number printed is that of an independent count of their files."""

from typing import Any

import pytest

from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import tables
from reports.personyears.derive import derive
from reports.personyears.merge import merge
from tests import reference_register
from tests.reference_register import Rows, facts_of
from tests.seeded_register import seeded
from tests.unit.reports.tally import printed, tally

SEEDS = (2, 20202024, 7919)


def figures_of(persons: Rows, reports: Rows) -> dict[str, Any]:
    counted = [(year, derive(merge(facts))) for (_, year), facts in facts_of(persons, reports).items()]
    return as_json(tables(FIGURES, counters_of(counted)))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_is_that_of_an_independent_count(seed: int) -> None:
    register = seeded(seed)
    assert printed(figures_of(register.persons, register.reports)) == tally(register.persons, register.reports)


def test_same_seed_gives_the_same_register_and_another_seed_another() -> None:
    assert seeded(SEEDS[0]) == seeded(SEEDS[0])
    first, second = (tally(one.persons, one.reports) for one in (seeded(SEEDS[0]), seeded(SEEDS[1])))
    assert sum(first.get(key) != number for key, number in second.items()) > len(second) / 2


def test_count_of_the_reference_register_is_that_of_the_engine_too() -> None:
    persons, reports = reference_register.persons(), reference_register.reports()
    counted = tally(persons, reports)
    assert len(counted) > 1000
    assert printed(figures_of(persons, reports)) == counted
