"""An edition of every figure: what is frozen exactly is what the live figures say, and all of it is protected together."""

import pytest

from reports.editions import selectors, services
from reports.figures.printing import as_json
from reports.figures.services import exact_figures
from tests.integration.reports import edited
from tests.integration.reports.written import refresh_all, write_all
from tests.reference_register import facts_by_person_year

pytestmark = pytest.mark.django_db


def test_exact_edition_of_everything_is_what_the_live_figures_say() -> None:
    write_all(fact for facts in list(facts_by_person_year().values())[::25] for fact in facts)
    refresh_all()
    row = edited.frozen_with_all_figures()
    exact, live = services.exact_tables(edition=row.id, by=edited.ANALYST), exact_figures(by=edited.ANALYST).tables
    assert as_json(exact) == as_json(live)
    safe = selectors.figures_of(row.number, by=edited.ANALYST).tables
    assert list(safe) == list(live)
    assert {table.persons % row.base for table in safe.values()} == {0}
